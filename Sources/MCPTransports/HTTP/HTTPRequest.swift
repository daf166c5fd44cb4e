/// The head of a request, read out of its bytes.
package struct HTTPRequest: Sendable, Hashable {
    package struct Field: Sendable, Hashable {
        /// In lower case where it was received.
        package let name: String
        package let value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package let method: String
    /// The target up to the query.
    package let path: String
    /// The target behind the first `?`, nil without one.
    package let query: String?
    package let fields: [Field]

    package init(method: String, target: String, fields: [Field] = []) {
        self.method = method
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = parts.first.map(String.init) ?? ""
        query = parts.count > 1 ? String(parts[1]) : nil
        self.fields = fields
    }

    /// The value of the first field of this name, which is given in lower case.
    package subscript(name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    /// All values of the fields of this name as one list (RFC 9110 §5.3).
    func list(_ name: String) -> String? {
        let values = fields.filter { $0.name == name }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    /// The value of a query argument as it stands in the target.
    package func argument(_ name: String) -> String? {
        for pair in (query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.first == name[...] { return parts.count > 1 ? String(parts[1]) : "" }
        }
        return nil
    }
}

extension HTTPRequest.Field {
    /// Whether a text can be the name of a field (RFC 9110 §5.6.2).
    static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}
