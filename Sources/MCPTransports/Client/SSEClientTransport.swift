import Conversation
import Logging
import NIOCore
import NIOPosix
import Synchronization
import WireFormats

/// A client's side of MCP over HTTP, in every dialect: finds out which one the server speaks, keeps streams alive, goes on
/// behind the last event after a cut, opens a new session where one was lost, and never sends a message twice.
///
/// ```swift
/// let transport = try SSEClientTransport(url: "https://example.com/mcp", bearerToken: "…")
/// try await transport.connect()
/// ```
///
/// The first message to send is `initialize`; ``MCPClient`` does that. In the stateless dialect (MCP 2026-07-28), which has
/// no handshake, it is carried as `server/discover` and answered in the shape of `initialize`; `ping`,
/// `logging/setLevel` and resource subscriptions are translated likewise, and questions that the server puts into results
/// arrive as requests. So one client speaks to servers of every revision.
///
/// A request that cannot be answered is answered with a JSON-RPC error of this side: -32000, or -32001 after a time-out,
/// with `data.reason`.
public final class SSEClientTransport: MCPTransport {
    /// The server.
    public let url: String
    /// The settings, those of the requests' fields aside.
    public let configuration: Configuration
    let eventLoop: any EventLoop
    private let driver: NIOLoopBoundBox<ConversationDriver?>
    private let settings: ConversationSettings
    private let origin: HTTPURL
    private let fields: RequestFields
    private let inbox: TransportInbox

    /// A transport, which does nothing until ``connect()``.
    ///
    /// - Parameters:
    ///   - url: an `http` or `https` URL without userinfo.
    ///   - bearerToken: sent as `Authorization: Bearer …`.
    /// - Throws: ``HTTPClientError/Code/invalidURL`` with what is wrong with the URL.
    public convenience init(
        url: String, bearerToken: String? = nil, configuration: Configuration = .standard,
        callbacks: Callbacks = Callbacks(),
        logger: Logger = Logger(label: "mcp-transports.client", factory: { _ in SwiftLogNoOpLogHandler() })
    ) throws(HTTPClientError) {
        try self.init(
            url: url, bearerToken: bearerToken, configuration: configuration, callbacks: callbacks, logger: logger,
            eventLoop: configuration.connections?.eventLoop ?? NIOSingletons.posixEventLoopGroup.next())
    }

    init(
        url: String, bearerToken: String? = nil, configuration: Configuration, callbacks: Callbacks = Callbacks(),
        logger: Logger = Logger(label: "mcp-transports.client", factory: { _ in SwiftLogNoOpLogHandler() }),
        eventLoop: any EventLoop
    ) throws(HTTPClientError) {
        do {
            origin = try HTTPURL(url)
        } catch {
            throw HTTPClientError(.invalidURL, "\(error)", cause: error)
        }
        self.url = url
        self.configuration = configuration
        self.eventLoop = eventLoop
        driver = .makeEmptyBox(valueType: ConversationDriver.self, eventLoop: eventLoop)
        settings = ConversationSettings(configuration, url: origin)
        fields = RequestFields(configuration.headers)
        if let bearerToken { fields.set("Authorization", "Bearer \(bearerToken)") }
        inbox = TransportInbox(limit: configuration.receivedMessages, callbacks: callbacks, logger: logger)
    }

    /// A transport that nobody holds any more takes its connections along; the session is left to expire.
    deinit {
        let driver = self.driver
        eventLoop.execute { driver.value?.finish(nil) }
    }

    /// Replaces the fields that every request has from now on.
    public func setHeaders(_ headers: [Header]) { fields.replace(headers) }

    /// Adds a field to every request from now on, in place of one of the same name.
    public func addHeader(_ name: String, _ value: String) { fields.set(name, value) }

    /// Makes ready to send. Over http+sse the event stream stands when this returns; the other dialects have nothing to say
    /// before `initialize`.
    ///
    /// - Throws: ``MCPTransportError`` when the server cannot be reached, refuses, or does not speak the dialect.
    public func connect() async throws {
        try await onLoop { loop, continuation in
            guard loop.driver.value == nil else {
                return continuation.resume(throwing: MCPTransportError(.closed, "a transport connects once"))
            }
            let driver = ConversationDriver(
                settings: loop.settings, fields: loop.fields, inbox: loop.inbox, eventLoop: loop.eventLoop)
            loop.driver.value = driver
            driver.start(loop.exchanges(for: driver), continuation)
        }
    }

