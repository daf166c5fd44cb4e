/// Texts as values of the header fields that mirror a body (MCP 2026-07-28 transports, value encoding).
///
/// Printable ASCII without blanks at its edges stands for itself; anything else, and what looks encoded, travels as
/// `=?base64?…?=` around the base64 of its UTF-8.
enum HeaderValue {
    private static let prefix = "=?base64?"
    private static let suffix = "?="

    /// The value that carries a text.
    static func encoded(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && text.first != " " && text.last != " "
        return isPlain && !isSentinel(text) ? text : prefix + Base64.encoded(Array(text.utf8)) + suffix
    }

    /// The text that a value carries; nil when it is broken, so that it equals nothing.
    static func decoded(_ value: String) -> String? {
        guard isSentinel(value) else {
            return value.utf8.allSatisfy({ (0x20...0x7E).contains($0) || $0 == 0x09 }) ? value : nil
        }
        return Base64.decoded(value.dropFirst(prefix.count).dropLast(suffix.count)).flatMap {
            String(validating: $0, as: UTF8.self)
        }
    }

    private static func isSentinel(_ text: String) -> Bool {
        text.utf8.count >= prefix.utf8.count + suffix.utf8.count && text.hasPrefix(prefix) && text.hasSuffix(suffix)
    }
}
