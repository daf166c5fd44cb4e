import Testing

@testable import InspectCommands

/// A terminal as far as the area uses one.
private struct Screen {
    var rows: [String] = [""]
    private var row = 0

    mutating func take(_ text: String) {
        var rest = Substring(text)
        while let first = rest.first {
            if first == "\n" || first == "\r\n" {
                row += 1
                if row == rows.count { rows.append("") }
                rest.removeFirst()
            } else if let match = rest.prefixMatch(of: #/\u{1B}\[(\d+)A/#) {
                row -= Int(match.1) ?? 0
                rest = rest[match.range.upperBound...]
            } else if let match = rest.prefixMatch(of: #/\r\u{1B}\[J/#) {
                rows.removeSubrange((row + 1)...)
                rows[row] = ""
                rest = rest[match.range.upperBound...]
            } else if let match = rest.prefixMatch(of: #/\u{1B}\[\?7[lh]/#) {
                rest = rest[match.range.upperBound...]
            } else {
                rows[row].append(rest.removeFirst())
            }
        }
    }
}

struct StatusAreaTests {
    @Test func `lines go above, and the area stays at the bottom`() {
        var (area, screen) = (StatusArea(), Screen())
        screen.take(area.frame(above: ["one", "two"], status: []))
        #expect(screen.rows == ["one", "two", ""])
        screen.take(area.frame(above: ["three"], status: ["a", "b", "c"]))
        #expect(screen.rows == ["one", "two", "three", "a", "b", "c"])
        screen.take(area.frame(above: ["four"], status: ["a 2", "c 2"]))
        #expect(screen.rows == ["one", "two", "three", "four", "a 2", "c 2"])
        screen.take(area.frame(above: [], status: ["c 3"]))
        #expect(screen.rows == ["one", "two", "three", "four", "c 3"])
        screen.take(area.frame(above: [], status: []))
        #expect(screen.rows == ["one", "two", "three", "four", ""])
    }

    @Test func `nothing is written where nothing changed`() {
        var area = StatusArea()
        #expect(area.frame(above: [], status: []).isEmpty)
        #expect(!area.frame(above: [], status: ["a"]).isEmpty)
        #expect(area.frame(above: [], status: ["a"]).isEmpty)
    }
}
