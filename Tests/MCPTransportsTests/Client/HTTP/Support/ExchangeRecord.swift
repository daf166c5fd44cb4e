import NIOCore

@testable import MCPTransports

/// What an owner heard of one exchange.
struct ExchangeRecord: Sendable {
    var head: IncomingHead?
    var body = ""
    /// The pieces of the body, one for each call.
    var pieces = 0
    var end: ExchangeEnd?
    /// Told in another order than head, body, end.
    var isDisordered = false

    var isComplete: Bool {
        if case .complete? = end { true } else { false }
    }

    var notSent: HTTPClientError? {
        if case .notSent(let error)? = end { error } else { nil }
    }

    var cut: HTTPClientError? {
        if case .cut(let error)? = end { error } else { nil }
    }
}

/// Keeps what it hears, on the event loop of its client.
final class RecordingOwner: ExchangeOwner {
    let records: Observed<[UInt32: ExchangeRecord]>
    /// Called with the number of an exchange, after its record was changed.
    var onHead: ((UInt32) -> Void)?
    var onBody: ((UInt32) -> Void)?
    var onEnd: ((UInt32) -> Void)?

    init(on eventLoop: any EventLoop) {
        records = Observed([:], on: eventLoop)
    }

    func responseBegan(_ number: UInt32, _ head: IncomingHead) {
        change(number) {
            if $0.head != nil || $0.end != nil { $0.isDisordered = true }
            $0.head = head
        }
        onHead?(number)
    }

    func responseBody(_ number: UInt32, _ bytes: ByteBuffer) {
        change(number) {
            if $0.head == nil || $0.end != nil { $0.isDisordered = true }
            $0.body += String(buffer: bytes)
            $0.pieces += 1
        }
        onBody?(number)
    }

    func exchangeEnded(_ number: UInt32, _ end: ExchangeEnd) {
        change(number) {
            if $0.end != nil { $0.isDisordered = true }
            $0.end = end
        }
        onEnd?(number)
    }

    private func change(_ number: UInt32, _ body: (inout ExchangeRecord) -> Void) {
        records.eventLoop.preconditionInEventLoop()
        records.change { body(&$0[number, default: ExchangeRecord()]) }
    }
}
