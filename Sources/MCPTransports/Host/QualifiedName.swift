/// What a server of a host calls something, with the name of the server: `weather/forecast`.
public struct QualifiedName: Sendable, Hashable, LosslessStringConvertible {
    /// The name that the host gives the server; it has no slash.
    public let server: String
    /// The name of a tool or prompt, or the URI of a resource.
    public let name: String

    /// A name.
    public init(server: String, name: String) {
        self.server = server
        self.name = name
    }

    /// The name that a text like `weather/forecast` stands for: the server up to the first slash. Nil when there is none,
    /// or nothing before or behind it.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        self.init(server: String(parts[0]), name: String(parts[1]))
    }

    /// Server, slash, name.
    public var description: String { "\(server)/\(name)" }
}

/// What the servers of a host have of one kind.
public struct HostListing<Element: Sendable>: Sendable {
    /// One thing and the server that has it.
    public struct Item: Sendable {
        /// The name that a host finds it by again.
        public let name: QualifiedName
        /// What the server says about it.
        public let element: Element
    }

    /// All things, by server in the order of connecting, each server's in its own order.
    public internal(set) var items: [Item] = []
    /// The servers that could not be asked, and why.
    public internal(set) var failures: [String: any Error] = [:]
}
