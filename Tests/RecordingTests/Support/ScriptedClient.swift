import MCPTransports
import NIOCore
import NIOPosix
import Recording
import WireFormats

/// A client of which every request is said here, recorded by a tap of its own.
final class ScriptedClient: Sendable {
    /// Keeps what it hears, on the client's event loop.
    private final class Owner: ExchangeOwner {
        var heads: [UInt32: IncomingHead] = [:]
        var bodies: [UInt32: String] = [:]
        var ends: [UInt32: ExchangeEnd] = [:]
        var waiting: (condition: (Owner) -> Bool, promise: EventLoopPromise<Void>)?

        func responseBegan(_ number: UInt32, _ head: IncomingHead) { change { heads[number] = head } }
        func responseBody(_ number: UInt32, _ bytes: ByteBuffer) {
            change { bodies[number, default: ""] += String(buffer: bytes) }
        }
        func exchangeEnded(_ number: UInt32, _ end: ExchangeEnd) { change { ends[number] = end } }

        private func change(_ body: () -> Void) {
            body()
            guard let waiter = waiting, waiter.condition(self) else { return }
            waiting = nil
            waiter.promise.succeed()
        }
    }

    private struct Parts {
        let exchanges: HTTPExchanges
        let owner: Owner
    }

    private let eventLoop: any EventLoop
    private let parts: NIOLoopBound<Parts>

    init(port: Int, recording: WireRecording) async throws {
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        let origin = try HTTPURL("http://127.0.0.1:\(port)/")
        self.eventLoop = eventLoop
        parts = try await eventLoop.submit {
            let owner = Owner()
            let exchanges = HTTPExchanges(
                origin: origin, configuration: .standard, eventLoop: eventLoop, owner: owner,
                observer: recording.tap(on: eventLoop, goOn: {}))
            return NIOLoopBound(Parts(exchanges: exchanges, owner: owner), eventLoop: eventLoop)
        }.get()
    }

    /// Makes a request, waits until its response has ended, and returns the field of its head that is asked for.
    @discardableResult
    func ask(
        _ number: UInt32, _ method: String, _ body: String? = nil, session: String? = nil, field: String = ""
    ) async throws -> String? {
        try await begin(number, method, body, session: session) { $0.ends[number] != nil }
        return try await on { $0.owner.heads[number]?[field] }
    }

    /// Opens a stream, and waits until its head is there.
    func listen(_ number: UInt32, session: String?) async throws {
        try await begin(number, "GET", nil, session: session) { $0.heads[number] != nil }
    }

    func leave(_ number: UInt32) async throws { try await on { $0.exchanges.abort(number) } }

    func close() async throws {
        let parts = parts
        try await eventLoop.flatSubmit { parts.value.exchanges.close() }.get()
    }

    private func begin(
        _ number: UInt32, _ method: String, _ body: String?, session: String?,
        until condition: @escaping @Sendable (Owner) -> Bool
    ) async throws {
        var fields = [
            HTTPRequest.Field(name: "accept", value: "application/json, text/event-stream"),
            HTTPRequest.Field(name: "content-type", value: "application/json"),
        ]
        if let session { fields.append(.init(name: "mcp-session-id", value: session)) }
        let request = OutgoingRequest(
            method: method, target: "/mcp", fields: fields, body: body.map { ByteBuffer(string: $0) },
            isLongLived: method == "GET")
        let (parts, eventLoop) = (parts, eventLoop)
        try await eventLoop.flatSubmit {
            let promise = eventLoop.makePromise(of: Void.self)
            parts.value.owner.waiting = (condition, promise)
            parts.value.exchanges.begin(request, as: number)
            return promise.futureResult
        }.get()
    }

    private func on<Result: Sendable>(_ body: @escaping @Sendable (Parts) -> Result) async throws -> Result {
        let parts = parts
        return try await eventLoop.submit { body(parts.value) }.get()
    }
}
