import TestSupport
import Testing
import Traffic

@testable import Recording

@Suite struct UnsavedBatchesTests {
    private static func batch(_ id: Int64, bytes: Int = 0) -> RowBatch {
        var row = ExchangeRow(
            id: id, recordingID: 1, connectionID: 1, request: RequestHead(method: "GET", target: "/", fields: []),
            requestStartNs: id)
        row.responseBody = [UInt8](repeating: 0, count: bytes)
        var batch = RowBatch()
        batch.exchanges = [row]
        return batch
    }

    private static func take(_ batches: inout UnsavedBatches) -> Int64? {
        defer { batches.removeFirst() }
        return batches.first?.exchanges.first?.id
    }

    @Test func `batches come back in their order, empty ones not at all`() {
        var batches = UnsavedBatches(limit: 1 << 20)
        batches.append(RowBatch())
        #expect(batches.isEmpty && batches.first == nil)
        for id in 1...3 as ClosedRange<Int64> { batches.append(Self.batch(id)) }
        #expect(batches.rows == 3)
        #expect(Self.take(&batches) == 1)
        batches.append(Self.batch(4))
        #expect(
            [Self.take(&batches), Self.take(&batches), Self.take(&batches), Self.take(&batches)] == [2, 3, 4, nil])
        #expect(batches.isEmpty && batches.rows == 0)
    }

    @Test func `thousands that wait keep their order through any mix of coming and going`() {
        var batches = UnsavedBatches(limit: .max)
        var random = SeededGenerator(1)
        var next: Int64 = 0
        var expected: Int64 = 0
        for _ in 0..<20_000 {
            if random.chance(2) || expected == next {
                batches.append(Self.batch(next))
                next += 1
            } else {
                #expect(Self.take(&batches) == expected)
                expected += 1
            }
            if expected == next { #expect(batches.isEmpty) }
        }
        #expect(batches.rows == Int(next - expected))
    }

    @Test func `beyond the limit the oldest are given up and counted`() {
        let size = Self.batch(1, bytes: 10_000).byteCount
        var batches = UnsavedBatches(limit: 3 * size)
        for id in 1...3 as ClosedRange<Int64> { batches.append(Self.batch(id, bytes: 10_000)) }
        #expect(!batches.isOverLimit && batches.trim().isEmpty)
        for id in 4...5 as ClosedRange<Int64> { batches.append(Self.batch(id, bytes: 10_000)) }
        #expect(batches.isOverLimit)
        #expect(batches.trim() == UnsavedBatches.Lost(rows: 2, bytes: Int64(2 * size)))
        #expect(!batches.isOverLimit)
        #expect(Self.take(&batches) == 3)
    }

    @Test func `one that is larger than the limit is given up alone`() {
        var batches = UnsavedBatches(limit: 1000)
        batches.append(Self.batch(1, bytes: 10_000))
        #expect(batches.trim().rows == 1)
        #expect(batches.isEmpty && batches.trim().isEmpty)
        batches.removeFirst()
        #expect(batches.loseFirst().isEmpty)
    }

    @Test func `content counts as what a batch holds`() {
        #expect(Self.batch(1, bytes: 50_000).byteCount >= 50_000)
        #expect(Self.batch(1).rowCount == 1)
    }
}
