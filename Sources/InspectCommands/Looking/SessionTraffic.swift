import Traffic
import TrafficStore

/// The rows of a session as far as a timeline needs them: without bodies, so that memory grows with the number of
/// messages and not with their size.
struct SessionTraffic: Sendable {
    var session: StoredSession
    /// Without bodies, but for the beginning of what an HTTP error said.
    var exchanges: [ExchangeRow] = []
    /// Without raw bytes; data only of events that carry no message, and only its beginning.
    var blocks: [StreamEventRow] = []
    var messages: [MessageRow] = []
    var calls: [CallRow] = []
    var gaps: [GapRow] = []

    /// What is kept of a text that is shown beside a line.
    static let excerpt = 300
    /// Bodies are held for so many rows at a time.
    private static let page = 64

    init(session: StoredSession) { self.session = session }

    init(_ reader: CaptureReader, session id: Int64) throws {
        guard let session = try reader.session(id) else {
            throw StoreFailure(.noSuchSession, "\(reader.path) has no session \(id)")
        }
        self.init(session: session)
        try readExchanges(reader)
        calls = try reader.calls(ofSession: id)
        gaps = try reader.gaps(ofSession: id)
        var after: Int64 = 0
        while case let rows = try reader.messages(ofSession: id, after: after, limit: 1000), let last = rows.last {
            messages += rows.map(Self.withoutText)
            after = last.id
        }
        try readBlocks(reader)
    }

    private mutating func readExchanges(_ reader: CaptureReader) throws {
        var after: Int64 = 0
        let id = session.row.id
        while case let rows = try reader.exchanges(ofSession: id, after: after, limit: 8), let last = rows.last {
            exchanges += rows.map { row in
                var row = row
                row.requestBody = nil
                row.responseRaw = nil
                row.chunks = []
                let isError = (row.response?.status ?? 0) >= 400
                row.responseBody = isError ? row.responseBody.map { Array($0.prefix(Self.excerpt)) } : nil
                return row
            }
            after = last.id
        }
    }

    private mutating func readBlocks(_ reader: CaptureReader) throws {
        let carriers = Set(messages.compactMap(\.streamEventID))
        var after: Int64 = 0
        let id = session.row.id
        while case let rows = try reader.streamEvents(ofSession: id, after: after, limit: Self.page),
            let last = rows.last
        {
            for row in rows where !carriers.contains(row.block.id) {
                var row = row
                row.block.block.raw = []
                row.block.block.data = row.block.block.data.map { Array($0.prefix(Self.excerpt)) }
                blocks.append(row)
            }
            after = last.block.id
        }
    }

    private static func withoutText(_ row: MessageRow) -> MessageRow {
        var row = row
        if case .element = row.body { row.body = .element([]) }
        return row
    }
}
