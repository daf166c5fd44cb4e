import Foundation
import Testing
import TrafficStore

@Suite(.timeLimit(.minutes(2)))
struct ShowCommandTests {
    @Test func `a session is shown in order`() throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file())
        let run = try InspectRun(["show", "--db", folder.file()], in: folder.path)
        #expect(
            run.output == """
                tourist/1  streamable 2025-06-18  tourist 1.2 → sights 2.0  from 2026-11-22 23:20:00 UTC
                   +0.000 → request       initialize                 id:0           154 B  #1
                   +0.012 ← response      initialize                 id:0  12.0 ms  131 B  #1
                   +0.013 → notification  notifications/initialized                  54 B  #2
                   +0.019 ┬ stream #3 GET /mcp opened
                   +0.019 → request       tools/call echo            id:2            86 B  #4
                   +0.044 ← response      tools/call echo            id:2  25.0 ms   75 B  #4
                  +15.044 · 4 heartbeats (comment, about every 15.00 s) on #3
                +1:00.044 → request       tools/call fail            id:3            86 B  #5
                +1:00.051 ← response      tools/call fail            id:3   7.0 ms   63 B  #5  tool error
                +1:00.051 → request       tools/call sleep           id:4            87 B  #6  never answered: the stream was cut
                +1:00.054 ← notification  notifications/message                      62 B  #6
                +1:00.094 ┴ stream #6 POST /mcp closed by the server after 40.0 ms (connection reset)
                +1:00.094 → request       ping                       id:5            40 B  #7  refused
                +1:00.096 ← HTTP 500 Internal Server Error  POST /mcp #7  out of order
                +1:00.098 ← HTTP 200 OK  DELETE /mcp #8
                +1:00.098 ■ session ended: ended by the client
                +1:00.098 ┴ stream #3 GET /mcp closed by the client after 1m 00s (connection closed)
                in \(folder.file())

                """)
        #expect(run.status == 0)
    }

    @Test func `filters narrow it and bodies stand under their lines`() throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file())
        let run = try InspectRun(
            ["show", "tool:echo", "from:server", "--body", "--db", folder.file()], in: folder.path)
        #expect(
            run.lines.dropFirst().dropLast().joined(separator: "\n") == """
                +0.044 ← response  tools/call echo  id:2  25.0 ms  75 B  #4
                        {
                          "jsonrpc": "2.0",
                          "id": 2,
                          "result": {
                            "content": [
                              {
                                "type": "text",
                                "text": "hi"
                              }
                            ]
                          }
                        }
                """)
        let none = try InspectRun(["show", "tool:nope", "--db", folder.file()], in: folder.path)
        #expect(none.lines.dropFirst().first == "nothing in it matches the filter")
    }

    @Test func `raw contents are byte for byte what was sent`() throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file())
        func raw(_ words: String...) throws -> String {
            try InspectRun(["show", "latest"] + words + ["--raw", "--db", folder.file()], in: folder.path).output
        }
        let event =
            "event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}}\n\n"
        let request = #"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"echo","arguments":{}}}"#
        #expect(try raw("exchange:4", "from:server") == event)
        #expect(try raw("exchange:4", "from:client") == request)
        #expect(try raw("exchange:4") == request + event)
        #expect(try raw("exchange:3") == String(repeating: ": ping\n\n", count: 4))
        #expect(try raw().contains(request + event))
        #expect(try raw("tool:echo") == request + event)
        #expect(try raw("kind:response", "tool:echo") == event)
        #expect(try raw("kind:heartbeat") == String(repeating: ": ping\n\n", count: 4))
        #expect(try raw("tool:nope") == "")
    }

    @Test func `machine formats are valid JSON with the text of messages where it is wanted`() throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file())
        let run = try InspectRun(["show", "--format", "json", "--body", "--db", folder.file()], in: folder.path)
        let objects = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]])
        #expect(objects.count == 17)
        #expect(
            Set(objects.compactMap { $0["type"] as? String }) == [
                "message", "exchange", "stream_opened", "stream_closed", "heartbeats", "session_ended",
            ])
        #expect((objects.first?["body"] as? [String: Any])?["method"] as? String == "initialize")
        let lines = try InspectRun(["show", "--format", "ndjson", "--db", folder.file()], in: folder.path).lines
        #expect(lines.count == 17)
        #expect(lines.allSatisfy { !$0.contains("\"body\"") })
    }

    @Test func `a file with several sessions is shown session by session`() throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file("two.sqlite"))
        try SampleCapture.tour(folder.file("two.sqlite"))
        let run = try InspectRun(["show", "two.sqlite", "method:initialize"], in: folder.path)
        #expect(
            run.lines.map { $0.prefix(9) } == [
                "tourist/1", "+0.000 → ", "+0.012 ← ", "", "tourist/2", "+0.000 → ", "+0.012 ← ", "in two.sq",
            ])
        let one = try InspectRun(["show", "two.sqlite#tourist/2", "method:initialize"], in: folder.path)
        #expect(one.lines.map { $0.prefix(9) } == ["tourist/2", "+0.000 → ", "+0.012 ← ", "in two.sq"])
    }

    @Test func `a session that is still being recorded is shown as far as it goes`() throws {
        let folder = try TemporaryFolder()
        var capture = try SampleCapture(folder.file())
        capture.open()
        let hello = capture.request(
            "POST", body: #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"clientInfo":{"name":"late"}}}"#)
        capture.wait(ms: 3)
        capture.answer(hello, body: #"{"jsonrpc":"2.0","id":0,"result":{}}"#)
        let slow = capture.request(
            "POST", body: #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"slow"}}"#)
        try capture.commit()
        let run = try InspectRun(["show", "--db", folder.file()], in: folder.path)
        #expect(run.lines.first?.hasSuffix("being recorded") == true)
        #expect(
            run.lines.dropLast().last == "+0.003 → request   tools/call slow  id:1          71 B  #2  no answer yet")
        capture.wait(ms: 4)
        capture.answer(slow, body: #"{"jsonrpc":"2.0","id":1,"result":{}}"#)
        try capture.finish()
        let after = try InspectRun(["show", "id:1", "--db", folder.file()], in: folder.path)
        #expect(after.lines.dropLast().last == "+0.007 ← response  tools/call slow  id:1  4.0 ms  36 B  #2")
    }

    @Test func `a recording whose recorder was killed is shown as far as it came`() throws {
        let folder = try TemporaryFolder()
        let gone = ProcessIdentity(pid: 1, started: -1, bootID: "another boot")
        do {
            var capture = try SampleCapture(folder.file(), process: gone)
            capture.open()
            let hello = capture.request(
                "POST", body: #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"clientInfo":{"name":"cut"}}}"#)
            try capture.commit()
            withExtendedLifetime(hello) {}
        }
        let run = try InspectRun(["show", "cut/1", "--db", folder.file()], in: folder.path)
        #expect(run.lines.first?.hasSuffix("recording interrupted") == true)
        #expect(run.lines.dropLast().last == "+0.000 → request  initialize  id:0    85 B  #1  no answer yet")
        let list = try InspectRun(["sessions", "--db", folder.file()], in: folder.path)
        #expect(list.lines.dropLast().last?.hasSuffix("interrupted") == true)
        let problems = try InspectRun(["problems", "--db", folder.file()], in: folder.path)
        #expect(problems.output.contains("initialize (id 0) had waited"))
        #expect(problems.output.contains("UTC, which was interrupted: 1 warning, 1 notice"))
    }

    @Test func `a file that nobody may write is read`() throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file())
        try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: folder.file())
        let before = try Data(contentsOf: URL(filePath: folder.file()))
        for command in ["sessions", "show", "problems"] {
            #expect(try InspectRun([command, "--db", folder.file()], in: folder.path).lines.count > 2)
        }
        #expect(try Data(contentsOf: URL(filePath: folder.file())) == before)
    }

    @Test func `a session that is not there and a bad filter are one sentence each`() throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file())
        let session = try InspectRun(["show", "nobody/1", "--db", folder.file()], in: folder.path)
        #expect(session.status == 2)
        #expect(
            session.error
                == "mcp-inspect: no session is called nobody/1 in \(folder.file()); mcp-inspect sessions lists those that are there\n"
        )
        let filter = try InspectRun(["show", "latest", "status:fine", "--db", folder.file()], in: folder.path)
        #expect(filter.status == 2)
        #expect(filter.error.hasPrefix("mcp-inspect: a status is ok, "))
        #expect(filter.error.hasSuffix("not \"fine\"\n  status:fine\n         ^\n"))
        #expect(filter.output == "")
    }
}
