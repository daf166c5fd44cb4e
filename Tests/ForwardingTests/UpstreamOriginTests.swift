import Testing

@testable import Forwarding

@Suite("Upstream origin")
struct UpstreamOriginTests {
    @Test(
        "The authority stays as the URL has it",
        arguments: [
            ("http://localhost:3001/mcp", "localhost:3001", "localhost", 3001),
            ("http://Example.Test", "Example.Test", "example.test", 80),
            ("HTTP://[::1]:8080/sse?x#y", "[::1]:8080", "::1", 8080),
            ("http://127.0.0.1?x", "127.0.0.1", "127.0.0.1", 80),
            ("HTTPS://a.test/mcp", "a.test", "a.test", 443),
            ("https://a.test:8443", "a.test:8443", "a.test", 8443),
        ])
    func parses(_ url: String, _ authority: String, _ host: String, _ port: Int) throws {
        let origin = try UpstreamOrigin(url)
        #expect(origin.authority == authority)
        #expect(origin.host == host)
        #expect(origin.port == port)
        #expect(origin.isSecure == url.lowercased().hasPrefix("https"))
    }

    @Test(
        "Other URLs are refused with a sentence",
        arguments: ["ftp://a.test", "a.test:80", "http://", "http://a.test:99999", "http://a.test:0", "http:///x"])
    func refuses(_ url: String) {
        let error = #expect(throws: ForwarderError.self) { try UpstreamOrigin(url) }
        #expect(error?.message.hasPrefix("cannot forward to \(url): ") == true)
    }

    @Test(arguments: ["http://user:pa55word@a.test", "https://user:pa55word@a.test/mcp"])
    func `A URL with a password is refused without repeating it`(_ url: String) throws {
        let error = try #require(throws: ForwarderError.self) { try UpstreamOrigin(url) }
        #expect(!error.message.contains("pa55word") && error.message.contains("a.test"))
    }

    @Test func `Only absolute URIs of the same origin have its prefix`() throws {
        let origin = try UpstreamOrigin("http://localhost:3001/mcp")
        #expect(origin.prefixLength(of: Array("http://localhost:3001/a".utf8)) == 21)
        #expect(origin.prefixLength(of: Array("HTTP://LOCALHOST:3001?a".utf8)) == 21)
        for other in [
            "/a", "http://localhost:30011/", "http://localhost/", "https://localhost:3001/", "http://x@localhost:3001/",
        ] {
            #expect(origin.prefixLength(of: Array(other.utf8)) == nil, "\(other)")
        }
        let secure = try UpstreamOrigin("https://a.test")
        #expect(secure.prefixLength(of: Array("https://a.test:443/x".utf8)) == 18)
        #expect(secure.prefixLength(of: Array("http://a.test/x".utf8)) == nil)
        let plain = try UpstreamOrigin("http://a.test:80")
        #expect(plain.prefixLength(of: Array("http://a.test/x".utf8)) == 13)
    }
}
