import Traffic
import TrafficStore

/// Makes a capture the way a recorder does: HTTP parts in, rows written.
struct SampleCapture {
    /// 2026-11-22T23:20:00.000Z
    static let start: Int64 = 1_795_389_600_000_000_000

    private let writer: CaptureWriter
    private var recorder: TrafficRecorder
    private(set) var nowMs: Int64 = 0
    private var exchange: UInt32 = 0

    /// `process`: who records; one that is gone makes the recording interrupted.
    init(
        _ path: String, name: String? = nil, source: RecordingRow.Source = .proxy, process: ProcessIdentity = .current
    ) throws {
        writer = try CaptureWriter(
            path: path,
            recording: RecordingStart(
                name: name, source: source, target: "http://127.0.0.1:3000", command: "mcp-inspect record",
                toolVersion: "0.1.0", foldVersion: Fold.version, startedNs: Self.start),
            process: process)
        recorder = TrafficRecorder(recordingID: writer.recordingID, name: name, redactor: nil)
    }

    mutating func wait(ms: Int64) { nowMs += ms }

    mutating func feed(_ part: WirePart, _ text: String = "", connection: UInt32 = 1, exchange: UInt32 = 0) {
        recorder.feed(
            part, connection: connection, exchange: exchange, at: Self.start + nowMs * 1_000_000,
            bytes: Array(text.utf8).span.bytes)
    }

    mutating func open(_ connection: UInt32 = 1) {
        feed(.opened(client: "127.0.0.1:\(50000 + connection)", server: "127.0.0.1:6480"), connection: connection)
    }

    mutating func close(_ connection: UInt32 = 1, by peer: Peer = .client) {
        feed(.closed(by: peer, reason: .fin), connection: connection)
    }

    /// The request; returns the number of its exchange.
    mutating func request(
        _ method: String, _ target: String = "/mcp", fields: [String] = [], body: String? = nil, connection: UInt32 = 1
    ) -> UInt32 {
        exchange += 1
        var lines = ["\(method) \(target) HTTP/1.1", "Host: localhost:6480"] + fields
        if let body { lines += ["Content-Type: application/json", "Content-Length: \(body.utf8.count)"] }
        feed(.requestHead, lines.joined(separator: "\r\n") + "\r\n\r\n", connection: connection, exchange: exchange)
        if let body { feed(.requestBody, body, connection: connection, exchange: exchange) }
        feed(.requestEnd, connection: connection, exchange: exchange)
        return exchange
    }

    /// The whole response of an exchange.
    mutating func answer(
        _ exchange: UInt32, _ status: String = "200 OK", type: String? = "application/json", fields: [String] = [],
        body: String = "", connection: UInt32 = 1
    ) {
        begin(exchange, status, type: type, fields: fields, connection: connection)
        if !body.isEmpty { feed(.responseBody, body, connection: connection, exchange: exchange) }
        feed(.responseEnd, connection: connection, exchange: exchange)
        end(exchange, by: .server, .complete, connection: connection)
    }

    mutating func begin(
        _ exchange: UInt32, _ status: String = "200 OK", type: String? = "text/event-stream", fields: [String] = [],
        connection: UInt32 = 1
    ) {
        let lines = ["HTTP/1.1 \(status)"] + (type.map { ["Content-Type: \($0)"] } ?? []) + fields
        feed(.responseHead, lines.joined(separator: "\r\n") + "\r\n\r\n", connection: connection, exchange: exchange)
    }

    mutating func send(_ text: String, on exchange: UInt32, connection: UInt32 = 1) {
        feed(.responseBody, text, connection: connection, exchange: exchange)
    }

    mutating func end(_ exchange: UInt32, by peer: Peer, _ reason: EndReason, connection: UInt32 = 1) {
        feed(.ended(by: peer, reason: reason), connection: connection, exchange: exchange)
    }

    /// Writes what was fed so far, as a recorder does while it runs.
    mutating func commit() throws { _ = try writer.commit(recorder.drain()) }

    /// Ends the recording in order.
    mutating func finish() throws {
        recorder.finish(at: Self.start + nowMs * 1_000_000)
        try commit()
        try writer.close(endedNs: Self.start + nowMs * 1_000_000)
    }
}

extension SampleCapture {
    /// A streamable session: it begins, calls a tool that works and one that fails, hears heartbeats, loses an answer
    /// to a cut stream, and is refused once.
    static func tour(_ path: String, name: String? = nil) throws {
        var capture = try SampleCapture(path, name: name)
        capture.tour()
        try capture.finish()
    }

    mutating func tour(session id: String = "s1") {
        let session = "Mcp-Session-Id: \(id)"
        open()
        greet(session)
        let stream = request("GET", fields: [session, "Accept: text/event-stream"], connection: 2)
        wait(ms: 5)
        begin(stream, connection: 2)
        call(2, "echo", session, "{\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}", ms: 25)
        for _ in 0..<4 {
            wait(ms: 15_000)
            send(": ping\n\n", on: stream, connection: 2)
        }
        call(3, "fail", session, "{\"content\":[],\"isError\":true}", ms: 7)
        let cut = request(
            "POST", fields: [session],
            body: #"{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"sleep","arguments":{}}}"#)
        wait(ms: 3)
        begin(cut)
        send("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}}\n\n", on: cut)
        wait(ms: 40)
        end(cut, by: .server, .rst)
        let refused = request("POST", fields: [session], body: #"{"jsonrpc":"2.0","id":5,"method":"ping"}"#)
        wait(ms: 2)
        answer(refused, "500 Internal Server Error", type: "text/plain", body: "out of order")
        let left = request("DELETE", fields: [session])
        wait(ms: 2)
        answer(left, type: nil)
        end(stream, by: .client, .fin, connection: 2)
        close(2)
        close()
    }

    private mutating func greet(_ session: String) {
        let hello = request(
            "POST",
            body: """
                {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
                "capabilities":{},"clientInfo":{"name":"tourist","version":"1.2"}}}
                """)
        wait(ms: 12)
        answer(
            hello, fields: [session],
            body: """
                {"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-06-18","capabilities":{},\
                "serverInfo":{"name":"sights","version":"2.0"}}}
                """)
        wait(ms: 1)
        let ready = request("POST", fields: [session], body: #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#)
        wait(ms: 1)
        answer(ready, "202 Accepted", type: nil)
        open(2)
    }

    private mutating func call(_ id: Int, _ tool: String, _ session: String, _ result: String, ms: Int64) {
        let sent = request(
            "POST", fields: [session],
            body: #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"\#(tool)","arguments":{}}}"#)
        wait(ms: ms)
        begin(sent)
        send("event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":\(id),\"result\":\(result)}\n\n", on: sent)
        feed(.responseEnd, exchange: sent)
        end(sent, by: .server, .complete)
    }
}
