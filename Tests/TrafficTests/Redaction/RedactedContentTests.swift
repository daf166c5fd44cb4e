import TestSupport
import Testing
import Traffic
import WireFormats

/// Messages as they come, in pieces, torn and cut: whatever is taken at any time holds no secret.
struct RedactedContentTests {
    private static let secret = "s3cr3tValue"
    private static let redactor = Redactor(key: Array(0..<32))
    private static let mask: String = {
        var play = Play()
        let exchange = play.request(1, "POST", "/", [], body: #"{"secret":"\#(secret)"}"#)
        play.answer(exchange, 200)
        let body = Rows(play, redactor: redactor).exchange(1)?.requestBody ?? []
        return String(decoding: body.dropFirst(11).dropLast(2), as: UTF8.self)
    }()

    /// Everything that a recorder hands over, taken after each step.
    private func rows(_ play: Play) -> Rows {
        let rows = Rows(play.steps, redactor: Self.redactor, drainAfter: { _ in true })
        var recorder = TrafficRecorder(recordingID: 7, name: nil, redactor: Self.redactor)
        for step in play.steps {
            recorder.feed(
                step.part, connection: step.connection, exchange: step.exchange, at: step.at,
                bytes: step.bytes.span.bytes)
            let batch = recorder.drain()
            let all =
                batch.exchanges.flatMap { [$0.requestBody, $0.responseBody, $0.requestRaw, $0.responseRaw] }
                + batch.streamEvents.flatMap { [$0.block.block.raw, $0.block.block.data, $0.block.block.comment] }
            let text = "\(batch)" + all.map { String(decoding: $0 ?? [], as: UTF8.self) }.joined(separator: " ")
            #expect(!text.contains(Self.secret))
        }
        return rows
    }

    private func body(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

    @Test(arguments: 0..<30)
    func `bodies in any pieces are masked before any of them is taken`(seed: Int) throws {
        var random = SeededGenerator(seed)
        let text = RPC.request(
            "1", "tools/call", #"{"name":"login","arguments":{"user":"ü","pass\u0077ord":"\#(Self.secret)","n":1}}"#)
        let answer =
            #"{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"{\"api_key\":\"\#(Self.secret)\"}"}]}}"#
        var play = Play()
        play.begin(1, session: "abc")
        let call = play.post(1, "/mcp", text, session: "abc")
        play.respond(call, 200, [("Content-Type", "application/json")])
        for piece in Array(answer.utf8).pieces(upTo: seed % 2 == 0 ? 3 : 60, using: &random) {
            play.add(.responseBody, of: call, piece)
        }
        play.end(call)
        let found = rows(play)
        let row = try #require(found.exchange(3))
        #expect(body(row.requestBody) == text.replacing(Self.secret, with: Self.mask))
        #expect(body(row.responseBody) == answer.replacing(Self.secret, with: Self.mask))
        #expect(row.redacted == 2 && found.messages.suffix(2).map(\.redacted) == [1, 1])
        #expect(
            found.messages.suffix(2).map(\.bytes) == [row.requestBody, row.responseBody].map { Int64($0?.count ?? 0) })
        #expect(found.calls.values.contains { $0.method == "tools/call" && $0.status == .ok })
    }

    @Test(arguments: 0..<20)
    func `blocks in any split are masked in all that is kept of them`(seed: Int) throws {
        var random = SeededGenerator(seed)
        let note = #"{"jsonrpc":"2.0","method":"notifications/message","params":{"data":{"secret":"$"}}}"#
        let blocks = [
            "event: message\r\nid: 1\r\ndata: \(note)\r\n\r\n",
            "data:{\"jsonrpc\":\"2.0\",\ndata:\"secret\":\n: c\ndata: \"$\"}\n\n",
            ": {\"password\":\"$\"}\n\n", "data: plain\n\n", "retry: 5\n:x\ndata: {\"api_key\":\"$\"}\n\n",
        ]
        var play = Play()
        let stream = play.get(1, "/mcp", session: "abc")
        play.stream(stream)
        let bytes = Array(blocks.joined().replacing("$", with: Self.secret).utf8)
        for piece in bytes.pieces(upTo: seed % 2 == 0 ? 2 : 40, using: &random) {
            play.add(.responseBody, of: stream, piece)
        }
        play.end(stream)
        let found = rows(play)
        #expect(
            found.streamEvents.map { body($0.block.block.raw) } == blocks.map { $0.replacing("$", with: Self.mask) })
        #expect(found.streamEvents.map { body($0.block.block.data) }[0] == note.replacing("$", with: Self.mask))
        #expect(found.exchange(1)?.redacted == 4)
        #expect(found.messages.map(\.redacted) == [1, 1, 0, 1])
    }

    @Test func `a field that readers do not know is left out where it names a secret`() {
        var play = Play()
        let stream = play.get(1, "/mcp", session: "abc")
        play.stream(stream)
        play.body(stream, "x: {\"secret\":\"\(Self.secret)\"}\ndata: a\ndata: b\nid: 7\n\nx: 1\ndata: c\n\n")
        play.end(stream)
        #expect(
            rows(play).streamEvents.map { body($0.block.block.raw) } == [
                "id: 7\ndata: a\ndata: b\n\n", "x: 1\ndata: c\n\n",
            ])
    }

