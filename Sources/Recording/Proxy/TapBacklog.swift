import Forwarding

/// What the tap gave and the recorder has not taken yet, bounded in bytes.
///
/// Full from the item that passes the limit until it is taken, so that what follows a gap never stands before it.
/// Meanwhile content is dropped and counted in a gap that stands where the bytes are missing; of exchanges and
/// connections that begin then nothing is kept, except that a connection that is still there afterwards is made known
/// with its next exchange. What tells the end of something that is known is always kept: it costs little, and without
/// it the recorder would wait for ever. So memory is bounded by the limit and by what is open at a time.
struct TapBacklog: Sendable {
    private struct GapKey: Hashable {
        let connection: UInt32
        let exchange: UInt32
    }

    private(set) var batch = TapQueue.Batch()
    /// Empty, with room for what comes next.
    var spare = TapQueue.Batch()
    private let limit: Int
    private let isLossless: Bool
    /// Gaps of the batch by what they are about.
    private var gaps: [GapKey: Int] = [:]
    /// Exchanges whose beginning was dropped.
    private var lostExchanges: Set<UInt32> = []
    /// Connections whose beginning was held back, with what tells it.
    private var unknownConnections: [UInt32: [TapItem]] = [:]
    /// Memory that a dropped item counted and that those behind it in the read cycle may keep alive.
    private var owedBytes = 0

    /// What an item costs beside its bytes.
    static let itemCost = 160

    init(limit: Int, isLossless: Bool) {
        self.limit = limit
        self.isLossless = isLossless
    }

    var isOverLimit: Bool { batch.bytes > limit }
    /// Worth taking before the recorder's own time comes.
    var isFilling: Bool { batch.bytes > limit / 4 }
    private var drops: Bool { !isLossless && isOverLimit }

    /// What one read cycle gave, `at` nanoseconds since the epoch.
    mutating func add(_ items: [TapItem], at: Int64) {
        let before = batch.entries.count
        owedBytes = 0
        for item in items { add(item) }
        let count = batch.entries.count - before
        if count > 0 { batch.runs.append((count, at)) }
    }

    mutating func take() -> TapQueue.Batch {
        var taken = TapQueue.Batch()
        swap(&spare, &taken)
        swap(&batch, &taken)
        gaps.removeAll(keepingCapacity: true)
        return taken
    }

    private mutating func add(_ item: TapItem) {
        if tellsConnection(item) { return }
        switch item.part {
        case .requestHead where drops:
            lostExchanges.insert(item.exchange)
            return drop(item)
        case .exchangeEnded:
            if !lostExchanges.isEmpty, lostExchanges.remove(item.exchange) != nil { return }
        case _ where isLost(item.exchange): return drop(item)
        case .requestBody, .responseBody, .responseChunk, .informational:
            if drops { return drop(item) }
        case _ where drops && unknownConnections[item.connection] != nil: return drop(item)
        default: break
        }
        if !unknownConnections.isEmpty {
            for opening in unknownConnections.removeValue(forKey: item.connection) ?? [] { keep(opening) }
        }
        keep(item)
    }

    private func isLost(_ exchange: UInt32) -> Bool {
        exchange != 0 && !lostExchanges.isEmpty && lostExchanges.contains(exchange)
    }

    /// Takes what only says how an unknown connection stands; returns whether it did.
    private mutating func tellsConnection(_ item: TapItem) -> Bool {
        switch item.part {
        case .opened:
            guard drops else { return false }
            unknownConnections[item.connection] = [item]
        case .upstreamOpened:
            guard unknownConnections[item.connection] != nil else { return false }
            unknownConnections[item.connection]?.append(item)
        case .upstreamClosed:
            guard unknownConnections[item.connection] != nil else { return false }
            unknownConnections[item.connection]?.removeLast()
        case .closed: return unknownConnections.removeValue(forKey: item.connection) != nil
        default: return false
        }
        return true
    }

    private mutating func keep(_ item: TapItem) {
        var counted = Int(item.pinnedBytes)
        if item.bytes != nil, counted == 0 {
            counted = owedBytes
            owedBytes = 0
        }
        batch.bytes += counted + Self.itemCost
        batch.entries.append(.item(item))
    }

    /// Counts the item's bytes in the gap of its exchange, of its connection where the exchange is unknown, or of
    /// neither.
    private mutating func drop(_ item: TapItem) {
        owedBytes += Int(item.pinnedBytes)
        let bytes = Int64(item.bytes?.readableBytes ?? 0)
        guard bytes > 0 else { return }
        let isKnown = unknownConnections[item.connection] == nil
        let connection = isKnown ? item.connection : 0
        let exchange = isKnown && !isLost(item.exchange) ? item.exchange : 0
        let key = GapKey(connection: connection, exchange: exchange)
        if let index = gaps[key], case .gap(_, _, let before) = batch.entries[index] {
            batch.entries[index] = .gap(connection: connection, exchange: exchange, bytes: before + bytes)
        } else {
            gaps[key] = batch.entries.count
            batch.bytes += Self.itemCost
            batch.entries.append(.gap(connection: connection, exchange: exchange, bytes: bytes))
        }
    }
}
