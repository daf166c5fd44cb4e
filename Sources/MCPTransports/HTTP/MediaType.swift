/// Media types in `Accept` and `Content-Type` (RFC 9110 §8.3.1 and §12.5.1).
enum MediaType: String, Sendable {
    case json = "application/json"
    case eventStream = "text/event-stream"

    /// Whether a `Content-Type` names this type, whatever its parameters.
    func isNamed(by contentType: String?) -> Bool {
        contentType.map { Self.essence(of: $0[...]) == rawValue } ?? false
    }

    /// Whether an `Accept` takes this type, by name or by wildcard. Weights are not compared, but `q=0` refuses.
    func isAccepted(by accept: String?) -> Bool {
        guard let accept else { return false }
        let family = rawValue.prefix { $0 != "/" } + "/*"
        return accept.split(separator: ",").contains { range in
            let name = Self.essence(of: range)
            guard name == rawValue || name == family || name == "*/*" else { return false }
            return !range.split(separator: ";").dropFirst().contains { parameter in
                let text = parameter.filter { $0 != " " }.lowercased()
                return text.hasPrefix("q=0") && text.dropFirst(3).allSatisfy { $0 == "." || $0 == "0" }
            }
        }
    }

    private static func essence(of text: Substring) -> String {
        text.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }.lowercased()
    }
}
