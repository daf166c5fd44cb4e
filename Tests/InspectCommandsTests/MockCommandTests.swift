import Testing

@testable import InspectCommands

@Suite(.timeLimit(.minutes(1)))
struct MockCommandTests {
    @Test(arguments: [
        (["--on-miss", "shrug"], "--on-miss cannot be \"shrug\"; it is error, 404, forward URL or record"),
        (["--on-miss", "forward"], "--on-miss forward needs the URL of a server, such as http://127.0.0.1:8000/mcp"),
        (
            ["--fault", "burn=0.1"],
            "--fault cannot be \"burn=0.1\"; write one of drop, stall, error, slow, truncate, duplicate with its rate, as drop=0.1"
        ),
        (
            ["--fault", "drop=60%", "--fault", "slow=0.5"],
            "the rates of --fault are more than 1 together; a request meets one fault at most"
        ),
        (["a", "--on-miss", "404", "b"], "pass one session, not a and b"),
    ])
    func `bad input is one sentence`(_ arguments: [String], _ sentence: String) async throws {
        let folder = try TemporaryFolder()
        let run = try await InspectRun.aside(["mock"] + arguments, in: folder.path)
        #expect(run.status == 2)
        #expect(run.error == "mcp-inspect: \(sentence)\n")
    }

    @Test func `a session that is not there is one sentence`() async throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file("x.sqlite"))
        let run = try await InspectRun.aside(["mock", "nobody/1", "--db", "x.sqlite"], in: folder.path)
        #expect(run.status == 2 && run.output.isEmpty)
        #expect(run.error.hasPrefix("mcp-inspect: no session is called nobody/1 in"))
    }

    @Test func `a capture without a session is one sentence`() async throws {
        let folder = try TemporaryFolder()
        _ = try SampleCapture(folder.file("empty.sqlite"))
        for session in ["latest", "empty.sqlite"] {
            let run = try await InspectRun.aside(["mock", session, "--db", "empty.sqlite"], in: folder.path)
            #expect(run.status == 2 && run.output.isEmpty)
            #expect(run.error.hasPrefix("mcp-inspect: ") && run.error.contains("empty.sqlite has no "), "\(run.error)")
        }
    }

    @Test func `a port that is taken is one sentence`() async throws {
        let folder = try TemporaryFolder()
        try SampleCapture.tour(folder.file("x.sqlite"))
        let run = try await InspectRun.aside(
            ["mock", "--db", "x.sqlite", "--listen", "192.0.2.1:6491"], in: folder.path)
        #expect(run.status == 2)
        #expect(run.error.hasPrefix("mcp-inspect: cannot listen on 192.0.2.1:6491: "))
        #expect(run.error.hasSuffix("; pass --listen with another port\n"))
    }

    @Test func `a session may stand behind what to do with a miss`() throws {
        let command = try MockCommand.parse(["--on-miss", "forward", "http://127.0.0.1:1/mcp", "claude-code/3"])
        let (miss, session) = try command.missAndSession()
        #expect(miss == .forward(url: "http://127.0.0.1:1/mcp") && session == "claude-code/3")
        #expect(try MockCommand.parse([]).missAndSession().session == "latest")
        let plain = try MockCommand.parse(["--on-miss", "record", "claude-code/3"]).missAndSession()
        #expect(plain.miss == .record(url: nil) && plain.session == "claude-code/3")
        let other = try MockCommand.parse(["bug.sqlite", "--on-miss", "record", "http://127.0.0.1:1/mcp"])
        #expect(try other.missAndSession().miss == .record(url: "http://127.0.0.1:1/mcp"))
        #expect(try other.missAndSession().session == "bug.sqlite")
    }
}
