import Foundation

/// The command line as it is kept in the capture: without what may be a secret.
///
/// Masked are the values of `--header`, users and queries of URLs, and what stands behind the program of a command that
/// starts a server. Secrets that are given by the name of a variable or a file stand nowhere here.
enum CommandLineText {
    static func recorded(_ arguments: [String]) -> String {
        var words = ["mcp-inspect"]
        var isHeader = false
        var rest = arguments.dropFirst()
        while let word = rest.popFirst() {
            if isHeader {
                words.append(header(word))
                isHeader = false
            } else if word == "--" {
                words.append(word)
                if let program = rest.popFirst() { words.append(program) }
                if !rest.isEmpty { words.append("***") }
                break
            } else if word.hasPrefix("--") {
                words.append(option(word))
                isHeader = word == "--header"
            } else if word.hasPrefix("-"), let flag = word.firstIndex(of: "H") {
                // The last of several short options may have its value in the same word: `-vH NAME:VALUE`, `-HNAME:VALUE`.
                let value = word[word.index(after: flag)...]
                words.append("\(word[...flag])\(value.isEmpty ? "" : header(String(value)))")
                isHeader = value.isEmpty
            } else {
                words.append(word.withoutCredentials)
            }
        }
        return words.joined(separator: " ")
    }

    /// `--name` or `--name=value`
    private static func option(_ word: String) -> String {
        guard let equals = word.firstIndex(of: "=") else { return word }
        let (name, value) = (word[..<equals], String(word[word.index(after: equals)...]))
        return "\(name)=" + (name == "--header" ? header(value) : value.withoutCredentials)
    }

    /// Its name, where it has one.
    private static func header(_ text: String) -> String {
        guard let colon = text.firstIndex(of: ":") else { return "***" }
        return "\(text[..<colon]):***"
    }
}

extension String {
    /// A URL without user, password, query and fragment, well formed or not; other texts as they are.
    var withoutCredentials: String {
        guard let scheme = firstRange(of: "://") else { return self }
        let rest = self[scheme.upperBound...]
        let authority = rest.prefix { !"/?#".contains($0) }
        let path = rest[authority.endIndex...].prefix { !"?#".contains($0) }
        let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        return "\(self[..<scheme.upperBound])\(host)\(path)"
    }

    var pathOfURL: String {
        let path = URLComponents(string: self)?.percentEncodedPath ?? ""
        return path.isEmpty ? "/" : path
    }
}
