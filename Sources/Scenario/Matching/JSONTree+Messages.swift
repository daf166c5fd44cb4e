import WireFormats

/// What messages need of a tree beyond reading it.
extension JSONTree {
    /// The token under which a request asks for progress.
    package var progressToken: JSONTree? { self["params"]?["_meta"]?["progressToken"] }

    /// Who a client says it is, in a handshake or in a request without one.
    package var clientName: String? {
        let params = self["params"]
        let info = params?["clientInfo"] ?? params?["_meta"]?["io.modelcontextprotocol/clientInfo"]
        return info?["name"]?.string
    }

    /// The same with another value at a path of members, which must be there.
    package func setting(_ path: [String], to value: JSONTree) -> JSONTree {
        replacing(at: JSONPath(path.map { .key($0) }), with: value)
    }

    /// An object without some of its members.
    func without(_ keys: Set<String>) -> JSONTree {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { !keys.contains($0.key) })
    }

    /// Nil for an object without members: parameters that are empty and none at all ask for the same.
    var nonEmpty: JSONTree? {
        if case .object(let members) = self, members.isEmpty { return nil }
        return self
    }

    /// The names of an object's members.
    var keys: [String] { members?.map(\.key) ?? [] }

    /// Calls `body` with every string value at any depth.
    func collectStrings(_ body: (String) -> Void) {
        switch self {
        case .string(let text): body(text)
        case .array(let elements): for element in elements { element.collectStrings(body) }
        case .object(let members): for member in members { member.value.collectStrings(body) }
        case .null, .bool, .number: break
        }
    }
}
