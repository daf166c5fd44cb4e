import Forwarding
import NIOCore
import TestSupport
import Traffic
import TrafficStore

@testable import Recording

extension Plan {
    /// Records a plan as a recorder would: connections interleaved and some of them cut off, gaps, commits in between.
    static func record(seed: Int, to path: String) throws {
        var random = SeededGenerator(seed)
        let plan = Plan(seed: 1000 + seed, connections: 12)
        let clock = RecordingClock()
        let start = RecordingStart(
            name: random.chance(2) ? "named" : nil, source: .proxy, command: "record", toolVersion: "0",
            foldVersion: Fold.version, startedNs: clock.now)
        let writer = try CaptureWriter(path: path, recording: start)
        let redactors = [
            nil, Redactor(key: Array(0..<32)), Redactor(key: Array(0..<32), extraHeaders: ["mcp-session-id"]),
        ]
        var recorder = TrafficRecorder(recordingID: 1, name: start.name, redactor: redactors[random.below(3)])
        var decoding = TapDecoding()
        for item in plan.items(using: &random) {
            decoding.feed(item, at: clock.now, to: &recorder)
            if random.chance(40) {
                recorder.feed(
                    .gap(bytes: 3, reason: "cut"), connection: item.connection, exchange: item.exchange, at: clock.now,
                    bytes: RawSpan())
            }
            if random.chance(10) { _ = try writer.commit(recorder.drain()) }
        }
        let end = clock.now
        recorder.finish(at: end)
        _ = try writer.commit(recorder.drain())
        try writer.close(endedNs: end)
    }

    /// What a tap would give of the plan, connections interleaved and some of them cut off.
    func items(using random: inout SeededGenerator) -> [TapItem] {
        var lists: [ArraySlice<TapItem>] = []
        for (index, exchanges) in connections.enumerated() {
            let number = UInt32(index * 2 + 1)
            var items: [TapItem] = [.opened(number)]
            for exchange in exchanges { items += exchange.items(number, using: &random) }
            if random.chance(5) { items.removeLast(random.below(items.count)) }
            lists.append(items[...])
        }
        var all: [TapItem] = []
        while let index = lists.indices.filter({ !lists[$0].isEmpty }).randomElement(using: &random) {
            all.append(lists[index].removeFirst())
        }
        return all
    }
}

extension PlannedExchange {
    fileprivate func items(_ connection: UInt32, using random: inout SeededGenerator) -> [TapItem] {
        let id = UInt32(number)
        func item(_ part: TapPart, _ bytes: [UInt8]) -> TapItem {
            TapItem(connection: connection, exchange: id, part: part, bytes: ByteBuffer(bytes: bytes))
        }
        var items = [item(.requestHead, requestHead)]
        items += requestBody.pieces(upTo: 300, using: &random).map { item(.requestBody, $0) }
        items += [item(.requestEnd, []), item(.responseHead, responseHead)]
        var rest = responseBody[...]
        for size in chunks ?? [rest.count] {
            if chunks != nil { items.append(item(.responseChunk(size: UInt64(size)), [])) }
            items += Array(rest.prefix(size)).pieces(upTo: 500, using: &random).map { item(.responseBody, $0) }
            rest = rest.dropFirst(size)
        }
        if leavesEarly {
            return items + [item(.exchangeEnded(by: .client, reason: random.chance(2) ? .rst : .fin), [])]
        }
        return items + [item(.responseEnd, []), item(.exchangeEnded(by: .server, reason: .complete), [])]
    }
}
