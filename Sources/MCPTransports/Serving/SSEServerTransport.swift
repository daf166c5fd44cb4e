import Logging
import NIOCore
import NIOPosix
import Synchronization

/// Serves an ``MCPServer`` over HTTP, in all dialects from one listener.
///
/// ```swift
/// let transport = SSEServerTransport(server: server, configuration: .init(port: 8080))
/// try await transport.run()
/// ```
///
/// It is an object, not a value, because it is also the handle to what runs: whoever holds it can say something to clients
/// (``sendMessage(_:to:)``), announce changes (``announce(_:)``), replace what is served (``update(_:)``) and see who is
/// there (``sessions``), from any thread. Before ``run()`` and after it nobody is there, so nothing is told to anybody.
public final class SSEServerTransport: Sendable {
    /// Where and how.
    public let configuration: Configuration
    let switchboard: Switchboard
    let onListening: @Sendable (SocketAddress) async -> Void
    let running = Mutex(Running.not)

    /// Whether it serves. It does so once.
    enum Running {
        case not
        case starting
        case listening(any Channel)
        case over
    }

    /// A transport, which does nothing until ``run()``.
    ///
    /// - Parameters:
    ///   - authenticate: Decides who is let in; nil: everybody who passes ``Configuration/access``.
    ///   - onListening: Called once when connections are taken, with the address that was bound, so that port 0 can be used.
    public convenience init(
        server: MCPServer, configuration: Configuration = Configuration(),
        logger: Logger = SSEServerTransport.silentLogger,
        onListening: @escaping @Sendable (SocketAddress) async -> Void = { _ in },
        authenticate: Authenticate? = nil
    ) {
        self.init(
            Switchboard(
                server: server, messageHandler: nil, configuration: configuration, logger: logger,
                authenticate: authenticate), onListening)
    }

    /// A transport of the broadcast dialect whose messages a closure answers, instead of a server.
    ///
    /// - Parameters:
    ///   - messageHandler: Called with every message as it came, at the same time for several; nil: every message is
    ///     answered with HTTP 500 and the JSON-RPC error -32603.
    ///   - configuration: Its dialects must be the broadcast one alone.
    public convenience init(
        messageHandler: MessageHandler?, configuration: Configuration = Configuration(dialects: [.broadcast]),
        logger: Logger = SSEServerTransport.silentLogger,
        onListening: @escaping @Sendable (SocketAddress) async -> Void = { _ in },
        authenticate: Authenticate? = nil
    ) {
        let switchboard = Switchboard(
            server: nil, messageHandler: messageHandler, configuration: configuration, logger: logger,
            authenticate: authenticate)
        self.init(switchboard, onListening)
    }

    private init(_ switchboard: Switchboard, _ onListening: @escaping @Sendable (SocketAddress) async -> Void) {
        self.switchboard = switchboard
        configuration = switchboard.configuration
        self.onListening = onListening
    }

    /// A logger that says nothing, which is the default.
    public static var silentLogger: Logger {
        Logger(label: "mcp-transports.server", factory: { _ in SwiftLogNoOpLogHandler() })
    }
}
