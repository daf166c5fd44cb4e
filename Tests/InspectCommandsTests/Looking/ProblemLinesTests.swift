import Testing

@testable import InspectCommands
@testable import Traffic

struct ProblemLinesTests {
    private static func found(
        _ severity: Problem.Severity, at ms: Int64, exchange: Int64? = nil, session: String? = "tourist/1",
        argument: String? = "tourist/1", rpcID: String? = nil, _ text: String
    ) -> FoundProblem {
        FoundProblem(
            Problem(
                kind: "call-unanswered", severity: severity, at: SampleRows.at(ms), sessionID: nil,
                exchangeID: exchange.map(SampleRows.id), callID: nil, text: text),
            session: session, argument: argument, rpcID: rpcID)
    }

    @Test func `a problem is a line with what shows it`() {
        let problems = [
            Self.found(.error, at: 5, exchange: 3, rpcID: "4", "it was never answered"),
            Self.found(.warning, at: 1, exchange: 2, "no \u{1B} JSON-RPC"), Self.found(.notice, at: 9, "never ended"),
            Self.found(.notice, at: 9, exchange: 7, session: nil, argument: nil, "no MCP"),
        ]
        #expect(
            ProblemLines.lines(problems, style: .plain) == [
                #"error    show tourist/1 id:4                                  it was never answered"#,
                #"warning  show tourist/1 exchange:2                            no \u{1b} JSON-RPC"#,
                #"notice   show tourist/1                                       never ended"#,
                #"notice   sql "SELECT * FROM exchanges WHERE id = 4294967303"  no MCP"#,
            ])
        #expect(
            ProblemLines.verdict(problems, in: "session tourist/1")
                == "4 problems in session tourist/1: 1 error, 1 warning, 2 notices")
        #expect(ProblemLines.verdict([], in: "2 sessions") == "no problems in 2 sessions")
    }

    @Test func `the same that happened several times is one line, with when first and in which sessions`() {
        let problems = (1...5).map { number in
            Self.found(
                .notice, at: Int64(number) * 1000, session: "tourist/\(min(number, 4))", argument: "tourist/\(number)",
                rpcID: "\(number)", "tools/call fail (id \(number)) says after \(number) ms that it failed: \"no\"")
        }
        #expect(
            ProblemLines.lines(problems + [Self.found(.notice, at: 9, rpcID: "1", "else")], style: .plain) == [
                "notice   show tourist/1 id:1  tools/call fail says after … that it failed: \"no\" "
                    + "[5 times since 2026-11-22 23:20:01 UTC, in tourist/1, tourist/2, tourist/3 and 1 more]",
                "notice   show tourist/1 id:1  else",
            ])
        #expect(ProblemLines.verdict(problems, in: "x") == "5 problems in x: 5 notices")
    }

    @Test(
        "What shows a problem can be pasted into a shell",
        arguments: [
            ("a/1", "\"req-1\"", "show a/1 id:req-1"), ("a/1", "\"o'clock $x\"", "show a/1 exchange:3"),
            ("/tmp/my file.sqlite#a/1", "7", "show '/tmp/my file.sqlite#a/1' id:7"),
            ("it's", "7", "show 'it'\\''s' id:7"), ("/tmp/x.sqlite#a/1", "null", "show /tmp/x.sqlite#a/1 id:null"),
        ])
    func shell(argument: String, rpcID: String, look: String) {
        #expect(Self.found(.error, at: 0, exchange: 3, argument: argument, rpcID: rpcID, "x").look == look)
    }

    @Test func `worse comes first, then earlier`() {
        let sorted = [
            Self.found(.notice, at: 1, "c"), Self.found(.error, at: 9, "b"), Self.found(.error, at: 2, "a"),
        ].sorted(by: FoundProblem.isBefore)
        #expect(sorted.map(\.problem.text) == ["a", "b", "c"])
    }

    @Test func `machines get the same as an object`() {
        #expect(
            Self.found(.error, at: 5, exchange: 3, rpcID: "4", "gone").object.line == #"""
                {"severity":"error","kind":"call-unanswered","session":"tourist/1","at":"2026-11-22T23:20:00.005Z",\#
                "at_ns":1795389600005000000,"exchange":3,"exchange_id":4294967299,"call_id":null,"text":"gone",\#
                "look":"show tourist/1 id:4"}
                """#)
    }
}
