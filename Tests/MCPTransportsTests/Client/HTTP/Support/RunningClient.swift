import NIOCore
import NIOPosix
import WireFormats

@testable import MCPTransports

/// An HTTP client with an owner that keeps what it hears, used from a test.
final class RunningClient: Sendable {
    let eventLoop: any EventLoop
    let records: Observed<[UInt32: ExchangeRecord]>
    private let parts: NIOLoopBound<(exchanges: HTTPExchanges, owner: RecordingOwner)>

    init(
        _ url: String, _ configuration: HTTPClientConfiguration = .standard,
        on eventLoop: any EventLoop = MultiThreadedEventLoopGroup.singleton.next(),
        observer: @escaping @Sendable () -> (any WireObserver)? = { nil }
    ) async throws {
        let origin = try HTTPURL(url)
        self.eventLoop = eventLoop
        parts = try await eventLoop.submit {
            let owner = RecordingOwner(on: eventLoop)
            let exchanges = HTTPExchanges(
                origin: origin, configuration: configuration, eventLoop: eventLoop, owner: owner,
                observer: observer())
            return NIOLoopBound((exchanges, owner), eventLoop: eventLoop)
        }.get()
        let bound = parts
        records = try await eventLoop.submit { bound.value.owner.records }.get()
    }

    /// Runs on the client's event loop.
    @discardableResult
    func run<Result: Sendable>(
        _ body: @escaping @Sendable (HTTPExchanges, RecordingOwner) -> Result
    ) async throws -> Result {
        let parts = parts
        return try await eventLoop.submit { body(parts.value.exchanges, parts.value.owner) }.get()
    }

    func begin(_ number: UInt32, _ request: OutgoingRequest = .get()) async throws {
        try await run { exchanges, _ in exchanges.begin(request, as: number) }
    }

    func abort(_ number: UInt32) async throws {
        try await run { exchanges, _ in exchanges.abort(number) }
    }

    func close() async throws {
        let parts = parts
        try await eventLoop.flatSubmit { parts.value.exchanges.close() }.get()
    }

    /// The record of an exchange when it has ended.
    @discardableResult
    func end(of number: UInt32) async throws -> ExchangeRecord {
        try await record(of: number, "the end of \(number)") { $0.end != nil }
    }

    /// The record of an exchange when it meets the condition.
    @discardableResult
    func record(
        of number: UInt32, _ wanted: String, _ condition: @escaping @Sendable (ExchangeRecord) -> Bool
    ) async throws -> ExchangeRecord {
        let all = try await records.wait(for: wanted) { $0[number].map(condition) ?? false }
        return all[number] ?? ExchangeRecord()
    }
}

extension OutgoingRequest {
    static func get(_ target: String = "/", isLongLived: Bool = false) -> OutgoingRequest {
        OutgoingRequest(method: "GET", target: target, fields: [], body: nil, isLongLived: isLongLived)
    }

    static func post(_ body: String, _ fields: [HTTPRequest.Field] = []) -> OutgoingRequest {
        OutgoingRequest(
            method: "POST", target: "/mcp", fields: fields, body: ByteBuffer(string: body), isLongLived: false)
    }
}
