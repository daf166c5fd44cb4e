import Testing
import Traffic
import TrafficStore

@testable import InspectCommands

/// What is told of a recording while it is made, look by look.
struct LiveEntriesTests {
    private let folder: TemporaryFolder
    private var capture: SampleCapture
    private let follower: CaptureFollower
    private var printer = LivePrinter(style: .plain)
    private var lines: [String] = []

    init() throws {
        folder = try TemporaryFolder()
        capture = try SampleCapture(folder.file(), name: "live")
        follower = CaptureFollower(path: folder.file(), from: .time(0))
    }

    /// Commits what was fed and returns the lines that tell it, without the time.
    private mutating func told(everything: Bool = false) throws -> [String] {
        try capture.commit()
        return try look(everything: everything)
    }

    private mutating func look(everything: Bool = false, heartbeats: Bool? = nil) throws -> [String] {
        guard let rows = try follower.next() else { return [] }
        return printer.lines(LiveEntries.make(rows, everything: everything, heartbeats: heartbeats)).map { line in
            String(line.dropFirst("23:20:00.000 ".count)).split(separator: " ").joined(separator: " ")
        }
    }

    private static let hello = """
        {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
        "capabilities":{},"clientInfo":{"name":"tourist","version":"1.2"}}}
        """
    private static let welcome = """
        {"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-06-18","capabilities":{},\
        "serverInfo":{"name":"sights","version":"2.0"}}}
        """
    private static let fields = ["Mcp-Session-Id: s1"]

    private mutating func greet() throws {
        capture.open()
        let hello = capture.request("POST", body: Self.hello)
        capture.wait(ms: 12)
        capture.answer(hello, fields: Self.fields, body: Self.welcome)
    }

    @Test mutating func `heartbeats are told where they are asked for`() throws {
        try greet()
        let stream = capture.request("GET", fields: Self.fields, connection: 2)
        capture.begin(stream, connection: 2)
        _ = try told()
        capture.send(": ping\n\n", on: stream, connection: 2)
        #expect(try told().isEmpty)
        capture.send(": ping\n\n", on: stream, connection: 2)
        try capture.commit()
        #expect(try look(heartbeats: true) == [#"live/1 · heartbeat (comment " ping") on #2"#])
        #expect(try Filter("kind:heartbeat").asksForHeartbeats && !Filter("kind:event").asksForHeartbeats)
    }

