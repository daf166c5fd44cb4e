import Forwarding
import NIOCore
import Testing

extension SocketTests {
    @Suite("Listening and stopping", .timeLimit(.minutes(1)))
    struct ListeningTests {
        @Test func `An address in use is an error that says what to do`() async throws {
            let (taken, port) = try RawSocket.listen()
            var configuration = ForwarderConfiguration(upstream: try UpstreamOrigin("http://127.0.0.1:9"))
            configuration.listenPort = port
            let forwarder = Forwarder(configuration: configuration)
            let error = await #expect(throws: ForwarderError.self) { try await forwarder.run() }
            #expect(error?.code == .addressInUse)
            #expect(
                error?.message == "cannot listen on 127.0.0.1:\(port): address in use; pass --listen with another port")
            taken.close()
        }

        @Test func `An address of another machine is an error`() async throws {
            var configuration = ForwarderConfiguration(upstream: try UpstreamOrigin("http://127.0.0.1:9"))
            configuration.listenHost = "192.0.2.1"
            let forwarder = Forwarder(configuration: configuration)
            let error = await #expect(throws: ForwarderError.self) { try await forwarder.run() }
            #expect(error?.code == .addressUnavailable)
        }

        @Test func `Stopping closes all connections and tells the tap`() async throws {
            let tap = CollectingTap()
            let connections = Connections()
            try await RunningForwarder.run(tap: tap) { forwarder in
                let (client, server) = try forwarder.exchange(head: "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                connections.open = [client, server, try RawSocket.connect(forwarder.port)]
                _ = try await tap.items { items in
                    items.count { if case .opened = $0.part { true } else { false } } == 2
                }
            }
            #expect(try connections.open.map { try $0.end() }.count == 3)
            let items = tap.items
            #expect(items.ends == [.exchangeEnded(by: .proxy, reason: .shutdown)])
            #expect(items.count { $0.part == .closed(by: .proxy, reason: .shutdown) } == 2)
        }

        /// Kept open past the forwarder; used by one task at a time.
        private final class Connections: @unchecked Sendable {
            var open: [RawSocket] = []
        }

        @Test func `Two event loops forward alike`() async throws {
            let tap = CollectingTap()
            try await RunningForwarder.run(tap: tap) {
                $0.eventLoops = 2
            } _: { forwarder in
                for index in 0..<6 {
                    let (client, server) = try forwarder.exchange("\(index)")
                    let answer = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n\(index)"
                    try server.send(answer)
                    #expect(try client.receiveText(answer) == answer)
                    client.close()
                    server.close()
                }
                let items = try await tap.items { items in
                    items.count { if case .closed = $0.part { true } else { false } } == 6
                }
                #expect(Set(items.map(\.connection)).count == 6)
                #expect(items.ends.count == 6)
            }
        }

        @Test func `Beyond the limit of connections a client waits until another leaves`() async throws {
            try await RunningForwarder.run {
                $0.connectionLimit = 1
            } _: { forwarder in
                let (client, server) = try forwarder.exchange()
                let waiting = try RawSocket.connect(forwarder.port)
                try waiting.send("GET /2 HTTP/1.1\r\nHost: localhost\r\n\r\n")
                client.close()
                #expect(try server.end() == .fin)
                server.close()
                let second = try forwarder.upstream.accept()
                #expect(try second.receive(until: "\r\n\r\n").hasPrefix("GET /2 "))
            }
        }
    }
}