    @Test func `what was cut is masked as a whole, and so is what a gap tore`() {
        var play = Play()
        let stream = play.get(1, "/mcp", session: "abc")
        play.stream(stream)
        play.body(stream, "data: {\"secr")
        play.gap(4, connection: 1, exchange: stream)
        play.body(stream, "\"\(Self.secret)\"}\n\ndata: {\"n\":1}\n\ndata: {\"secret\":\"\(Self.secret)")
        play.end(stream, by: .client, .rst)
        let kinds = rows(play).streamEvents.map { ($0.block.block.kind, body($0.block.block.raw) ?? "") }
        #expect(kinds.map(\.0) == [.partial, .partial, .event, .partial])
        #expect(kinds[2].1 == "data: {\"n\":1}\n\n")
        #expect(kinds[1].1.contains("hmac:") && kinds[3].1.contains("hmac:"))
    }

    @Test func `bodies that were cut or have a gap are masked from where a secret may stand`() throws {
        var play = Play()
        let cut = play.request(1, "POST", "/a", [], body: #"{"n":1,"secret":"\#(Self.secret)"#)
        play.end(cut, by: .client, .rst)
        let torn = play.get(1, "/b")
        play.respond(torn, 200, [("Content-Type", "application/json")])
        play.body(torn, #"{"jsonrpc":"2.0","sec"#)
        play.gap(5, connection: 1, exchange: torn)
        play.body(torn, #"t":"\#(Self.secret)"}"#)
        play.end(torn)
        let found = rows(play)
        #expect(body(found.exchange(1)?.requestBody)?.hasPrefix("hmac:") == true)
        #expect(body(found.exchange(2)?.responseBody)?.hasPrefix(#"{"jsonrpc":"2.0","sechmac:"#) == true)
    }

    @Test(arguments: [1, 255, 1000, 70_000])
    func `a name is known by its closing quote, however far behind it comes`(backslashes: Int) throws {
        var play = Play()
        let exchange = play.get(1, "/a")
        play.respond(exchange, 200, [("Content-Type", "text/plain")])
        let quote = String(repeating: "\\", count: backslashes) + "\""
        let text = "some text before it: \"secret\(quote): [1, \(quote)\(Self.secret)\(quote)]"
        for start in stride(from: 0, to: text.utf8.count, by: 600) {
            play.body(exchange, String(text.dropFirst(start).prefix(600)))
        }
        play.end(exchange)
        let found = try #require(body(rows(play).exchange(1)?.responseBody))
        #expect(!found.contains(Self.secret) && found.contains("hmac:") && found.hasPrefix("some text before it"))
    }

    @Test func `each element of a batch counts its own`() throws {
        let batch = """
            [\(RPC.request("1", "a", #"{"secret":"\#(Self.secret)","b":{"password":"x"}}"#)),\(RPC.request("2", "b"))]
            """
        var play = Play()
        play.begin(1, session: "abc")
        play.accept(play.post(1, "/mcp", batch, session: "abc"))
        let found = rows(play)
        #expect(found.messages.suffix(2).map(\.redacted) == [2, 0])
        guard case .element(let text)? = found.messages.dropLast().last?.body else {
            Issue.record("no element")
            return
        }
        #expect(body(text)?.contains(Self.mask) == true)
    }

    @Test func `equal messages are still told to be equal`() {
        var play = Play()
        play.begin(1, session: "abc")
        for _ in 0..<2 {
            let stream = play.get(1, "/mcp", session: "abc", lastEventID: "1")
            play.stream(stream)
            play.event(stream, RPC.request("9", "ping", #"{"secret":"\#(Self.secret)"}"#))
            play.end(stream, by: .client, .fin)
        }
        let found = rows(play)
        #expect(found.messages.last?.duplicateOf != nil)
        #expect(found.refolded(endNs: Rows.endNs(play.steps)).derived.uncounted == found.derived.uncounted)
    }
}