    @Test mutating func `a session opens with its first answer`() throws {
        capture.open()
        let hello = capture.request("POST", body: Self.hello)
        lines = try told()
        #expect(
            lines == [
                "- ● recording 1 (live) of http://127.0.0.1:3000 began", "live/1 → request initialize id:0 154 B #1",
            ])
        capture.wait(ms: 12)
        capture.answer(hello, fields: Self.fields, body: Self.welcome)
        lines = try told()
        #expect(
            lines == [
                "live/1 □ session opened (streamable 2025-06-18) with sights 2.0",
                "live/1 ← response initialize id:0 12.0 ms 131 B #1",
            ])
        #expect(try told().isEmpty)
    }

    @Test mutating func `a call is told when it is sent and when it is answered, with the latency`() throws {
        try greet()
        _ = try told()
        let sent = capture.request(
            "POST", fields: Self.fields,
            body: #"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"dig","arguments":{}}}"#)
        lines = try told()
        #expect(lines == ["live/1 → request tools/call dig id:7 85 B #2"])
        capture.wait(ms: 1500)
        capture.begin(sent)
        #expect(try told().isEmpty)
        capture.send("data: {\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"isError\":true}}\n\n", on: sent)
        lines = try told()
        #expect(lines == ["live/1 ← response tools/call dig id:7 1.50 s 50 B #2 tool error"])
        capture.end(sent, by: .server, .complete)
        #expect(try told().isEmpty)
    }

    @Test mutating func `a call that ends without an answer says so when it does`() throws {
        try greet()
        let cut = capture.request(
            "POST", fields: Self.fields,
            body: #"{"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"dig","arguments":{}}}"#)
        capture.begin(cut)
        _ = try told()
        capture.wait(ms: 40)
        capture.end(cut, by: .server, .rst)
        lines = try told()
        #expect(
            lines == [
                "live/1 ┴ stream #2 POST /mcp closed by the server after 40.0 ms (connection reset)",
                "live/1 × tools/call dig id:8: never answered: the stream was cut",
            ])
    }

    @Test mutating func `a request that is refused at once is told with the refusal`() throws {
        try greet()
        _ = try told()
        let refused = capture.request(
            "POST", fields: Self.fields, body: #"{"jsonrpc":"2.0","id":5,"method":"tools/list"}"#)
        capture.wait(ms: 1)
        capture.answer(refused, "500 Internal Server Error", type: "text/plain", body: "out of order")
        lines = try told()
        #expect(
            lines == [
                "live/1 → request tools/list id:5 46 B #2 refused",
                "live/1 ← HTTP 500 Internal Server Error POST /mcp #2 out of order",
            ])
        let late = capture.request(
            "POST", fields: Self.fields, body: #"{"jsonrpc":"2.0","id":6,"method":"tools/list"}"#)
        _ = try told()
        capture.wait(ms: 1)
        capture.answer(late, "500 Internal Server Error", type: "text/plain")
        lines = try told()
        #expect(lines == ["live/1 ← HTTP 500 Internal Server Error POST /mcp #3"])
    }

    @Test mutating func `streams open and close, and heartbeats are told on demand`() throws {
        try greet()
        _ = try told()
        let stream = capture.request("GET", fields: Self.fields + ["Accept: text/event-stream"])
        capture.begin(stream)
        lines = try told()
        #expect(lines == ["live/1 ┬ stream #2 GET /mcp opened"])
        capture.send(": ping\n\n", on: stream)
        #expect(try told().isEmpty)
        capture.send(": ping\n\nretry: 3000\n\n", on: stream)
        lines = try told(everything: true)
        #expect(
            lines == [
                "live/1 · heartbeat (comment \" ping\") on #2", "live/1 ← retry reconnect after 3.00 s #2",
            ])
        capture.wait(ms: 2000)
        capture.end(stream, by: .client, .fin)
        lines = try told()
        #expect(lines == ["live/1 ┴ stream #2 GET /mcp closed by the client after 2.00 s (connection closed)"])
    }

    @Test mutating func `sessions and recordings end`() throws {
        try greet()
        _ = try told()
        let left = capture.request("DELETE", fields: Self.fields)
        capture.answer(left, type: nil)
        capture.close()
        lines = try told()
        #expect(lines == ["live/1 ■ session ended: ended by the client"])
        try capture.finish()
        lines = try look()
        #expect(lines == ["- ● recording 1 (live) ended"])
    }

    @Test mutating func `what belongs to another session or matches no filter is left out`() throws {
        try greet()
        try capture.commit()
        let rows = try #require(try follower.next())
        let entries = LiveEntries.make(rows, everything: false)
        #expect(entries.filter { $0.belongs(to: nil) }.count == 4)
        for argument in ["live", "live/1", String(1 << 32 | 1)] {
            #expect(entries.filter { $0.belongs(to: argument) }.count == 3, "\(argument)")
        }
        #expect(entries.filter { $0.belongs(to: "live/2") }.isEmpty)
        func count(_ filter: String) throws -> Int {
            let filter = try Filter(filter)
            return try entries.filter { try $0.matches(filter, in: follower) }.count
        }
        #expect(try count("") == 4)
        #expect(try count("method:initialize") == 2)
        #expect(try count("dir:server") == 1)
        #expect(try count("tool:x") == 0)
    }

    @Test(arguments: [
        "", "text:\"\\\"hi\\\"\"", "text:PING", "silence>14s", "silence<1s stream:any", "size=5", "size>100",
        "tool:echo",
        "status:error", "kind:heartbeat", "kind:exchange", "!kind:message", "text:\"out of order\"", "size=12",
        "status:5xx",
        "kind:end | kind:gap", "session:tourist dir:server", "dialect:streamable !tool:*", "latency>10ms",
    ])
    func `a filter selects of what is followed what it selects of what is stored`(text: String) throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file())
        let filter = try Filter(text)
        let follower = CaptureFollower(path: folder.file(), from: .time(0))
        let rows = try #require(try follower.next())
        let live = try LiveEntries.make(rows, everything: true).filter { try $0.matches(filter, in: follower) }
        let followed = live.compactMap { if case .told(let entry) = $0.what { Self.name(entry) } else { nil } }
        let reader = try CaptureReader(path: folder.file())
        let session = try #require(try reader.sessions().first)
        let stored = try Timeline(reader, session: session, filter: filter, everything: true).all().map(Self.name)
        #expect(followed.sorted() == stored.sorted())
        #expect(!stored.isEmpty)
    }

    private static func name(_ entry: TimelineEntry) -> String {
        "\(entry.atNs) \(entry.exchange ?? 0) \("\(entry.what)".prefix { $0 != "(" })"
    }
}
