import Testing
import Traffic
import WireFormats

struct ExchangeDecoderTests {
    private func events(_ steps: [Step]) -> [TrafficEvent] {
        var decoder = ExchangeDecoder(recordingID: 7)
        var events: [TrafficEvent] = []
        for step in steps {
            decoder.feed(
                step.part, connection: step.connection, exchange: step.exchange, at: step.at,
                bytes: step.bytes.span.bytes, into: &events)
        }
        return events
    }

    private func blocks(_ pieces: [String]) -> [String] {
        var play = Play()
        let stream = play.get(1, "/")
        play.stream(stream)
        for piece in pieces { play.body(stream, piece) }
        play.end(stream)
        return events(play.steps).compactMap { event in
            if case .block(let placed) = event.what { String(decoding: placed.block.raw, as: UTF8.self) } else { nil }
        }
    }

    @Test func `Times strictly increase, also where the source's stand still or go back`() {
        var play = Play()
        play.begin(1, session: "abc")
        var steps = play.steps
        for index in steps.indices { steps[index].at = index % 3 == 0 ? 5 : 5 - Int64(index) }
        let times = events(steps).map(\.at)
        #expect(times.count > 10)
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func `Blocks on both sides of a gap in a stream are partial, those behind it are whole`() {
        var play = Play()
        let stream = play.get(1, "/")
        play.stream(stream)
        play.body(stream, "data: one\n\ndata: tw")
        play.gap(7, connection: 1, exchange: stream)
        play.body(stream, "ee\n\ndata: four\n\n")
        play.end(stream)
        let found = events(play.steps).compactMap { event -> String? in
            guard case .block(let placed) = event.what else { return nil }
            return
                "\(placed.seq) \(placed.block.kind) \(String(decoding: placed.block.raw, as: UTF8.self).debugDescription)"
        }
        #expect(
            found == [
                #"0 event "data: one\n\n""#, #"1 partial "data: tw""#, #"2 partial "ee\n\n""#,
                #"3 event "data: four\n\n""#,
            ])
    }

    @Test func `Row ids are the recording's number above the source's`() {
        var play = Play()
        _ = play.get(3, "/")
        let head = events(play.steps)[1]
        #expect(head.connection == 7 << 32 | 3 && head.exchange == 7 << 32 | 1)
    }

    @Test func `An exchange knows the upstream connection of its own`() {
        var play = Play()
        play.open(1)
        let opening = Step(
            part: .upstreamOpened(number: 9, client: "a:1", server: "b:2"), connection: 1, exchange: 0, at: play.now)
        var later = Play(firstExchange: 1)
        _ = later.get(1, "/")
        let rows = Rows(play.steps + [opening] + later.steps.dropFirst(), finishes: false)
        let upstream: Int64 = 7 << 32 | 9
        #expect(rows.exchange(1)?.upstreamConnectionID == upstream)
        #expect(rows.connections[upstream]?.leg == .upstream)
    }

    @Test(arguments: ["\r\n", "\n"])
    func `Blocks do not depend on how the stream is split`(lineEnd: String) {
        let text = ["data: a", "", ": c", "", "", "event: x", "data: b", "", "data: cut"].joined(separator: lineEnd)
        let whole = blocks([text])
        #expect(whole.joined() == text && whole.count == 5)
        let bytes = Array(text.unicodeScalars).map { String($0) }
        #expect(blocks(bytes) == whole)
        for cut in 1..<bytes.count {
            #expect(blocks([bytes[..<cut].joined(), bytes[cut...].joined()]) == whole)
        }
    }

    @Test func `A stream of bare CR is given on at once, and a last CR is not lost`() {
        var play = Play()
        let stream = play.get(1, "/")
        play.stream(stream)
        play.body(stream, "data: a\rdata: b\r\r")
        let open = events(play.steps)
        #expect(open.contains { if case .block = $0.what { true } else { false } })
        #expect(blocks(["data: a\r", "\r"]).joined() == "data: a\r\r")
        #expect(blocks(["data: a\r"]) == ["data: a\r"])
    }

    @Test func `A stream in a content coding that nothing reads is content, not blocks`() {
        var play = Play()
        let stream = play.get(1, "/")
        play.stream(stream, [("Content-Encoding", "gzip")])
        play.body(stream, "xyz\n\n")
        play.end(stream)
        let rows = Rows(play)
        #expect(rows.streamEvents.isEmpty && rows.exchange(1)?.responseBody == nil)
        #expect(rows.exchange(1)?.responseRaw == Array("xyz\n\n".utf8))
        #expect(rows.exchange(1)?.notes.map(\.why) == [.unread])
    }

    @Test func `Trailers of either side and interim responses are kept`() {
        var play = Play()
        let exchange = play.request(1, "POST", "/", [], body: "x")
        play.add(.informational, of: exchange, Array("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".utf8))
        play.respond(exchange, 200)
        play.add(.responseEnd, of: exchange, Array("Grpc-Status: 0\r\n".utf8))
        play.add(.ended(by: .server, reason: .complete), of: exchange)
        let row = Rows(play).exchange(1)
        #expect(row?.informational.map(\.head.status) == [103])
        #expect(row?.trailers == [HTTPField(name: "Grpc-Status", value: "0")])
        #expect(row?.response?.status == 200)
    }
}
