import Testing
import WireFormats

@testable import MCPTransports

struct ProxyServerTests {
    private func proxy(
        _ setting: HTTPClientConfiguration.Proxy, for url: String = "http://a:81/", _ variables: [String: String] = [:]
    ) throws -> ProxyServer? {
        try ProxyServer(for: HTTPURL(url), setting, environment: { variables[$0] })
    }

    @Test func `User and password of the URL are decoded and sent by the scheme Basic`() throws {
        for (url, authorization) in [
            ("http://p:3128", nil), ("http://u:w@p:3128/", "Basic dTp3"), ("http://u@p:3128", "Basic dTo="),
            ("http://%75:a%40b%zz@p:3128", "Basic dTphQGIleno="), ("http://u:a@b@p:3128", "Basic dTphQGI="),
            ("http://Aladdin:open sesame@p:3128", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
        ] {
            let found = try #require(try proxy(.url(url)))
            #expect(found.url.description == "http://p:3128/")
            #expect(found.authorization == authorization)
        }
    }

    @Test(arguments: ["", "p:3128", "https://p", "socks5://p", "http://", "http://u:secret@p:0"])
    func `A URL that is no proxy's is refused without telling its secret`(url: String) throws {
        let error = #expect(throws: HTTPClientError.self) { try proxy(.url(url)) }
        #expect(error?.code == .proxy)
        #expect(error?.message.contains("secret") == false)
    }

    @Test func `The environment is asked only when told so, by scheme, lower case first`() throws {
        let variables = ["HTTP_PROXY": "http://upper:1", "http_proxy": "lower:2", "HTTPS_PROXY": "http://secure:3"]
        #expect(try proxy(.none, variables) == nil)
        #expect(try proxy(.fromEnvironment) == nil)
        #expect(try proxy(.fromEnvironment, variables)?.url.authority == "lower:2")
        #expect(try proxy(.fromEnvironment, for: "https://a", variables)?.url.authority == "secure:3")
        #expect(try proxy(.fromEnvironment, for: "http://a", ["HTTP_PROXY": "http://upper:1"])?.url.host == "upper")
        #expect(try proxy(.fromEnvironment, for: "http://a", ["http_proxy": "", "no_proxy": "b"]) == nil)
        #expect(try proxy(.fromEnvironment, ["http_proxy": "p", "NO_PROXY": "b, a:81"]) == nil)
    }

    private func proxy(_ setting: HTTPClientConfiguration.Proxy, _ variables: [String: String]) throws -> ProxyServer? {
        try proxy(setting, for: "http://a:81/", variables)
    }

    @Test(arguments: [
        ("a.example", "a.example", true), ("a.example", "b.a.example", true), ("a.example", "ba.example", false),
        (".a.example", "a.example", true), ("*.a.example", "b.a.example", true), ("A.Example", "a.example", true),
        ("x,a.example y", "y", true), ("a.example:80", "a.example", true), ("a.example:81", "a.example", false),
        ("*", "anything", true), ("", "a", false), (",", "a", false), ("10.0.0.0/8", "10.255.0.1", true),
        ("10.0.0.0/8", "11.0.0.1", false), ("10.0.0.128/25", "10.0.0.127", false),
        ("10.0.0.128/25", "10.0.0.128", true),
        ("127.0.0.1", "127.0.0.1", true), ("127.0.0.1:80", "127.0.0.1", true), ("127.0.0.1:81", "127.0.0.1", false),
        ("::1", "::1", true), ("[::1]:80", "::1", true), ("fd00::/8", "fd00::1", true), ("fd00::/8", "fe80::1", false),
        ("0.0.1", "10.0.0.1", false), ("10.0.0.0/33", "10.0.0.1", false), ("10.0.0.0/8", "name", false),
    ])
    func `Exceptions are names with what is below them, addresses and blocks of addresses`(
        list: String, host: String, isExcepted: Bool
    ) {
        #expect(ProxyExceptions(list).contain(host: host, port: 80) == isExcepted)
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `Base64 is that of RFC 4648`(text: String, encoded: String) {
        #expect(ProxyServer.base64(Array(text.utf8)) == encoded)
    }
}
