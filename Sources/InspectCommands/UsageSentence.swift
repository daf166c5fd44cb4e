/// What is wrong with a command line, as one sentence that says what to do. Usage is for those who ask for it.
enum UsageSentence {
    /// `message`: what the parser says, `arguments`: what follows the program's name.
    static func make(_ message: String, arguments: [String], commands: [String]) -> String {
        let lines = message.split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " } }
        let isParsers = parsersWords.contains { message.contains($0) }
        let sentence = plain(lines.joined(separator: " ").replacing(". Please provide", with: "; provide"))
        if let form = form(in: sentence) { return "\(sentence): \(form)" }
        // What the commands say themselves says what to do.
        guard isParsers, !sentence.hasSuffix("?") else { return sentence }
        let command = arguments.first.map { commands.contains($0) ? " \($0)" : "" } ?? ""
        return "\(sentence); mcp-inspect\(command) --help says what there is"
    }

    /// As sentences stand behind the program's name: begun small, unless with a name, and without a full stop.
    static func plain(_ text: String) -> String {
        var sentence = text
        while sentence.last == "." { sentence.removeLast() }
        let first = sentence.prefix { !$0.isWhitespace }
        guard first.dropFirst().allSatisfy({ $0.isLowercase || $0 == "'" }) else { return sentence }
        return first.lowercased() + sentence.dropFirst(first.count)
    }

    private static let parsersWords = [
        "Unknown option", "Missing ", "Unexpected argument", "unexpected arguments", "Value to be set",
        "does not take any value", "Invalid option",
    ]

    /// What may stand where the parser found something else.
    private static func form(in sentence: String) -> String? {
        guard sentence.contains("is invalid for") else { return nil }
        if sentence.hasSuffix("-listen <listen>'") || sentence.hasSuffix("-l <listen>'") { return address }
        if sentence.hasSuffix("<duration>'") { return duration }
        if sentence.contains("'--speed <") { return "write recorded, max, or how many times faster, such as 2x" }
        return ["<n>'", "<count>'", "<threads>'", "<seed>'"].contains { sentence.lowercased().hasSuffix($0) }
            ? "write a whole number" : nil
    }

    /// What a variable of this type may be.
    static func form(of type: Any.Type) -> String? {
        switch type {
        case is ListenAddress.Type: address
        case is DurationArgument.Type: duration
        case is Int.Type, is UInt64.Type: "write a whole number"
        default: nil
        }
    }

    private static let address = "write HOST:PORT or a port alone, such as 127.0.0.1:6480 or 6480"
    private static let duration = "write a number with ms, s, m or h, such as 500ms or 30s"

    /// What is said of a command that there is not, with the one that was probably meant.
    static func noCommand(_ word: String, commands: [String]) -> String {
        let near = commands.map { name in
            (name, word.count > 1 && name.hasPrefix(word) ? 0 : distance(word.lowercased(), name))
        }.min { $0.1 < $1.1 }
        let isNear = near.map { $0.1 <= max(1, min(3, word.count / 2)) } ?? false
        let guess = near.flatMap { isNear ? "; did you mean \($0.0)?" : nil } ?? ";"
        return "there is no command \"\(word.visible)\"\(guess) mcp-inspect --help lists them"
    }

    /// How many letters must be put in, taken out or replaced to make one of the other. (Levenshtein)
    static func distance(_ one: String, _ other: String) -> Int {
        let other = Array(other)
        var row = Array(0...other.count)
        for (line, letter) in one.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for column in other.indices {
                let above = row[column + 1]
                row[column + 1] = min(above + 1, row[column] + 1, diagonal + (letter == other[column] ? 0 : 1))
                diagonal = above
            }
        }
        return row[other.count]
    }
}
