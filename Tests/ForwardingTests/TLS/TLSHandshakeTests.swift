import Forwarding
import NIOSSL
import Testing

extension SocketTests {
    @Suite("Handshakes of TLS, and what becomes of those that fail", .timeLimit(.minutes(2)))
    struct TLSHandshakeTests {
        private static let get = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
        private let certificates: TestCertificates

        init() throws { certificates = try TestCertificates.shared.get() }

        @Test func `The tap is told the version and the name of both legs`() async throws {
            let tap = CollectingTap()
            try await RunningForwarder.run(tls: .both, tap: tap) { forwarder in
                let (client, _) = try forwarder.exchange()
                let items = try await tap.items {
                    $0.contains { $0.part == .requestEnd } && $0.count { $0.part.tls != nil } == 2
                }
                let expected = TapTLS(version: "TLSv1.3", serverName: "localhost")
                #expect(items.compactMap(\.part.tls) == [expected, expected])
                client.close()
            }
        }

        /// Sends a request to a forwarder whose upstream does `serve` with the socket; returns the answer and the items.
        private func answer(
            configure: (inout ForwarderConfiguration) -> Void = { _ in },
            _ serve: @escaping @Sendable (RawSocket) throws -> Void
        ) async throws -> (text: String, items: [TapItem]) {
            let tap = CollectingTap()
            let text = Received()
            try await RunningForwarder.run(tls: .upstream, tap: tap, configure: configure) { forwarder in
                let client = try forwarder.connect()
                try client.send(Self.get)
                let server = try forwarder.upstream.accept()
                try? serve(server)
                text.text = String(decoding: try client.receiveAll(), as: UTF8.self)
                client.close()
                server.drop()
                _ = try await tap.items { $0.hasClosed }
            }
            return (text.text, tap.items)
        }

        /// Written by one task at a time.
        private final class Received: @unchecked Sendable { var text = "" }

        private static func answering(_ context: NIOSSLContext) -> @Sendable (RawSocket) throws -> Void {
            { server in
                try server.startTLS(.server(context))
                _ = try server.receive(until: "\r\n\r\n")
                try server.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")
                server.close()
            }
        }

        @Test func `An upstream that nobody vouches for gets nothing, and the client a sentence`() async throws {
            let (text, items) = try await answer(
                configure: { $0.upstreamTLS = UpstreamTLS() },
                Self.answering(try certificates.serverContext()))
            #expect(text.hasPrefix("HTTP/1.1 502 "))
            #expect(text.contains("is not trusted") && text.contains("--cacert") && text.contains("--insecure"))
            #expect(items.compactMap(\.part.tls).first?.failure?.contains("is not trusted") == true)
            #expect(items.ends == [.exchangeEnded(by: .proxy, reason: .httpError)])
        }

        @Test func `A certificate for another name is refused`() async throws {
            let folder = certificates.folder
            let (text, _) = try await answer(
                configure: { $0.upstreamTLS.trustFile = "\(folder)/other.pem" },
                Self.answering(try certificates.serverContext(certificates.other)))
            #expect(text.hasPrefix("HTTP/1.1 502 ") && text.contains("is for another name"))
        }

        @Test func `Any certificate passes where that is asked for`() async throws {
            let (text, items) = try await answer(
                configure: {
                    $0.upstreamTLS = UpstreamTLS()
                    $0.upstreamTLS.acceptsAnyCertificate = true
                }, Self.answering(try certificates.serverContext(certificates.other)))
            #expect(text.hasSuffix("\r\n\r\nok"))
            #expect(items.compactMap(\.part.tls).map(\.failure) == [nil])
        }

        @Test func `The certificate of an address is checked against the address`() async throws {
            for (host, certificate) in [("127.0.0.1", certificates.own), ("127.0.0.1", certificates.other)] {
                let isOwn = certificate.fingerprint == certificates.own.fingerprint
                let file = "\(certificates.folder)/\(isOwn ? "own" : "other").pem"
                let (text, items) = try await answer(
                    configure: {
                        $0.upstream = try! UpstreamOrigin("https://\(host):\($0.upstream.port)")
                        $0.upstreamTLS.trustFile = file
                    }, Self.answering(try certificates.serverContext(certificate)))
                #expect(text.hasPrefix("HTTP/1.1 \(isOwn ? 200 : 502) "))
                #expect(items.compactMap(\.part.tls).map(\.serverName) == [nil])
            }
        }

        @Test func `An upstream that does not speak TLS is told from one that is not trusted`() async throws {
            let (text, _) = try await answer { server in
                _ = try server.receive()
                try server.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            }
            #expect(text.hasPrefix("HTTP/1.1 502 ") && text.contains("does not speak TLS"))
        }

        @Test func `An upstream that leaves or resets within the handshake is one sentence`() async throws {
            for resets in [false, true] {
                let (text, _) = try await answer { server in
                    _ = try server.receive()
                    if resets { server.reset() } else { server.drop() }
                }
                #expect(text.hasPrefix("HTTP/1.1 502 "))
                #expect(text.contains("ended the connection within the TLS handshake"))
            }
        }

