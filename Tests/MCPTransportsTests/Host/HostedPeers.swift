import MCPTransports
import Synchronization
import Testing

@testable import MCPTransportsTestKit

/// A host over in-memory transports, and the servers' ends of them by URL.
final class HostedPeers: Sendable {
    struct Request: Equatable {
        let url: String
        let apiKey: String?
    }

    struct NoSuchURL: Error {}

    private let ends: Mutex<[String: [InMemoryTransport]]> = Mutex([:])
    let asked = AwaitedList<Request>()

    /// A factory of transports; the URL `none` has none.
    var factory: MCPHost.TransportFactory {
        { [self] url, apiKey in
            if url == "none" { throw NoSuchURL() }
            let (near, far) = InMemoryTransport.pair()
            ends.withLock { $0[url, default: []].append(far) }
            asked.append(Request(url: url, apiKey: apiKey))
            return near
        }
    }

    func host(
        _ configuration: MCPClient.Configuration = .test,
        handlers: @escaping @Sendable (String) -> MCPClient.Handlers = { _ in .init() }
    ) -> MCPHost {
        MCPHost(configuration: configuration, handlers: handlers, makeTransport: factory)
    }

    /// The server's end of the last transport to `url`, once there are as many connections in all.
    func peer(_ url: String, connections: Int = 1) async throws -> InMemoryPeer {
        _ = try #require(await asked.element(at: connections - 1, within: .seconds(10)))
        return InMemoryPeer(try #require(ends.withLock { $0[url]?.last }))
    }

    /// Connects a server whose handshake succeeds.
    func connect(
        _ host: MCPHost, _ name: String, capabilities: JSONValue = [:], connections: Int = 1
    ) async throws -> InMemoryPeer {
        let connecting = Task { try await host.connect(name: name, url: name) }
        let peer = try await peer(name, connections: connections)
        try await peer.open(capabilities: capabilities)
        _ = try await connecting.value
        return peer
    }
}