    /// Ends the conversation: deletes the session where there is one, closes all connections. Waits until they are closed.
    public func disconnect() async {
        try? await onLoop { loop, continuation in
            guard let driver = loop.driver.value else {
                loop.inbox.finish(nil)
                return continuation.resume()
            }
            driver.close(continuation)
        }
    }

    /// Gives one message to the server.
    ///
    /// A request is on its way when this returns. A notification or an answer was accepted by the server, so that what is
    /// sent afterwards cannot overtake it.
    ///
    /// - Throws: ``MCPTransportError``.
    public func send(_ message: [UInt8]) async throws {
        try await onLoop { loop, continuation in
            guard let driver = loop.driver.value else {
                return continuation.resume(throwing: MCPTransportError(.notOpen, "connect must be called first"))
            }
            driver.send(message, continuation)
        }
    }

    /// What the server says, one message each. Texts that are no message, and answers to nothing, are left out.
    public func receive() -> AsyncThrowingStream<[UInt8], any Error> { inbox.stream }

    /// What is known of the conversation now.
    public func status() async -> Status {
        let found = try? await eventLoop.submit { [driver] in driver.value?.status }.get()
        return found.flatMap { $0 } ?? Status()
    }

    private func exchanges(for driver: ConversationDriver) -> any ExchangeMaker {
        if let shared = configuration.connections {
            return shared.lane(to: origin, configuration: configuration.http, owner: driver)
        }
        return HTTPExchanges(
            origin: origin, configuration: configuration.http, eventLoop: eventLoop, owner: driver)
    }

    private typealias Waiter = CheckedContinuation<Void, any Error>

    private func onLoop(_ body: @escaping @Sendable (SSEClientTransport, Waiter) -> Void) async throws {
        try await withCheckedThrowingContinuation { continuation in
            eventLoop.execute { body(self, continuation) }
        }
    }
}

extension SSEClientTransport {
    /// What is known of a conversation.
    public struct Status: Sendable, Hashable {
        /// Whether it is open.
        public var isOpen = false
        /// The dialect that is spoken; nil until it is known.
        public var dialect: HTTPDialect?
        /// The revision that was agreed on; nil until it is known.
        public var revision: String?
        /// The session's id of streamable; nil without one.
        public var sessionID: String?
        /// How many requests wait for their answers.
        public var pendingRequests = 0
        /// How many event streams stand open.
        public var openStreams = 0
        /// How many signs of life came on event streams.
        public var heartbeats = 0
        /// The longest time between two of them, or between one and what came before.
        public var longestSilence = Duration.zero
        /// How many times a stream was opened again, or the conversation.
        public var reconnections = 0
        /// How many times the server forgot the session.
        public var lostSessions = 0
        /// How many streams were given up after too long a silence.
        public var stalls = 0
    }
}

extension ConversationSettings {
    convenience init(_ configuration: SSEClientTransport.Configuration, url: HTTPURL) {
        self.init(
            url: url, dialects: configuration.dialect.map { [Dialect($0)] } ?? Self.detection, opening: .ofOwner,
            listens: configuration.listens, callTimeout: configuration.callTimeout?.wholeNanoseconds,
            openingTimeout: configuration.openingTimeout.wholeNanoseconds, stall: configuration.stalls.machinePolicy,
            reconnection: configuration.reconnection.policy, deletesSession: configuration.deletesSession,
            broadcastPaths: configuration.broadcastPaths.map { ($0.stream, $0.messages) })
    }
}

extension Dialect {
    init(_ dialect: HTTPDialect) {
        switch dialect {
        case .httpSSE: self = .httpSSE
        case .streamable: self = .streamable
        case .stateless: self = .stateless
        case .broadcast: self = .broadcast
        }
    }
}

extension HTTPDialect {
    init(_ dialect: Dialect) {
        switch dialect {
        case .httpSSE: self = .httpSSE
        case .streamable: self = .streamable
        case .stateless: self = .stateless
        case .broadcast: self = .broadcast
        }
    }
}
