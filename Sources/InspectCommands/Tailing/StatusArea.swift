/// Lines at the bottom of a terminal that are drawn anew while others scroll by above. (ECMA-48)
///
/// Pure: says what to write. Long lines are cut by the terminal, which is told not to wrap them, so that a line is one
/// row whatever its characters are wide.
struct StatusArea {
    private var shown: [String] = []

    /// What to write so that `lines` stand above and `status` at the bottom; nothing where that is so already.
    mutating func frame(above lines: [String], status: [String]) -> String {
        guard !lines.isEmpty || status != shown else { return "" }
        var text = erasing
        for line in lines { text += line + "\n" }
        if !status.isEmpty {
            // DECAWM off, so that no line takes two rows. (DEC STD 070)
            text += "\u{1B}[?7l" + status.joined(separator: "\n") + "\u{1B}[?7h"
        }
        shown = status
        return text
    }

    /// To the first row of the area, and everything from there on away.
    private var erasing: String {
        guard !shown.isEmpty else { return "" }
        return (shown.count > 1 ? "\u{1B}[\(shown.count - 1)A" : "") + "\r\u{1B}[J"
    }
}
