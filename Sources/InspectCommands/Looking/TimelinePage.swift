import Traffic
import TrafficStore

/// The entries that some keys stand for, with the rows that they are made of.
struct TimelinePage {
    private(set) var entries: [TimelineEntry] = []
    private var messages: [Int64: MessageRow] = [:]
    private var calls: [Int64: CallRow] = [:]
    private var exchanges: [Int64: ExchangeRow] = [:]
    private var blocks: [Int64: StreamEventRow] = [:]
    private var gaps: [Int64: GapRow] = [:]
    /// Of messages of calls that have several.
    private var rounds: [Int64: Int64] = [:]
    /// What the server wants to know before it answers, by the message that asks.
    private var asked: [Int64: [String]] = [:]
    private let session: StoredSession

    init(_ reader: CaptureReader, session: StoredSession, keys: [TimelineKeys.Key]) throws {
        self.session = session
        guard !keys.isEmpty else { return }
        func rows(_ what: TimelineKeys.What) -> [Int64] { keys.filter { $0.what == what }.map(\.lastRow) }
        for row in try reader.messages(rows(.message)) { messages[row.id] = row }
        for row in try reader.calls(Set(messages.values.compactMap(\.callID)).sorted()) { calls[row.id] = row }
        rounds = try reader.rounds(ofCalls: calls.values.filter { $0.rounds > 1 }.map(\.id).sorted())
        try readQuestions(reader)
        let carriers = Set(messages.values.compactMap(\.exchangeID))
        for row in try reader.exchangeSketches(carriers.sorted(), isBare: true) { exchanges[row.id] = row }
        let told: [TimelineKeys.What] = [.streamOpened, .streamClosed, .exchange, .edit]
        let ids = Set(keys.filter { told.contains($0.what) }.map(\.row))
        for row in try reader.exchangeSketches(ids.sorted()) { exchanges[row.id] = row }
        for row in try reader.blockSketches(rows(.block)) { blocks[row.block.id] = row }
        if keys.contains(where: { $0.what == .gap }) {
            for row in try reader.gaps(ofSession: session.row.id) { gaps[row.id] = row }
        }
        entries = keys.compactMap(entry)
    }

    /// What is asked by each answer that is not its call's last word.
    private mutating func readQuestions(_ reader: CaptureReader) throws {
        for row in messages.values where row.kind == .response {
            guard let call = row.callID.flatMap({ calls[$0] }), call.direction == .clientToServer,
                call.rounds > 1 || call.reason == .inputRequired,
                call.responseID != row.id || call.reason == .inputRequired, let text = try reader.text(of: row)
            else { continue }
            asked[row.id] = InputQuestions.words(in: text)
        }
    }

    private func entry(_ key: TimelineKeys.Key) -> TimelineEntry? {
        switch key.what {
        case .message: return message(key)
        case .block: return blocks[key.lastRow].map { Timeline.block($0).joined(key) }
        case .gap:
            return gaps[key.row].map {
                TimelineEntry(atNs: $0.atNs, exchange: $0.exchangeID, what: .gap(bytes: $0.bytes, reason: $0.reason))
            }
        case .end:
            return session.row.endReason.map { TimelineEntry(atNs: key.atNs, exchange: nil, what: .ended($0)) }
        case .streamOpened, .streamClosed, .exchange, .edit: return exchanges[key.row].flatMap { exchange(key, $0) }
        }
    }

    private func message(_ key: TimelineKeys.Key) -> TimelineEntry? {
        guard let row = messages[key.lastRow] else { return nil }
        var entry = Timeline.message(
            row, calls, exchanges, round: rounds[row.id], asked: asked[row.id] ?? [])
        if key.beat == .ping { entry.what = .heartbeats(.init(kind: .ping, count: 1, lastNs: row.atNs)) }
        return entry.joined(key)
    }

    private func exchange(_ key: TimelineKeys.Key, _ row: ExchangeRow) -> TimelineEntry? {
        func stream() -> [TimelineEntry] { Timeline.stream(row, isOwn: false, true, true) }
        switch key.what {
        case .streamOpened: return stream().first
        case .streamClosed: return stream().last
        case .edit:
            guard row.edits.indices.contains(Int(key.index)) else { return nil }
            return TimelineEntry(atNs: key.atNs, exchange: row.id, what: .edit(row.edits[Int(key.index)]))
        default: return TimelineEntry(atNs: key.atNs, exchange: row.id, what: .exchange(row.told))
        }
    }
}

extension TimelineEntry {
    /// Heartbeats that one key stands for; made of the last of them.
    fileprivate func joined(_ key: TimelineKeys.Key) -> TimelineEntry {
        guard case .heartbeats(var beats) = what else { return self }
        var entry = self
        entry.atNs = key.atNs
        beats.count = Int(key.count)
        beats.lastNs = key.lastNs
        entry.what = .heartbeats(beats)
        return entry
    }
}
