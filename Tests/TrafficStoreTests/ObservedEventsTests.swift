import Testing
import Traffic
import TrafficStore
import WireFormats

@Suite struct ObservedEventsTests {
    private let folder = TemporaryFolder()
    private let connection: Int64 = 1 << 32 | 1
    private let upstream: Int64 = 1 << 32 | 2
    private let post: Int64 = 1 << 32 | 1
    private let get: Int64 = 1 << 32 | 2

    /// A conversation with all that can be seen in one, in which times strictly increase between the moments stored.
    private func conversation() -> [TrafficEvent] {
        let fields = [HTTPField(name: "Content-Type", value: "application/json")]
        let block = ServerSentBlock(kind: .event, raw: Array("data: {}\n\n".utf8), data: Array("{}".utf8))
        let answer = Edit(place: .request, what: "host", from: "a", to: "b")
        func event(_ at: Int64, _ exchange: Int64, _ what: TrafficEvent.What) -> TrafficEvent {
            TrafficEvent(at: at, connection: connection, exchange: exchange, what)
        }
        return [
            event(10, 0, .opened(ConnectionOpening(leg: .client, client: "c:1", server: "s:2"))),
            TrafficEvent(
                at: 11, connection: upstream, .opened(ConnectionOpening(leg: .upstream, client: "s:3", server: "u:4"))),
            event(12, post, .requestHead(RequestHead(method: "POST", target: "/mcp?x", fields: fields))),
            event(12, post, .edited(answer)), event(12, post, .forwarded(over: upstream)),
            event(14, post, .requestBody(Array("{}".utf8))), event(14, post, .requestEnd(trailers: [])),
            event(15, post, .informational(ResponseHead(status: 103, fields: fields))),
            event(16, post, .responseHead(ResponseHead(status: 200, reason: "OK", fields: fields))),
            event(17, post, .chunk(offset: 0, size: 1)), event(18, post, .chunk(offset: 1, size: 2)),
            event(19, get, .requestHead(RequestHead(method: "GET", target: "/mcp", version: "1.0", fields: []))),
            event(20, get, .requestEnd(trailers: [])),
            event(
                21, get,
                .responseHead(
                    ResponseHead(status: 200, fields: [HTTPField(name: "content-type", value: "text/event-stream")]))),
            event(23, get, .block(StreamBlock(id: 1 << 32 | 9, seq: 0, firstByteAt: 22, block: block))),
            event(24, post, .responseBody([0xff, 0x00, 0x41])),
            event(24, post, .ended(by: .server, reason: .complete, trailers: fields)),
            event(25, get, .gap(bytes: 5, reason: "queue full")),
            event(26, get, .ended(by: .client, reason: .fin, trailers: [])),
            event(27, 0, .closed(by: .client, reason: .fin)),
        ]
    }

    private func ledger(_ events: [TrafficEvent]) -> RowBatch {
        var ledger = Ledger(recordingID: 1)
        for event in events { ledger.apply(event) }
        var batch = RowBatch()
        ledger.drain(into: &batch)
        return batch
    }

    private func events(after batch: RowBatch) throws -> [TrafficEvent] {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        _ = try writer.commit(batch)
        try writer.close(endedNs: 30)
        let walk = try CaptureReader(path: folder.file()).observedEvents(ofRecording: 1)
        var events: [TrafficEvent] = []
        while let event = try walk.next() { events.append(event) }
        return events
    }

    @Test func `stored rows turn back into the events that they were made of`() throws {
        let seen = conversation()
        let found = try events(after: ledger(seen))
        #expect(found.map { "\($0)" } == seen.map { "\($0)" })
    }

    @Test func `what is known of an exchange without an end comes last, without an end`() throws {
        let seen = conversation().filter { event in
            if case .requestEnd = event.what { return false }
            if case .ended = event.what { return false }
            return true
        }
        let found = try events(after: ledger(seen))
        let ofPost = found.filter { $0.exchange == post }.map { "\($0.what)".prefix(12) }
        #expect(ofPost.first == "requestHead(" && ofPost.suffix(2) == ["requestBody(", "responseBody"])
        #expect(!found.contains { if case .ended = $0.what { true } else { false } })
    }

    @Test func `encoded content comes as it was sent and as it was decoded`() throws {
        var batch = ledger(conversation())
        let index = try #require(batch.exchanges.firstIndex { $0.id == post })
        batch.exchanges[index].requestRaw = [1]
        batch.exchanges[index].responseRaw = [2]
        batch.exchanges[index].notes = [ContentNote(place: .response, coding: "gzip", why: .cut, offset: 1)]
        let whats = try events(after: batch).filter { $0.exchange == post }.map { "\($0.what)".prefix { $0 != "(" } }
        #expect(
            whats.filter { $0.hasPrefix("request") }
                == ["requestHead", "requestEncoded", "requestBody", "requestEnd"])
        #expect(whats.suffix(4) == ["responseEncoded", "responseBody", "noted", "ended"])
    }

    @Test(
        arguments: [([0x1f, 0x8b, 8], "responseEncoded"), (Array("{}".utf8), "responseBody")] as [([UInt8], String)])
    func `in a capture of format 1 the body of a coding is what was sent, and a masked one is text`(
        body: [UInt8], what: String
    ) throws {
        var batch = ledger(conversation())
        let index = try #require(batch.exchanges.firstIndex { $0.id == post })
        batch.exchanges[index].response?.fields.append(HTTPField(name: "Content-Encoding", value: "gzip"))
        batch.exchanges[index].responseBody = body
        let whats = try events(after: batch).map { "\($0.what)".prefix { $0 != "(" } }
        #expect(whats.contains(Substring(what)))
    }

    @Test func `more events than one page come in the order of their times`() throws {
        var rows = SampleRows(1)
        var batch = RowBatch()
        for index in 0..<2500 {
            batch.streamEvents.append(
                rows.event(": \(index)\n\n", kind: .comment, on: post, seq: Int64(index), at: Int64(3000 - index)))
        }
        let times = try events(after: batch).map(\.at)
        #expect(times.count == 2500 && times == times.sorted())
    }
}
