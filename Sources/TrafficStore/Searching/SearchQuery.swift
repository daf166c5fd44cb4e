/// What to ask the index for so that no text is missed in which `text` occurs, whatever the case of its letters.
struct SearchQuery: Hashable {
    /// For `MATCH`: every three characters that follow each other in it.
    let match: String

    /// A few of them say enough.
    private static let most = 24

    /// Nil for texts of less than three characters, which the index does not know.
    init?(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        guard scalars.count >= 3, !scalars.contains("\0") else { return nil }
        let count = scalars.count - 2
        let step = (count + Self.most - 1) / Self.most
        var words: [String] = []
        for start in stride(from: 0, to: count, by: step) {
            var word = "\""
            for scalar in scalars[start..<start + 3] {
                if scalar == "\"" { word += "\"" }
                word.unicodeScalars.append(scalar)
            }
            words.append(word + "\"")
        }
        match = words.joined(separator: " AND ")
    }
}
