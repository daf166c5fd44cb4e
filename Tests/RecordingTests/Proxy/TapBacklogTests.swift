import Forwarding
import TestSupport
import Testing

@testable import Recording

/// The bound in bytes, and what is missing beyond it.
@Suite struct TapBacklogTests {
    private static let body = String(repeating: "b", count: 100)

    /// A backlog with connection 1 and its exchange 1 open, filled up by a body that pins more than the limit.
    private func full(isLossless: Bool = false) -> TapBacklog {
        var backlog = TapBacklog(limit: 10_000, isLossless: isLossless)
        backlog.add([.opened(1), .request(1, 1), .item(.responseHead, 1, 1, "HTTP/1.1 200 OK\r\n\r\n")], at: 1)
        backlog.add([.item(.responseBody, 1, 1, Self.body, pinned: 20_000)], at: 2)
        return backlog
    }

    private let begun = ["opened 1 0", "requestHead 1 1", "responseHead 1 1", "responseBody 1 1"]

    @Test func `items keep their order, with the time of their read cycle`() {
        var backlog = TapBacklog(limit: 1 << 20, isLossless: false)
        backlog.add([.opened(1), .request(1, 1)], at: 10)
        backlog.add([], at: 11)
        backlog.add([.ended(1, 1)], at: 12)
        let batch = backlog.take()
        #expect(batch.lines == ["opened 1 0", "requestHead 1 1", "exchangeEnded 1 1"])
        #expect(batch.runs.map(\.count) == [2, 1])
        #expect(batch.runs.map(\.at) == [10, 12])
        #expect(backlog.take().entries.isEmpty)
    }

    @Test func `memory that a slice keeps alive counts, and so does each item`() {
        var backlog = TapBacklog(limit: 1 << 20, isLossless: false)
        backlog.add(
            [.item(.responseBody, 1, 1, "x", pinned: 65_536), .item(.responseBody, 1, 1, "y", pinned: 0)], at: 1)
        #expect(backlog.batch.bytes == 65_536 + 2 * TapBacklog.itemCost)
    }

    @Test func `content beyond the limit is one gap where it would have stood, and the end is kept`() {
        var backlog = full()
        backlog.add([.item(.responseChunk(size: 7), 1, 1), .item(.responseBody, 1, 1, "1234567")], at: 3)
        backlog.add([.item(.responseBody, 1, 1, "890"), .ended(1, 1), .closed(1)], at: 4)
        #expect(backlog.take().lines == begun + ["gap 1 1: 10", "exchangeEnded 1 1", "closed 1 0"])
    }

    @Test func `after a gap nothing of the exchange stands in its batch, and all of it in the next`() {
        var backlog = full()
        backlog.add([.item(.responseBody, 1, 1, "12")], at: 3)
        #expect(backlog.take().lines == begun + ["gap 1 1: 2"])
        backlog.add([.item(.responseBody, 1, 1, "34")], at: 4)
        #expect(backlog.take().lines == ["responseBody 1 1"])
    }

