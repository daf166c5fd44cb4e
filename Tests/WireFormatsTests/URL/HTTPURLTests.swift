import Testing

@testable import WireFormats

struct HTTPURLTests {
    @Test func `A URL says where to connect and what to ask for`() throws {
        let url = try HTTPURL("HTTPS://Example.COM:8443/mcp/x?y=1&z#part")
        #expect(url.isSecure)
        #expect(url.host == "example.com")
        #expect(url.port == 8443)
        #expect(url.path == "/mcp/x")
        #expect(url.query == "y=1&z")
        #expect(url.target == "/mcp/x?y=1&z")
        #expect(url.authority == "example.com:8443")
        #expect(url.origin == "https://example.com:8443")
        #expect(url.description == "https://example.com:8443/mcp/x?y=1&z")
    }

    @Test(arguments: [
        ("http://a", "http://a/"), ("http://a?x", "http://a/?x"), ("http://a:80/", "http://a/"),
        ("https://a:443", "https://a/"), ("http://a:443", "http://a:443/"), ("http://a:/", "http://a/"),
        ("http://a.:8/", "http://a:8/"), ("http://127.0.0.1:6490/mcp", "http://127.0.0.1:6490/mcp"),
        ("http://[0:0::0:1]:8080/x", "http://[::1]:8080/x"), ("http://[::FFFF:1.2.3.4]", "http://[::ffff:1.2.3.4]/"),
        ("http://a/b/../c/./d", "http://a/c/d"), ("http://a/ä?ö", "http://a/%C3%A4?%C3%B6"),
        ("http://a/%2e%zz", "http://a/%2e%zz"), ("http://my_service/", "http://my_service/"),
        ("http://1.example/", "http://1.example/"), ("http://a#b", "http://a/"),
    ])
    func `A URL is brought into one form`(text: String, form: String) throws {
        #expect(try HTTPURL(text).description == form)
    }

    @Test(
        arguments: [
            ("", .unknownScheme), ("a", .unknownScheme), ("localhost:8080", .unknownScheme),
            ("ftp://a", .unknownScheme),
            ("//a/b", .unknownScheme), ("http:", .noHost), ("http:///x", .noHost), ("http:x", .noHost),
            ("http://:80", .noHost), ("http://u:p@a/", .userInformation), ("http://@a", .userInformation),
            ("http://a b/", .invalidHost), ("http://a..b", .invalidHost), ("http://a%20b", .invalidHost),
            ("http://a\\b", .invalidHost), ("http://::1/", .noHost), ("http://[::1", .invalidHost),
            ("http://[::1]x", .invalidHost), ("http://[fe80::1%25eth0]", .invalidHost),
            ("http://[1.2.3.4]", .invalidHost),
            ("http://127.1", .invalidHost), ("http://1.2.3.4.5", .invalidHost), ("http://256.0.0.1", .invalidHost),
            ("http://0x7f000001", .invalidHost), ("http://2130706433", .invalidHost), ("http://a.0x1", .invalidHost),
            ("http://münchen.example", .nonASCIIHost), ("http://a:0", .invalidPort), ("http://a:65536", .invalidPort),
            ("http://a:x", .invalidPort), ("http://a:-1", .invalidPort), ("http://a:1:2", .invalidPort),
            ("http://a:+80", .invalidPort), ("http://a/x y", .forbiddenCharacter),
            ("http://a/\r\nX: y", .forbiddenCharacter),
            ("http://a/?\u{7f}", .forbiddenCharacter),
        ] as [(String, HTTPURLError.Kind)])
    func `What is no URL for a client is refused with its reason`(text: String, kind: HTTPURLError.Kind) {
        #expect(throws: HTTPURLError(kind)) { try HTTPURL(text) }
    }

    @Test(arguments: HTTPURLError.Kind.allCases)
    func `A reason is one sentence`(kind: HTTPURLError.Kind) {
        let sentence = HTTPURLError(kind).description
        #expect(sentence.hasSuffix("."))
        #expect(sentence.firstRange(of: ". ") == nil)
    }

    @Test(arguments: [
        ("/messages/?session_id=1", "http://a:1/messages/?session_id=1"), ("message?s=1", "http://a:1/x/message?s=1"),
        ("?s=1", "http://a:1/x/sse?s=1"), ("http://A:1/m", "http://a:1/m"), ("//b/m", "http://b/m"),
        ("https://a:1/m", "https://a:1/m"), ("../../m#f", "http://a:1/m"), ("", "http://a:1/x/sse?q"),
    ])
    func `References are resolved`(reference: String, meaning: String) throws {
        #expect(try HTTPURL("http://a:1/x/sse?q").resolve(reference)?.description == meaning)
    }

    @Test(arguments: ["ftp://a/", "http://u@a/", "mailto:x", "http://", "/a b", "http:m"])
    func `A reference to what is no HTTP URL has no meaning`(reference: String) throws {
        #expect(try HTTPURL("http://a/").resolve(reference) == nil)
    }

    @Test func `An origin is scheme, host and port`() throws {
        let url = try HTTPURL("http://a/x")
        #expect(try url.hasSameOrigin(as: HTTPURL("HTTP://A:80/y?z")))
        for other in ["https://a:80/x", "http://a:81/x", "http://b/x", "http://a.b/x"] {
            #expect(try !url.hasSameOrigin(as: HTTPURL(other)))
        }
    }
}
