/// Which values of `Host` the forwarder serves.
///
/// A page of another site can make a browser send requests to a loopback port under its own host name (DNS
/// rebinding); an upstream that guards itself by `Host` would see the forwarder's edited value instead. So the
/// forwarder refuses what does not name it: `RFC 9110 §7.4`, answered by 421.
struct HostRules: Sendable {
    private let listenHost: String
    private let listenPort: Int
    private let allowed: [Authority]
    private let defaultPort: Int

    /// `isSecure`: clients speak TLS, so a missing port is 443.
    init(listenHost: String, listenPort: Int, allowed: [String], isSecure: Bool = false) {
        self.listenHost = listenHost.lowercased()
        self.listenPort = listenPort
        defaultPort = UpstreamOrigin.defaultPort(isSecure: isSecure)
        self.allowed = allowed.compactMap { Authority(Array($0.utf8)) }
    }

    /// Loopback names with any port, the address listened on, `localAddress` (the address and port the client
    /// connected to) and the configured hosts: a configured one without port stands for every port.
    func allows(_ value: some Collection<UInt8>, localAddress: (host: String, port: Int)? = nil) -> Bool {
        guard let authority = Authority(value) else { return false }
        if Self.isLoopback(authority.host) { return true }
        let port = authority.port ?? defaultPort
        if authority.host == listenHost, port == listenPort { return true }
        if let localAddress, authority.host == localAddress.host, port == localAddress.port { return true }
        return allowed.contains { $0.host == authority.host && ($0.port ?? port) == port }
    }

    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { (1...3).contains($0.utf8.count) && UInt8($0) != nil }
    }
}
