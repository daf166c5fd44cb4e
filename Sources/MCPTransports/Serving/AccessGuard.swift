/// Tells requests that a web page made a browser send from those of honest clients, by `Host` and `Origin`.
package struct AccessGuard: Sendable {
    private static let loopback: Set<String> = ["localhost", "127.0.0.1", "[::1]"]

    private let access: SSEServerTransport.Access
    private let hosts: Set<String>

    /// - Parameter listeningHost: The address the server listens on, by which its clients may call it.
    package init(access: SSEServerTransport.Access, listeningHost: String = "127.0.0.1") {
        self.access = access
        let own = listeningHost.contains(":") ? "[\(listeningHost)]" : listeningHost
        hosts = Self.loopback.union(access.hosts.map { $0.lowercased() }).union([own.lowercased()])
    }

    /// The refusal of a request that must not be let in, else nil.
    package func refusal(host: String?, origin: String?) -> HTTPResponse? {
        if let host, !isAllowed(host: host) {
            return .text(421, "This server does not answer for the host \"\(host)\".")
        }
        if let origin, !isAllowed(origin: origin) {
            return .error(403, .invalidRequest("The origin \"\(origin)\" is not allowed"))
        }
        return nil
    }

    private func isAllowed(host: String) -> Bool {
        hosts.contains(Self.name(of: host[...]))
    }

    private func isAllowed(origin: String) -> Bool {
        if access.origins.contains(where: { $0.lowercased() == origin.lowercased() }) { return true }
        for scheme in ["http://", "https://"] where origin.lowercased().hasPrefix(scheme) {
            return Self.loopback.contains(Self.name(of: origin.dropFirst(scheme.count)))
        }
        return false
    }

    /// The host of an authority without its port, in lower case.
    private static func name(of authority: Substring) -> String {
        let name: Substring
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            let port = authority[authority.index(after: end)...]
            name = port.isEmpty || port.hasPrefix(":") ? authority[...end] : ""
        } else {
            name = authority.prefix { $0 != ":" }
        }
        return name.lowercased()
    }
}
