import Testing

@testable import Forwarding

@Suite("Host rules")
struct HostRulesTests {
    private let rules = HostRules(
        listenHost: "192.168.1.5", listenPort: 6480, allowed: ["mcp.test", "other.test:8080"])

    @Test(
        "Loopback names pass with any port, own and configured addresses as they are given",
        arguments: [
            "localhost", "LOCALHOST:1", "localhost.", "127.0.0.1:6480", "127.255.3.4", "[::1]", "[::1]:9",
            "192.168.1.5:6480", "mcp.test", "MCP.test:99", "other.test:8080",
        ])
    func passes(_ host: String) {
        #expect(rules.allows(Array(host.utf8)))
    }

    @Test(
        "Everything else is foreign",
        arguments: [
            "evil.example", "127.evil.example", "127.0.0.1.evil.example", "127.1", "128.0.0.1",
            "localhost.evil.example",
            "192.168.1.5", "192.168.1.5:80", "192.168.1.6:6480", "other.test", "other.test:81", "", ":80",
            "user@localhost",
            "localhost:65536", "localhost:8a", "[::1", "[::1]x", "[::2]", "local host", "127.0.0.256",
        ])
    func isForeign(_ host: String) {
        #expect(!rules.allows(Array(host.utf8)))
    }

    @Test func `The address that the client connected to is the forwarder's own`() {
        #expect(rules.allows(Array("10.0.0.7:6480".utf8), localAddress: (host: "10.0.0.7", port: 6480)))
        #expect(!rules.allows(Array("10.0.0.7:6481".utf8), localAddress: (host: "10.0.0.7", port: 6480)))
    }
}
