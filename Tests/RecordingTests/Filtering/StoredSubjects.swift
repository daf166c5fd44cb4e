import Traffic
import TrafficStore

/// The entries of a stored session with the facts that a filter asks for, made of typed rows.
struct StoredSubjects {
    struct Entry: Hashable {
        var what: TimelineKeys.What
        var row: Int64
    }

    private(set) var all: [Entry: FilterSubject] = [:]
    private let session: StoredSession

    init(_ reader: CaptureReader, session id: Int64) throws {
        guard let session = try reader.session(id) else { fatalError("no session \(id)") }
        self.session = session
        var calls: [Int64: CallRow] = [:]
        for call in try reader.calls(ofSession: id) { calls[call.id] = call }
        let messages = try reader.messages(ofSession: id)
        var exchanges: [Int64: ExchangeRow] = [:]
        for row in try reader.exchanges(ofSession: id) { exchanges[row.id] = row }
        // A message may have come in an exchange that belongs to another session.
        for other in messages.compactMap(\.exchangeID) where exchanges[other] == nil {
            exchanges[other] = try reader.exchange(other)
        }
        var silences: [Int64: Double] = [:]
        let carriers = Set(messages.compactMap(\.streamEventID))
        for (exchange, row) in exchanges {
            var before = row.responseStartNs
            for block in try reader.streamEvents(ofExchange: exchange) {
                silences[block.block.id] = before.map { Double(block.block.firstByteAt - $0) / 1e6 }
                before = block.endNs
                guard row.attribution?.sessionID == id, row.isStream, !carriers.contains(block.block.id) else {
                    continue
                }
                var subject = FilterSubject(block, in: row)
                subject.silenceMs = silences[block.block.id]
                add(.block, block.block.id, subject)
            }
            guard row.attribution?.sessionID == id else { continue }
            let own = calls.values.filter { $0.exchangeID == exchange && $0.direction == .clientToServer }
            add(.exchange, exchange, FilterSubject(row, call: own.min { $0.id < $1.id }))
        }
        for row in messages {
            var subject = FilterSubject(
                row, call: row.callID.flatMap { calls[$0] }, in: row.exchangeID.flatMap { exchanges[$0] })
            subject.text = try reader.text(of: row)
            subject.silenceMs = row.streamEventID.flatMap { silences[$0] }
            add(.message, row.id, subject)
        }
        for row in try reader.gaps(ofSession: id) {
            add(.gap, row.id, FilterSubject(row, in: row.exchangeID.flatMap { exchanges[$0] }))
        }
        if session.row.endedNs != nil { add(.end, id, FilterSubject(.end)) }
    }

    private mutating func add(_ what: TimelineKeys.What, _ row: Int64, _ subject: FilterSubject) {
        all[Entry(what: what, row: row)] = subject.belonging(to: session.row, name: session.name)
    }

    func selected(by filter: Filter) -> Set<Entry> { Set(all.filter { filter.matches($0.value) }.keys) }

    /// What SQL selects.
    static func stored(_ reader: CaptureReader, session: Int64, filter: Filter) throws -> Set<Entry> {
        let keys = try TimelineKeys(reader, session: session, matching: filter, joinsPings: false)
        for sketch in try reader.exchangeSketches(ofSession: session, matching: filter) {
            try keys.add(.init(.exchange, atNs: sketch.row.requestStartNs, row: sketch.row.id, exchange: nil))
        }
        try keys.arrange(joinsHeartbeats: false)
        var found: Set<Entry> = []
        while case let page = try keys.next(7), !page.isEmpty {
            found.formUnion(page.map { Entry(what: $0.what, row: $0.row) })
        }
        return found
    }
}
