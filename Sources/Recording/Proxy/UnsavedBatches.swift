import Traffic

/// Batches that the store has not taken yet, oldest first, bounded in bytes.
struct UnsavedBatches: Sendable {
    /// Rows that were given up, and about how much they held; what gaps among them stood for included.
    struct Lost: Sendable, Hashable {
        var rows = 0
        var bytes: Int64 = 0

        var isEmpty: Bool { rows == 0 }
    }

    private var batches: [(batch: RowBatch, bytes: Int)] = []
    /// Those before it are gone. Taken off the front now and then, so that each costs the same however many wait.
    private var start = 0
    private var bytes = 0
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    var isEmpty: Bool { start == batches.count }
    var isOverLimit: Bool { bytes > limit }
    var first: RowBatch? { isEmpty ? nil : batches[start].batch }
    var rows: Int { batches[start...].reduce(0) { $0 + $1.batch.rowCount } }

    mutating func append(_ batch: RowBatch) {
        guard !batch.isEmpty else { return }
        let size = batch.byteCount
        batches.append((batch, size))
        bytes += size
    }

    mutating func removeFirst() {
        guard !isEmpty else { return }
        bytes -= batches[start].bytes
        batches[start].batch = RowBatch()
        start += 1
        guard start == batches.count || start >= 256 && start * 2 >= batches.count else { return }
        batches.removeFirst(start)
        start = 0
    }

    /// Gives up the oldest batch.
    mutating func loseFirst() -> Lost {
        guard !isEmpty else { return Lost() }
        let (batch, size) = batches[start]
        removeFirst()
        return Lost(rows: batch.rowCount, bytes: batch.gaps.reduce(Int64(size)) { $0 + $1.bytes })
    }

    /// Gives up the oldest until the rest is within the limit.
    mutating func trim() -> Lost {
        var all = Lost()
        while isOverLimit, !isEmpty { all.add(loseFirst()) }
        return all
    }
}

extension UnsavedBatches.Lost {
    mutating func add(_ other: Self) {
        rows += other.rows
        bytes += other.bytes
    }
}

extension RowBatch {
    var rowCount: Int {
        connections.count + exchanges.count + attributions.count + streamEvents.count + gaps.count + sessions.count
            + messages.count + calls.count
    }

    /// About what the batch holds in memory.
    var byteCount: Int {
        // In place: a row that is taken out is copied with all that it holds.
        let events = streamEvents.indices.reduce(0) {
            $0 + streamEvents[$1].block.block.raw.count + (streamEvents[$1].block.block.data?.count ?? 0)
        }
        let bodies = exchanges.indices.reduce(0) {
            $0 + (exchanges[$1].requestBody?.count ?? 0) + (exchanges[$1].responseBody?.count ?? 0)
                + (exchanges[$1].requestRaw?.count ?? 0) + (exchanges[$1].responseRaw?.count ?? 0) + 1024
        }
        let elements = messages.reduce(0) { if case .element(let text) = $1.body { $0 + text.count } else { $0 } }
        return events + bodies + elements + rowCount * 256
    }
}