        @Test func `A handshake that does not end is given up`() async throws {
            let (text, items) = try await answer(configure: { $0.connectTimeoutSeconds = 1 }) { _ in }
            #expect(text.hasPrefix("HTTP/1.1 504 ") && text.contains("TLS handshake in time"))
            #expect(items.contains { $0.part == .upstreamClosed(number: 2, by: .server, reason: .timeout) })
        }

        @Test(arguments: [TLSVersion.tlsv12, .tlsv13])
        func `An upstream that asks for a certificate gets it; without one the client is told what is missing`(
            _ version: TLSVersion
        ) async throws {
            let context = try certificates.serverContext(asks: true, maximum: version)
            let missing = try await answer(Self.answering(context))
            #expect(
                missing.text.hasPrefix("HTTP/1.1 502 ") && missing.text.contains("pass one with --cert and --key"),
                "\(missing.text)")
            let folder = certificates.folder
            let shown = try await answer(
                configure: {
                    $0.upstreamTLS.certificate = CertificateFiles(chain: "\(folder)/own.pem", key: "\(folder)/own.key")
                }, Self.answering(context))
            #expect(shown.text.hasSuffix("\r\n\r\nok"))
        }

        @Test func `A client that leaves within the upstream's handshake leaves no connection`() async throws {
            let tap = CollectingTap()
            try await RunningForwarder.run(tls: .upstream, tap: tap) { forwarder in
                let client = try forwarder.connect()
                try client.send(Self.get)
                let server = try forwarder.upstream.accept()
                _ = try server.receiveRaw(1, flags: 0)
                client.reset()
                _ = try server.end()
                let items = try await tap.items { $0.hasClosed }
                #expect(items.ends == [.exchangeEnded(by: .client, reason: .rst)])
            }
        }

        // MARK: Clients

        /// A client whose handshake fails in `body`; returns the items of its connection.
        private func failing(_ body: @escaping @Sendable (RawSocket) throws -> Void) async throws -> [TapPart] {
            let tap = CollectingTap()
            try await RunningForwarder.run(tls: .client, tap: tap) { forwarder in
                let client = try RawSocket.connect(forwarder.port)
                try? body(client)
                _ = try? client.end()
                client.drop()
                _ = try await tap.items { $0.hasClosed }
            }
            return tap.items.map(\.part)
        }

        @Test func `A client that speaks plain HTTP is recorded with what it did`() async throws {
            let parts = try await failing { try $0.send(Self.get) }
            #expect(parts.count == 2)
            #expect(parts.first?.tls?.failure == "the client spoke plain HTTP; its URL must begin with https://")
            #expect(parts.last == .closed(by: .client, reason: .httpError))
        }

        @Test func `A client that does not trust the certificate is recorded with that and the name it wanted`()
            async throws
        {
            let context = try certificates.clientContext(trustsOther: true)
            let parts = try await failing { try $0.startTLS(.client(context, name: "localhost")) }
            #expect(parts.first?.tls?.failure == "the client does not trust the certificate of this listener")
            #expect(parts.first?.tls?.serverName == "localhost")
            #expect(parts.first?.tls?.version == nil)
        }

        @Test func `A client that refuses in the clear, as OpenSSL does, is told from one that speaks no TLS`()
            async throws
        {
            let context = try certificates.clientContext()
            let parts = try await failing { client in
                try client.sendRaw(TLSSession(.client(context, name: "localhost")).outbound())
                _ = try client.receiveRaw(1, flags: 0)
                // A fatal alert: unknown_ca.
                try client.sendRaw([0x15, 3, 3, 0, 2, 2, 48])
            }
            #expect(parts.first?.tls?.failure?.hasPrefix("the client refused the handshake; it may not trust") == true)
        }

        @Test func `A client that speaks neither, or leaves, is recorded`() async throws {
            let garbage = try await failing { try $0.send(Array("no TLS at all\r\n".utf8)) }
            #expect(garbage.first?.tls?.failure == "the client did not speak TLS")
            let silent = try await failing { $0.drop() }
            #expect(silent.first?.tls?.failure == "the client ended the connection within the handshake")
        }

        @Test func `A client that says nothing is let go when its time is over`() async throws {
            let tap = CollectingTap()
            try await RunningForwarder.run(tls: .client, tap: tap, configure: { $0.connectTimeoutSeconds = 1 }) {
                forwarder in
                let client = try RawSocket.connect(forwarder.port)
                _ = try await tap.items { $0.hasClosed }
                client.drop()
            }
            let parts = tap.items.map(\.part)
            #expect(parts.first?.tls?.failure == "the client did not complete the TLS handshake in time")
            #expect(parts.last == .closed(by: .client, reason: .timeout))
        }
    }
}

extension TapPart {
    fileprivate var tls: TapTLS? {
        switch self {
        case .opened(_, _, let tls): tls
        case .upstreamOpened(_, _, _, let tls): tls
        default: nil
        }
    }
}
