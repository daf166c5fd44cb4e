import WireFormats

/// One difference in a few lines.
extension TextReport {
    /// Of what was found in one call, as much as anybody reads.
    static func lines(of found: [Divergence], counts: (Divergence) -> Bool) -> [String] {
        let limit = 50
        let rest = found.count - limit
        return found.prefix(limit).flatMap { lines(of: $0, counts: counts($0)) }
            + (rest > 0 ? ["  … and \(rest) more like these (--format json has all)"] : [])
    }

    package static func lines(of divergence: Divergence, counts: Bool) -> [String] {
        let note =
            divergence.maskedBy.map { ", masked by \($0)" } ?? (counts ? "" : ", does not count")
        let isOrder = divergence.difference?.aspect == .order
        let head = "  \(divergence.path)  [\(divergence.kind.rawValue)\(isOrder ? ", in another order" : "")\(note)]"
        guard let recorded = divergence.recorded, let live = divergence.live else {
            return [
                head, "    recorded  \(divergence.recorded.map { cut($0) } ?? "nothing")",
                "    live      \(divergence.live.map { cut($0) } ?? "nothing")",
            ]
        }
        if isOrder, let old = JSONTree(recorded)?.elements, let new = JSONTree(live)?.elements {
            return [head] + listed(old.map(\.text), new.map(\.text))
        }
        // An answer and an error have no character in common that would mean anything.
        let isWhole = divergence.path == JSONPath.root.description
        return [head] + (isWhole ? whole(recorded, live) : aligned(recorded, live))
    }

    private static func whole(_ recorded: String, _ live: String) -> [String] {
        ["    recorded  \(cut(recorded))", "    live      \(cut(live))"]
    }

    /// Both values around the character from which on they differ, which is marked below.
    private static func aligned(_ recorded: String, _ live: String) -> [String] {
        let (old, new) = (Array(recorded), Array(live))
        let same = zip(old, new).prefix { $0 == $1 }.count
        let start = max(old.count, new.count) <= width ? 0 : max(0, same - width / 2)
        let lines = [old, new].map { window($0, from: start) }
        var result = ["    recorded  \(lines[0])", "    live      \(lines[1])"]
        if same > 0 {
            let blanks = String(repeating: " ", count: 14 + (start > 0 ? 1 : 0) + same - start)
            result.append("\(blanks)^ character \(same + 1)")
        }
        return result
    }

    /// Two lists of the same things, one below the other, each around what tells them apart.
    private static func listed(_ recorded: [String], _ live: [String]) -> [String] {
        let all = (recorded + live).map { Array($0) }
        let first = all.first ?? []
        let same = all.reduce(first.count) { min($0, zip(first, $1).prefix { $0 == $1 }.count) }
        let longest = all.map(\.count).max() ?? 0
        let start = longest <= width ? 0 : max(0, same - width / 2)
        let lines = all.map { window($0, from: start) }
        func labelled(_ label: String, _ part: ArraySlice<String>) -> [String] {
            part.enumerated().map { "    \($0 == 0 ? label : "        ")  \($1)" }
        }
        return labelled("recorded", lines[..<recorded.count]) + labelled("live    ", lines[recorded.count...])
    }

    private static func window(_ text: [Character], from start: Int) -> String {
        let end = min(text.count, start + width)
        return (start > 0 ? "…" : "") + String(text[min(start, end)..<end]) + (end < text.count ? "…" : "")
    }

    private static func cut(_ text: String) -> String { text.count <= width ? text : text.prefix(width) + "…" }
}
