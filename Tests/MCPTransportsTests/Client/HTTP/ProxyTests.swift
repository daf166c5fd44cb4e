import Foundation
import NIOCore
import Testing

@testable import MCPTransports

/// Exchanges through HTTP proxies.
@Suite(.timeLimit(.minutes(1))) struct ProxyTests {
    private func through(_ proxy: RawServer, user: String = "") -> HTTPClientConfiguration.Proxy {
        .url("http://\(user)127.0.0.1:\(proxy.port)")
    }

    @Test func `A request for an http URL is given to the proxy whole`() async throws {
        try await RawServer.run { proxy in
            let configuration = HTTPClientConfiguration(proxy: through(proxy, user: "u:w@"))
            let client = try await RunningClient("http://origin.invalid:81", configuration)
            try await client.begin(1, .get("/x?y"))
            let text = try await proxy.peer().request()
            #expect(text.hasPrefix("GET http://origin.invalid:81/x?y HTTP/1.1\r\nhost: origin.invalid:81\r\n"))
            #expect(text.contains("\r\nproxy-authorization: Basic dTp3\r\n"))
            try await proxy.peer().send(response("ok"))
            #expect(try await client.end(of: 1).body == "ok")
            try await client.close()
        }
    }

    @Test func `A request for an https URL goes through a tunnel, of which the proxy sees nothing`() async throws {
        let certificates = try Certificates.shared.get()
        let context = try certificates.serverContext(protocols: ["h2"])
        try await HTTP2Server.run(tls: context) { server in
            try await TunnelProxy.run(to: server.port) { proxy in
                var configuration = certificates.trusting
                configuration.proxy = .url("http://u:w@127.0.0.1:\(proxy.port)")
                let client = try await RunningClient("https://localhost:8443", configuration)
                try await client.begin(1)
                try await server.peer().stream().respond("ok")
                #expect(try await client.end(of: 1).body == "ok")
                let request = try await proxy.requests.wait(for: "a request") { !$0.isEmpty }
                let lines = request[0].components(separatedBy: "\r\n")
                #expect(lines.first == "CONNECT localhost:8443 HTTP/1.1")
                #expect(lines.contains("host: localhost:8443") && lines.contains("proxy-authorization: Basic dTp3"))
                try await client.close()
            }
        }
    }

    @Test(arguments: [
        (
            "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
            "wants a user and password that it knows; put them into its URL"
        ),
        (
            "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno",
            "answered 403 when asked for a tunnel to localhost:8443"
        ),
        ("HTTP/1.1 200 OK\r\n\r\nexcess", "sent more than a tunnel"), ("what?\r\n\r\n", "sent no valid HTTP response"),
        ("", "ended the connection without a response"),
    ])
    func `A proxy that opens no tunnel is named, and nothing was sent`(answer: String, sentence: String) async throws {
        try await RawServer.run { proxy in
            let client = try await RunningClient(
                "https://localhost:8443", HTTPClientConfiguration(proxy: through(proxy)))
            try await client.begin(1)
            let peer = try await proxy.peer()
            try await peer.request()
            if answer.isEmpty { try await peer.close() } else { try await peer.send(answer) }
            let error = try #require(try await client.end(of: 1).notSent)
            #expect(error.code == .proxy)
            #expect(error.message == "the HTTP proxy 127.0.0.1:\(proxy.port) \(sentence)")
            try await peer.end()
            try await client.close()
        }
    }

    @Test func `A proxy that is not there, or cannot be one, is told as such`() async throws {
        let reserved = try ReservedPort()
        defer { withExtendedLifetime(reserved) {} }
        let port = reserved.number
        for (proxy, message) in [
            ("http://127.0.0.1:\(port)", "nobody listens on 127.0.0.1:\(port), which is set as HTTP proxy"),
            ("https://p", "the proxy's URL starts with https://; proxies are spoken to by http:// only"),
            ("p", "the proxy's URL cannot be used: The URL must start with http:// or https://."),
        ] {
            let client = try await RunningClient("http://a", HTTPClientConfiguration(proxy: .url(proxy)))
            try await client.begin(1)
            let error = try #require(try await client.end(of: 1).notSent)
            #expect(error.code == .proxy)
            #expect(error.message == message)
            try await client.close()
        }
    }

    @Test func `Through a proxy the certificate of an address is checked by name or not at all`() async throws {
        try await RawServer.run { proxy in
            let configuration = HTTPClientConfiguration(proxy: through(proxy))
            let client = try await RunningClient("https://10.1.2.3", configuration)
            try await client.begin(1)
            #expect(try await client.end(of: 1).notSent?.code == .tls)
            try await client.close()
        }
    }

    @Test(
        .enabled(
            if: Program.find("tinyproxy") != nil, "tinyproxy is not installed; Tests/Setup/packages.sh test installs it"
        ))
    func `Tinyproxy forwards and tunnels`() async throws {
        let certificates = try Certificates.shared.get()
        let reserved = try ReservedPort()
        defer { withExtendedLifetime(reserved) {} }
        let port = reserved.number
        let settings = "Port \(port)\nListen 127.0.0.1\nAllow 127.0.0.1\nBasicAuth u w\nMaxClients 10\nTimeout 60\n"
        let file = certificates.folder + "/tinyproxy.conf"
        try settings.write(toFile: file, atomically: true, encoding: .utf8)
        let tinyproxy = try Program("tinyproxy", ["-d", "-c", file], log: certificates.folder + "/tinyproxy.log")
        try await tinyproxy.isListening(on: port)
        var configuration = certificates.trusting
        configuration.proxy = .url("http://u:w@127.0.0.1:\(port)")
        for tls in [nil, try certificates.serverContext()] {
            try await RawServer.run(tls: tls, answering: response("ok")) { server in
                let client = try await RunningClient(tls == nil ? server.url : server.secureURL, configuration)
                for number in 1...2 as ClosedRange<UInt32> {
                    try await client.begin(number)
                    #expect(try await client.end(of: number).body == "ok")
                }
                try await client.close()
            }
        }
        configuration.proxy = .url("http://u:wrong@127.0.0.1:\(port)")
        let client = try await RunningClient("https://localhost:1", configuration)
        try await client.begin(1)
        #expect(try await client.end(of: 1).notSent?.code == .proxy)
        try await client.close()
    }
}