    @Test func `an exchange that begins when it is full is lost whole, also when there is room again`() {
        var backlog = full()
        let head = TapItem.request(1, 2)
        backlog.add([head, .item(.requestBody, 1, 2, "12345")], at: 3)
        let count = (head.bytes?.readableBytes ?? 0) + 5
        #expect(backlog.take().lines == begun + ["gap 1 0: \(count)"])
        backlog.add([.item(.responseHead, 1, 2, "abc"), .item(.responseBody, 1, 2, "defg"), .ended(1, 2)], at: 4)
        backlog.add(TapItem.exchange(1, 3), at: 5)
        let lines = backlog.take().lines
        #expect(lines.first == "gap 1 0: 7")
        #expect(
            lines.dropFirst() == [
                "requestHead 1 3", "requestEnd 1 3", "responseHead 1 3", "responseEnd 1 3", "exchangeEnded 1 3",
            ])
    }

    @Test func `a connection that comes and goes when it is full leaves nothing but the count`() {
        var backlog = full()
        for connection in 2..<500 as Range<UInt32> {
            backlog.add([.opened(connection), .item(.requestHead, connection, connection, "123")], at: 3)
            backlog.add([.item(.upstreamOpened(number: 9000, client: "a", server: "b"), connection)], at: 3)
            backlog.add([.item(.responseBody, connection, connection, "45"), .ended(connection, connection)], at: 3)
            backlog.add([.item(.upstreamClosed(number: 9000, by: .client, reason: .fin), connection)], at: 3)
            backlog.add([.closed(connection)], at: 3)
        }
        #expect(backlog.take().lines == begun + ["gap 0 0: \(498 * 5)"])
    }

    @Test func `a connection that came when it was full is made known with its next exchange`() {
        var backlog = full()
        backlog.add([.opened(2), .item(.requestHead, 2, 2, "123")], at: 3)
        backlog.add([.item(.upstreamOpened(number: 9, client: "a", server: "b"), 2)], at: 3)
        _ = backlog.take()
        backlog.add([.item(.responseBody, 2, 2, "4567"), .ended(2, 2), .request(2, 3)], at: 4)
        #expect(backlog.take().lines == ["gap 0 0: 4", "opened 2 0", "upstreamOpened 2 0", "requestHead 2 3"])
        backlog.add([.closed(2)], at: 5)
        #expect(backlog.take().lines == ["closed 2 0"])
    }

    @Test func `memory that a dropped item counted is counted with what keeps it alive`() {
        var backlog = full()
        backlog.add(
            [.item(.responseBody, 1, 1, "lost", pinned: 65_536), .item(.responseEnd, 1, 1, "kept", pinned: 0)], at: 3)
        #expect(backlog.batch.bytes > 20_000 + 65_536)
    }

    @Test func `a full backlog grows with what is open, not with what passes`() {
        var backlog = full()
        backlog.add([.item(.responseBody, 1, 1, "x")], at: 3)
        let before = backlog.batch.bytes
        for _ in 0..<10_000 {
            backlog.add([.item(.responseChunk(size: 1), 1, 1), .item(.responseBody, 1, 1, "x")], at: 3)
            backlog.add([.item(.informational, 1, 1, "HTTP/1.1 100 Continue\r\n\r\n")], at: 3)
        }
        #expect(backlog.batch.bytes == before)
    }

    @Test func `a lossless one drops nothing`() {
        var backlog = full(isLossless: true)
        backlog.add([.request(1, 2), .item(.requestBody, 1, 2, "1")], at: 3)
        #expect(backlog.isOverLimit)
        #expect(backlog.take().lines == begun + ["requestHead 1 2", "requestBody 1 2"])
    }

    /// Whatever comes and whenever it is taken: each byte is in an item or counted in a gap.
    @Test(arguments: 0..<30) func `no byte is lost uncounted`(seed: Int) {
        var random = SeededGenerator(seed)
        var backlog = TapBacklog(limit: 3000, isLossless: false)
        var sent: Int64 = 0
        var found: Int64 = 0
        var time: Int64 = 0
        var lists = (1...6 as ClosedRange<UInt32>).map { connection in
            var items = [TapItem.opened(connection)]
            for exchange in 0..<10 as Range<UInt32> {
                items += TapItem.exchange(connection, connection * 100 + exchange)
                items.insert(
                    .item(.responseBody, connection, connection * 100 + exchange, Self.body), at: items.count - 2)
            }
            return (items + [.closed(connection)])[...]
        }
        while let index = lists.indices.filter({ !lists[$0].isEmpty }).randomElement(using: &random) {
            let items = Array(lists[index].prefix(1 + random.below(4)))
            lists[index] = lists[index].dropFirst(items.count)
            sent += items.reduce(0) { $0 + Int64($1.bytes?.readableBytes ?? 0) }
            time += 1
            backlog.add(items, at: time)
            if random.chance(12) { found += Self.bytes(backlog.take()) }
        }
        #expect(found + Self.bytes(backlog.take()) == sent)
    }

    private static func bytes(_ batch: TapQueue.Batch) -> Int64 {
        batch.entries.reduce(0) {
            switch $1 {
            case .item(let item): $0 + Int64(item.bytes?.readableBytes ?? 0)
            case .gap(_, _, let bytes): $0 + bytes
            }
        }
    }
}
