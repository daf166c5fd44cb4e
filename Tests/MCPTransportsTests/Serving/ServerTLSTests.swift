import DemoServer
import NIOSSL
import Testing

@testable import MCPTransports

@Suite(.timeLimit(.minutes(1))) struct ServerTLSTests {
    @Test func `A stream over TLS opens, speaks and ends`() async throws {
        let certificates = try Certificates.shared.get()
        let tls = SSEServerTransport.TLS(
            certificateChainFile: "\(certificates.folder)/server.pem",
            privateKeyFile: "\(certificates.folder)/server.key")
        var client = TLSConfiguration.makeClientConfiguration()
        client.trustRoots = .file(certificates.authority)
        client.applicationProtocols = ["h2", "http/1.1"]
        let context = try NIOSSLContext(configuration: client)
        let stream = try await withTransport(DemoServer.server, .init(tls: tls)) { _, port in
            let stream = try await RawConnection(port: port, tls: context)
            try await stream.request("GET /sse")
            try await stream.wait(for: "event: endpoint")
            let post = try await RawConnection(port: port, tls: context)
            try await post.post(.call("echo", ["text": "hi"]), "/mcp", ["Connection: close"])
            #expect(try await post.waitForEnd().contains(#""text":"hi""#))
            return stream
        }
        #expect(try await stream.waitForEnd().hasSuffix("0\r\n\r\n"))
    }

    @Test func `Files that are missing are one sentence`() async {
        let tls = SSEServerTransport.TLS(certificateChainFile: "/nowhere.pem", privateKeyFile: "/nowhere.key")
        await #expect(throws: ConfigurationError.self) {
            try await SSEServerTransport(server: DemoServer.server, configuration: .init(tls: tls)).run()
        }
    }
}
