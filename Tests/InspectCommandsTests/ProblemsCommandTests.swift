import Foundation
import Testing
import Traffic
import TrafficStore

@Suite(.timeLimit(.minutes(2)))
struct ProblemsCommandTests {
    @Test func `problems end with exit code 1 and what is shown by the words beside them`() throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file())
        let environment = ["MCP_INSPECT_DB": folder.file()]
        let run = try InspectRun(["problems"], in: folder.path, environment: environment)
        #expect(run.status == 1)
        #expect(
            run.lines.dropLast().last?.hasPrefix(
                "3 problems in 1 session of the recording begun 2026-11-22 23:20:00 UTC: ") == true)
        #expect(run.lines.last == "in \(folder.file())")
        #expect(run.lines.first?.hasPrefix("error    show tourist/1 id:4") == true)
        let shown = try InspectRun(["show", "tourist/1", "id:4"], in: folder.path, environment: environment)
        #expect(shown.output.contains("tools/call sleep  id:4"))
    }

    @Test func `a capture named by a flag or as a file is named again in what to do`() throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file())
        for words in [["--db", folder.file()], [folder.file()]] {
            let run = try InspectRun(["problems"] + words, in: folder.path)
            #expect(run.lines.first?.hasPrefix("error    show \(folder.file())#tourist/1 id:4  ") == true)
        }
        #expect(try InspectRun(["show", "\(folder.file())#tourist/1", "id:4"], in: folder.path).status == 0)
    }

    @Test func `nothing wrong is a sentence and exit code 0`() throws {
        let folder = try TemporaryFolder()
        var capture = try SampleCapture(folder.file())
        capture.open()
        let hello = capture.request(
            "POST", body: #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"clientInfo":{"name":"calm"}}}"#)
        capture.answer(hello, body: #"{"jsonrpc":"2.0","id":0,"result":{}}"#)
        capture.close()
        try capture.finish()
        let run = try InspectRun(["problems", "calm/1", "--db", folder.file()], in: folder.path)
        #expect(run.output == "no problems in session calm/1\nin \(folder.file())\n")
        #expect(run.status == 0)
        let machine = try InspectRun(["problems", "--format", "json", "--db", folder.file()], in: folder.path)
        #expect(machine.output == "[\n]\n")
        #expect(machine.status == 0)
    }

    @Test func `without an argument the newest recording counts, unless replay or load made it`() throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file(), name: "old")
        try SampleCapture.tour(folder.file(), name: "new")
        var replay = try SampleCapture(folder.file(), name: "again", source: .replay)
        replay.tour()
        try replay.finish()
        let run = try InspectRun(["problems", "--format", "json", "--db", folder.file()], in: folder.path)
        let objects = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]])
        #expect(Set(objects.compactMap { $0["session"] as? String }) == ["new/1"])
    }

    @Test func `what belongs to no session is told with its whole recording`() throws {
        let folder = try TemporaryFolder()
        var capture = try SampleCapture(folder.file())
        capture.tour()
        capture.feed(.gap(bytes: 512, reason: "queue full"), connection: 0)
        try capture.finish()
        func gaps(_ words: String...) throws -> Int {
            try InspectRun(["problems"] + words + ["--format", "ndjson", "--db", folder.file()], in: folder.path).lines
                .count { $0.contains("\"kind\":\"gap\"") }
        }
        #expect(try gaps() == 1)
        #expect(try gaps("tourist/1") == 1)
        var more = try SampleCapture(folder.file(), name: "two")
        more.tour()
        more.tour(session: "s2")
        more.feed(.gap(bytes: 512, reason: "queue full"), connection: 0)
        try more.finish()
        #expect(try gaps("two/1") == 0)
        #expect(try gaps("two") == 1)
    }

    @Test func `a filter leaves the problems that it selects, and the exit code is about those`() throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file())
        func problems(_ words: String...) throws -> (status: Int32, kinds: [String]) {
            let run = try InspectRun(
                ["problems"] + words + ["--format", "ndjson", "--db", folder.file()], in: folder.path)
            let kinds = run.lines.compactMap { $0.firstMatch(of: #/"kind":"([a-z-]+)"/#)?.output.1 }
            return (run.status, kinds.map { String($0) })
        }
        #expect(try problems() == (1, ["call-unanswered", "http-error", "tool-error"]))
        #expect(try problems("kind:tool-error") == (1, ["tool-error"]))
        #expect(try problems("!kind:tool-error", "tool:*") == (1, ["call-unanswered"]))
        #expect(try problems("tourist/1", "status:500") == (1, ["http-error"]))
        #expect(try problems("text:POST", "session:tourist") == (1, ["http-error"]))
        #expect(try problems("tool:echo") == (0, []))
        #expect(try problems("tool:").status == 2)
    }

    @Test func `what errors and failed tools say stands in the line, escaped`() throws {
        let folder = try TemporaryFolder()
        var capture = try SampleCapture(folder.file())
        capture.open()
        func ask(_ id: Int, _ answer: String) {
            let sent = capture.request(
                "POST", fields: ["Mcp-Session-Id: s1"],
                body: #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"t"}}"#)
            capture.answer(sent, body: #"{"jsonrpc":"2.0","id":\#(id),\#(answer)}"#)
        }
        let hello = capture.request("POST", body: #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{}}"#)
        capture.answer(hello, fields: ["Mcp-Session-Id: s1"], body: #"{"jsonrpc":"2.0","id":0,"result":{}}"#)
        ask(1, #""error":{"code":-32602,"message":"Unknown\u001b[31m tool"}"#)
        ask(2, #""result":{"isError":true,"content":[{"type":"image"},{"type":"text","text":"no\nluck"}]}"#)
        ask(3, #""result":{"isError":true,"content":"odd","structuredContent":{"why":7}}"#)
        try capture.finish()
        let run = try InspectRun(["problems", "!kind:session-not-ended", "--db", folder.file()], in: folder.path)
        #expect(run.output.contains(#"error -32602 "Unknown\u{1b}[31m tool": its parameters"#), "\(run.output)")
        #expect(run.output.contains(#"(id 2) says that it failed: "no luck""#), "\(run.output)")
        #expect(run.output.contains(#"(id 3) says that it failed: "{"why":7}""#), "\(run.output)")
    }

    @Test func `an interrupted recording is a problem, and so is a handshake that failed, without any session`() throws
    {
        let folder = try TemporaryFolder()
        let gone = ProcessIdentity(pid: 999_999_999, started: 1, bootID: "gone")
        var capture = try SampleCapture(folder.file(), name: "night", process: gone)
        for connection in 1...3 as ClosedRange<UInt32> {
            let tls = TLSFacts(failure: "the client does not trust the certificate", serverName: nil)
            let client = "127.0.0.1:\(50000 + connection)"
            capture.feed(.opened(client: client, server: "127.0.0.1:6480", tls: tls), connection: connection)
        }
        try capture.commit()
        for words in [["--db", folder.file()], [folder.file()], ["night", "--db", folder.file()]] {
            let run = try InspectRun(["problems"] + words, in: folder.path)
            #expect(run.status == 1)
            #expect(run.lines.count == 4, "\(run.output)")
            #expect(run.lines[0].contains("the TLS handshake of a client on 127.0.0.1 failed: the client does not"))
            #expect(run.lines[0].hasSuffix("[3 times since 2026-11-22 23:20:00 UTC]"))
            let look = "sql --db \(folder.file()) \"SELECT * FROM recordings WHERE interrupted\""
            #expect(run.lines[1].hasPrefix("warning  \(look)  the recording"), "\(run.output)")
            #expect(
                run.lines[2].hasPrefix(
                    "4 problems in 0 sessions of the recording begun 2026-11-22 23:20:00 UTC, which was"))
        }
    }

    @Test func `nothing recorded is no clean bill`() throws {
        let folder = try TemporaryFolder()
        let run = try InspectRun(["problems"], in: folder.path)
        #expect(run.status == 2)
        #expect(run.error.hasPrefix("mcp-inspect: there is no capture at "))
    }
}
