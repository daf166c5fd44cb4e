/// How a server or client names itself in the handshake (MCP 2025-11-25 basic/lifecycle, `Implementation`).
public struct Implementation: Sendable, Hashable {
    /// The name for programs.
    public var name: String
    /// The version, in whatever scheme.
    public var version: String
    /// The name for people; nil leaves it out.
    public var title: String?

    /// A name and a version.
    public init(name: String, version: String, title: String? = nil) {
        self.name = name
        self.version = version
        self.title = title
    }

    /// The object as it travels.
    var json: JSONValue {
        var object: JSONObject = ["name": .string(name)]
        object["title"] = title.map(JSONValue.string)
        object["version"] = .string(version)
        return .object(object)
    }

    /// The object a peer sent; nil without a name.
    init?(_ json: JSONValue?) {
        guard let name = json?["name"]?.stringValue else { return nil }
        self.init(name: name, version: json?["version"]?.stringValue ?? "", title: json?["title"]?.stringValue)
    }
}

/// What a session must know of its server to open: who it is and what it can do.
struct ServerDescription: Sendable, Hashable {
    var implementation: Implementation
    var capabilities: JSONValue
    var instructions: String?
    /// Which changes it promises to announce.
    var announces: Announcements = []

    /// The result of `initialize`.
    func initializeResult(revision: ProtocolRevision) -> JSONValue {
        var object: JSONObject = [
            "protocolVersion": .string(revision.rawValue),
            "capabilities": capabilities,
            "serverInfo": implementation.json,
        ]
        object["instructions"] = instructions.map(JSONValue.string)
        return .object(object)
    }
}
