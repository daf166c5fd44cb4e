import Testing

/// What `show` says of conversations without sessions. (MCP 2026-07-28)
@Suite(.timeLimit(.minutes(2)))
struct ShowModernTests {
    private static let version = #""io.modelcontextprotocol/protocolVersion":"2026-07-28""#
    private static let client = #""io.modelcontextprotocol/clientInfo":{"name":"tourist","version":"2"}"#

    private static func request(_ id: String, _ method: String, _ more: String) -> String {
        #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":{"_meta":{\#(version),\#(client)},\#(more)}}"#
    }

    private static func result(_ id: String, _ members: String) -> String {
        #"{"jsonrpc":"2.0","id":\#(id),"result":{\#(members)}}"#
    }

    /// A call of two rounds, a subscription that the client ends, and a call that became a task.
    private static func record(_ path: String) throws {
        var capture = try SampleCapture(path)
        capture.open()
        let tool = #""name":"deploy","arguments":{}"#
        let first = capture.request("POST", body: request("1", "tools/call", tool))
        capture.wait(ms: 5)
        capture.answer(
            first,
            body: result(
                "1",
                #""resultType":"input_required","requestState":"s","inputRequests":{"sure":{"method":"elicitation/create"}}"#
            ))
        let answers = #","requestState":"s","inputResponses":{"sure":{}}"#
        let second = capture.request("POST", body: request("2", "tools/call", tool + answers))
        capture.wait(ms: 5)
        capture.answer(second, body: result("2", #""resultType":"complete""#))
        let listening = capture.request("POST", body: request("3", "subscriptions/listen", #""notifications":{}"#))
        capture.begin(listening)
        capture.send(
            #"data: {"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{"_meta":{"io.modelcontextprotocol/subscriptionId":3}}}"#
                + "\n\n", on: listening)
        capture.wait(ms: 100)
        capture.end(listening, by: .client, .fin)
        let slow = capture.request("POST", body: request("4", "tools/call", #""name":"slow","arguments":{}"#))
        capture.answer(slow, body: result("4", #""resultType":"task","taskId":"t-1""#))
        capture.close()
        try capture.finish()
    }

    @Test func `rounds, subscriptions and tasks are told in words`() throws {
        let folder = try TemporaryFolder()
        try Self.record(folder.file())
        let run = try InspectRun(["show", "--db", folder.file()], in: folder.path)
        let lines = run.lines.map { $0.split(separator: " ").joined(separator: " ") }
        #expect(lines.first?.hasPrefix("tourist/1 stateless 2026-07-28 tourist 2 → -") == true)
        func line(_ parts: String...) -> Bool { lines.contains { line in parts.allSatisfy { line.contains($0) } } }
        #expect(line("→ request tools/call deploy id:1", "#1 round 1"))
        #expect(line("← response tools/call deploy id:1", #"round 1, asks for input: elicitation/create "sure""#))
        #expect(line("→ request tools/call deploy id:2", "#2 round 2"))
        #expect(line("← response tools/call deploy id:2 10.0 ms", "#2 round 2"))
        #expect(line("→ request subscriptions/listen id:3", "listened until it was closed"))
        #expect(line("← notification notifications/subscriptions/acknowledged", "for subscription 3"))
        #expect(line("┬ stream #3 POST /mcp opened"))
        #expect(line("← response tools/call slow id:4", "became task t-1"))
        #expect(run.status == 0)
    }

    @Test func `a status that says no more than the error beside it has no line of its own`() throws {
        let folder = try TemporaryFolder()
        var capture = try SampleCapture(folder.file())
        capture.open()
        for (id, status, code) in [
            ("1", "404 Not Found", -32601), ("2", "400 Bad Request", -32602), ("3", "404 Not Found", -32602),
        ] {
            let asked = capture.request("POST", body: Self.request(id, "tools/call", #""name":"x""#))
            let error = #"{"jsonrpc":"2.0","id":\#(id),"error":{"code":\#(code),"message":"no"}}"#
            capture.answer(asked, status, body: error)
        }
        capture.close()
        try capture.finish()
        let run = try InspectRun(["show", "--db", folder.file()], in: folder.path)
        let told = run.lines.filter { $0.contains("HTTP 4") }
        #expect(told.count == 1 && told[0].contains("HTTP 404 Not Found  POST /mcp #3"), "\(run.output)")
    }

    @Test func `nothing of it is a problem, and deriving it again changes nothing`() throws {
        let folder = try TemporaryFolder()
        try Self.record(folder.file())
        let before = try InspectRun(["show", "--format", "ndjson", "--db", folder.file()], in: folder.path).output
        #expect(try InspectRun(["problems", "--db", folder.file()], in: folder.path).status == 0)
        #expect(try InspectRun(["reindex", "--db", folder.file()], in: folder.path).status == 0)
        #expect(
            try InspectRun(["show", "--format", "ndjson", "--db", folder.file()], in: folder.path).output == before)
        #expect(before.contains(#""task_id":"t-1""#))
    }
}
