/// What a tour wrote: JSON lines, equal for equal conversations.
struct Transcript: Equatable {
    var lines: [Substring]

    init(text: String) { lines = text.split(separator: "\n") }

    /// How `other` differs, for people: per line, the place where the two part with what stands around it.
    func differences(from other: Transcript, atMost limit: Int = 10) -> [String] {
        guard lines.count == other.lines.count else {
            return ["\(lines.count) lines here, \(other.lines.count) there"] + firstDifference(from: other)
        }
        return zip(lines, other.lines).filter { $0 != $1 }.prefix(limit).map(Self.describe)
    }

    private func firstDifference(from other: Transcript) -> [String] {
        zip(lines, other.lines).first { $0 != $1 }.map { [Self.describe($0, $1)] } ?? []
    }

    private static func describe(_ here: Substring, _ there: Substring) -> String {
        let common = zip(here, there).prefix { $0 == $1 }.count
        func excerpt(_ line: Substring) -> String { String(line.dropFirst(max(0, common - 60)).prefix(240)) }
        return """
            \(here.prefix(48))… parts at character \(common)
              direct:   …\(excerpt(here))
              recorded: …\(excerpt(there))
            """
    }
}
