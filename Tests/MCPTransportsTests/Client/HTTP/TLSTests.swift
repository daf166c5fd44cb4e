import Foundation
import NIOCore
import Testing

@testable import MCPTransports

/// Whom the client trusts, and how it says that it does not.
@Suite(.timeLimit(.minutes(1))) struct TLSTests {
    private let certificates: Certificates

    init() throws { certificates = try Certificates.shared.get() }

    /// One exchange with a server that has the certificate of this name.
    private func exchange(
        _ configuration: HTTPClientConfiguration, server name: String = "server", host: String = "localhost",
        asksForCertificate: Bool = false
    ) async throws -> ExchangeRecord {
        let context = try certificates.serverContext(name, asksForCertificate: asksForCertificate)
        return try await RawServer.run(tls: context, answering: response("secret")) { server in
            let client = try await RunningClient("https://\(host):\(server.port)", configuration)
            try await client.begin(1)
            let record = try await client.end(of: 1)
            try await client.close()
            return record
        }
    }

    private func bytes(_ file: String) throws -> [UInt8] {
        try Array(#require(FileManager.default.contents(atPath: file)))
    }

    @Test func `A server is trusted by an authority in a file or in memory`() async throws {
        for roots in [.file(certificates.authority), .pem(try bytes(certificates.authority))]
            as [HTTPClientConfiguration.TrustRoots]
        {
            let record = try await exchange(HTTPClientConfiguration(tls: .init(trustRoots: roots)))
            #expect(record.isComplete && record.body == "secret")
        }
    }

    @Test func `A server that no authority vouches for is sent nothing`() async throws {
        for roots in [.system, .file(certificates.stranger)] as [HTTPClientConfiguration.TrustRoots] {
            let record = try await exchange(HTTPClientConfiguration(tls: .init(trustRoots: roots)))
            let error = try #require(record.notSent)
            #expect(error.code == .tls)
            #expect(error.message.hasPrefix("the certificate of localhost:"))
            #expect(error.message.contains("is not trusted") && error.message.hasSuffix("pass its CA in trustRoots"))
        }
    }

    @Test func `A certificate for another name is refused, unless that name is expected`() async throws {
        var configuration = certificates.trusting
        for host in ["localhost", "127.0.0.1"] {
            let error = try #require(try await exchange(configuration, server: "elsewhere", host: host).notSent)
            #expect(error.code == .tls)
            #expect(error.message.contains("is for another name"))
        }
        configuration.tls.serverName = "elsewhere.example"
        #expect(try await exchange(configuration, server: "elsewhere").isComplete)
    }

    @Test func `The certificate of an address is checked against the address`() async throws {
        #expect(try await exchange(certificates.trusting, host: "127.0.0.1").isComplete)
    }

    @Test func `Any certificate is accepted only by a setting that says so`() async throws {
        let configuration = HTTPClientConfiguration(tls: .init(unsafelyAcceptsAnyCertificate: true))
        #expect(try await exchange(configuration, server: "elsewhere").isComplete)
    }

    @Test func `A server that asks for a certificate gets it, and one without is told what is missing`() async throws {
        var configuration = certificates.trusting
        let missing = try await exchange(configuration, asksForCertificate: true)
        let error = try #require(missing.cut ?? missing.notSent)
        #expect(error.code == .tls)
        #expect(error.message.hasSuffix("wants a client certificate that it knows; set one in clientCertificate"))
        let files = (chain: certificates.folder + "/client.pem", key: certificates.folder + "/client.key")
        for certificate in [
            HTTPClientConfiguration.ClientCertificate(chainFile: files.chain, keyFile: files.key),
            .init(chainPEM: try bytes(files.chain), keyPEM: try bytes(files.key)),
        ] {
            configuration.tls.clientCertificate = certificate
            #expect(try await exchange(configuration, asksForCertificate: true).isComplete)
        }
    }

    @Test func `Files that cannot be used are named`() async throws {
        var configuration = HTTPClientConfiguration(tls: .init(trustRoots: .file("/nowhere.pem")))
        #expect(
            try await exchange(configuration).notSent?.message
                == "the trust roots in /nowhere.pem cannot be read as PEM certificates")
        configuration.tls.trustRoots = .pem(Array("no".utf8))
        #expect(try await exchange(configuration).notSent?.message == "the trust roots are no PEM certificates")
        configuration = certificates.trusting
        configuration.tls.clientCertificate = .init(chainFile: certificates.authority, keyFile: certificates.authority)
        let message = try #require(try await exchange(configuration).notSent?.message)
        #expect(message.hasPrefix("the client certificate in \(certificates.authority) or its key cannot be read"))
        configuration.tls.clientCertificate = .init(
            chainFile: certificates.authority, keyFile: certificates.folder + "/client.key")
        let mismatch = try #require(try await exchange(configuration).notSent)
        #expect(mismatch.code == .tls)
        #expect(mismatch.message.hasSuffix("does not fit its key"))
    }

    @Test func `A server that speaks no TLS, or ends the handshake, is told from one that is not trusted`() async throws
    {
        for (answer, sentence) in [
            ("HTTP/1.1 400 Bad Request\r\n\r\n", "does not speak TLS; is it an http:// server?"),
            ("", "ended the connection within the TLS handshake"),
        ] {
            try await RawServer.run { server in
                let client = try await RunningClient(server.secureURL, certificates.trusting)
                try await client.begin(1)
                let peer = try await server.peer()
                try await peer.received.wait(for: "a hello") { !$0.text.isEmpty }
                if !answer.isEmpty { try await peer.send(answer) }
                try await peer.close()
                let error = try #require(try await client.end(of: 1).notSent)
                #expect(error.code == .tls)
                #expect(error.message == "localhost:\(server.port) \(sentence)")
                try await client.close()
            }
        }
    }

    @Test func `A response that ends with its connection is complete only with the farewell of TLS`() async throws {
        try await RawServer.run(tls: certificates.serverContext()) { server in
            let client = try await RunningClient(server.secureURL, certificates.trusting)
            for number in 0...1 as ClosedRange<UInt32> {
                try await client.begin(number)
                let peer = try await server.peer(Int(number))
                try await peer.request()
                try await peer.send("HTTP/1.1 200 OK\r\n\r\nhalf")
                try await client.record(of: number, "the half") { $0.body == "half" }
                if number == 0 { try await peer.breakOff() } else { try await peer.close() }
                let record = try await client.end(of: number)
                #expect(record.isComplete == (number == 1))
                #expect((record.cut?.code == .connectionClosed) == (number == 0))
            }
            try await client.close()
        }
    }
}
