import MCPTransports
import Testing

@testable import MCPTransportsTestKit

/// The server's end of an in-memory pair in the hands of a test.
struct InMemoryPeer {
    struct Unexpected: Error { let text: String }

    let transport: InMemoryTransport
    private let inbox: AsyncThrowingStream<[UInt8], any Error>

    init(_ transport: InMemoryTransport) {
        self.transport = transport
        inbox = transport.receive()
    }

    /// The next message of the client; nil when the client has left.
    func next() async throws -> JSONRPCMessage? {
        var iterator = inbox.makeAsyncIterator()
        guard let bytes = try await iterator.next() else { return nil }
        return try JSONRPCMessage(JSONValue(parsing: bytes))
    }

    /// The next message, which must be a request for `method`.
    func request(_ method: String) async throws -> (id: RequestID, params: JSONValue?) {
        let message = try await next()
        guard case .request(let id, method, let params) = message else { throw Unexpected(text: "\(message as Any)") }
        return (id, params)
    }

    /// The next message, which must be the notification `method`.
    @discardableResult
    func notification(_ method: String) async throws -> JSONValue? {
        let message = try await next()
        guard case .notification(method, let params) = message else { throw Unexpected(text: "\(message as Any)") }
        return params
    }

    func send(_ message: JSONRPCMessage) async throws {
        try await transport.send(message.json.serialized())
    }

    func send(text: String) async throws {
        try await transport.send(Array(text.utf8))
    }

    func answer(_ id: RequestID, _ result: JSONValue = [:]) async throws {
        try await send(.response(id: id, result: result))
    }

    func notify(_ method: String, _ params: JSONValue? = nil) async throws {
        try await send(.notification(method: method, params: params))
    }

    /// Asks the client and gives its answer.
    func ask(_ id: RequestID, _ method: String, _ params: JSONValue? = nil) async throws -> JSONRPCMessage? {
        try await send(.request(id: id, method: method, params: params))
        return try await next()
    }

    /// Takes part in the handshake; gives the parameters of `initialize`.
    @discardableResult
    func open(capabilities: JSONValue = [:], version: String? = nil) async throws -> JSONValue? {
        let (id, params) = try await request("initialize")
        let asked = params?["protocolVersion"] ?? ""
        try await answer(
            id,
            [
                "protocolVersion": version.map(JSONValue.string) ?? asked, "capabilities": capabilities,
                "serverInfo": ["name": "peer", "version": "1"], "instructions": "be kind",
            ])
        if version == nil { try await notification("notifications/initialized") }
        return params
    }
}

/// What the callbacks of a client were told.
struct Heard {
    let errors = AwaitedList<any Error>()
    let closings = AwaitedList<(any Error)?>()
    let messages = AwaitedList<JSONRPCMessage>()
    let notifications = AwaitedList<ServerNotification>()

    /// Handlers that record, to which more may be added.
    var handlers: MCPClient.Handlers {
        var handlers = MCPClient.Handlers()
        handlers.onError = errors.append
        handlers.onClose = closings.append
        handlers.onMessage = messages.append
        handlers.onNotification = notifications.append
        return handlers
    }

    /// The error with this number, as soon as it is there.
    func error(_ number: Int = 0) async throws -> any Error {
        try #require(await errors.element(at: number, within: .seconds(10)))
    }

    /// The code of the error with this number.
    func errorCode(_ number: Int = 0) async throws -> MCPClientError.Code? {
        (try await error(number) as? MCPClientError)?.code
    }
}

extension MCPClient.Configuration {
    static let test = MCPClient.Configuration(name: "test", version: "1")
}

/// A client that is connected to a peer, without a handshake.
func connected(
    _ configuration: MCPClient.Configuration = .test, _ handlers: MCPClient.Handlers = .init(), capacity: Int = 64
) async throws -> (client: MCPClient, peer: InMemoryPeer) {
    let (near, far) = InMemoryTransport.pair(capacity: capacity)
    let client = MCPClient(transport: near, configuration: configuration, handlers: handlers)
    try await client.connect()
    return (client, InMemoryPeer(far))
}
