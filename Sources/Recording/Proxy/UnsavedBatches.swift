import Traffic

/// Batches that the store has not taken yet, bounded in bytes.
struct UnsavedBatches {
    private var batches: [(batch: RowBatch, bytes: Int)] = []
    private var bytes = 0
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    var isEmpty: Bool { batches.isEmpty }
    var first: RowBatch? { batches.first?.batch }
    var rows: Int { batches.reduce(0) { $0 + $1.batch.rowCount } }

    mutating func append(_ batch: RowBatch) {
        guard !batch.isEmpty else { return }
        let size = batch.byteCount
        batches.append((batch, size))
        bytes += size
    }

    mutating func removeFirst() {
        bytes -= batches.removeFirst().bytes
    }

    /// Drops the oldest beyond the limit; returns what that was.
    mutating func trim() -> (rows: Int, bytes: Int64)? {
        var rows = 0
        var lost: Int64 = 0
        while bytes > limit, let oldest = batches.first {
            rows += oldest.batch.rowCount
            lost += Int64(oldest.bytes)
            removeFirst()
        }
        return rows > 0 ? (rows, lost) : nil
    }
}

extension RowBatch {
    var rowCount: Int {
        connections.count + exchanges.count + attributions.count + streamEvents.count + gaps.count + sessions.count
            + messages.count + calls.count
    }

    /// About what the batch holds in memory.
    var byteCount: Int {
        let events = streamEvents.reduce(0) { $0 + $1.block.block.raw.count + ($1.block.block.data?.count ?? 0) }
        let bodies = exchanges.reduce(0) { $0 + ($1.requestBody?.count ?? 0) + ($1.responseBody?.count ?? 0) + 1024 }
        return events + bodies + rowCount * 256
    }
}
