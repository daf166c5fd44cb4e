/// Ids that a mock server makes, in the form that the recorded server gave its own.
enum MockID {
    /// Other hexadecimal digits in place of every long run of them; 32 of them where there is none, because an id must
    /// not be guessed (MCP 2025-11-25 transports, session management).
    static func make(like recorded: String?) -> String {
        var result = ""
        var digits = 0
        for run in runs(of: recorded ?? "") {
            let isLong = run.count >= 8 && run.allSatisfy(isDigit)
            result += isLong ? random(run.count) : run
            if isLong { digits += run.count }
        }
        return digits >= 16 ? result : random(32)
    }

    /// Whether ids of this form can be made anew.
    static func isLong(_ recorded: String) -> Bool {
        runs(of: recorded).filter { $0.count >= 8 && $0.allSatisfy(isDigit) }.reduce(0) { $0 + $1.count } >= 16
    }

    /// The text in pieces that are all hexadecimal digits or none of them.
    private static func runs(of text: String) -> [String] {
        var runs: [String] = []
        for character in text {
            if let last = runs.last?.last, isDigit(last) == isDigit(character) {
                runs[runs.count - 1].append(character)
            } else {
                runs.append(String(character))
            }
        }
        return runs
    }

    private static func isDigit(_ character: Character) -> Bool { "0123456789abcdef".contains(character) }

    private static func random(_ count: Int) -> String {
        String((0..<count).map { _ in "0123456789abcdef".randomElement() ?? "0" })
    }
}
