import Traffic
import TrafficStore

/// The contents of a session's exchanges, byte for byte.
struct RawContents {
    var filter: Filter

    /// So many exchanges are chosen at a time.
    private static let page = 10_000

    /// Of each exchange in which the filter selects anything, in the order in which they began: the request's content
    /// where something from the client is selected, the response's where something from the server is; as sent after
    /// transfer decoding.
    func write(_ reader: CaptureReader, session: Int64, to put: ([UInt8]) -> Void) throws {
        var after: Int64 = 0
        while case let chosen = try reader.contents(
            ofSession: session, matching: filter, after: after, limit: Self.page), let last = chosen.last
        {
            for content in chosen {
                guard let row = try reader.exchange(content.exchange) else { continue }
                if content.hasRequest, let body = row.requestRaw ?? row.requestBody { put(body) }
                if content.hasResponse { try response(row, reader, to: put) }
            }
            after = last.exchange
        }
    }

    private func response(_ row: ExchangeRow, _ reader: CaptureReader, to put: ([UInt8]) -> Void) throws {
        if let body = row.responseRaw ?? row.responseBody { put(body) }
        // The blocks of an encoded stream are what these bytes decode to.
        guard row.responseRaw == nil else { return }
        var block: Int64 = 0
        while case let rows = try reader.streamEvents(ofExchange: row.id, after: block, limit: 64), let last = rows.last
        {
            for event in rows { put(event.block.block.raw) }
            block = last.block.id
        }
    }
}
