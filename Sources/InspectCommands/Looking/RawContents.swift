import Traffic
import TrafficStore

/// The contents of a session's exchanges, byte for byte.
struct RawContents {
    var exchange: Int64?
    var direction: Direction?

    init(_ tokens: [FilterToken]) throws(CommandFailure) {
        for token in tokens {
            switch token {
            case .exchange(let number): exchange = number
            case .from(let direction): self.direction = direction
            default:
                throw CommandFailure(
                    .usage, "--raw prints whole exchanges: only exchange:N and from:client|server choose among them")
            }
        }
    }

    /// Of each exchange, in the order in which they began, the request's content and then the response's, as sent
    /// after transfer decoding.
    func write(_ reader: CaptureReader, session: Int64, to put: ([UInt8]) -> Void) throws {
        var after: Int64 = 0
        while let row = try reader.exchanges(ofSession: session, after: after, limit: 1).first {
            after = row.id
            if let exchange, exchange != row.id.numberInRecording { continue }
            if direction != .serverToClient, let body = row.requestRaw ?? row.requestBody { put(body) }
            guard direction != .clientToServer else { continue }
            if let body = row.responseRaw ?? row.responseBody { put(body) }
            // The blocks of an encoded stream are what these bytes decode to.
            guard row.responseRaw == nil else { continue }
            var block: Int64 = 0
            while case let rows = try reader.streamEvents(ofExchange: row.id, after: block, limit: 64),
                let last = rows.last
            {
                for event in rows { put(event.block.block.raw) }
                block = last.block.id
            }
        }
    }
}
