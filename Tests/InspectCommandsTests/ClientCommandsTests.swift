import Foundation
import MCPTransportsTestKit
import Testing

@testable import InspectCommands

/// `call` and `ping` against the demo server, each in a process of its own.
@Suite(.timeLimit(.minutes(2)))
struct ClientCommandsTests {
    @Test func `they keep their names and give an example`() {
        let names = InspectCommand.configuration.subcommands.map { $0.configuration.commandName }
        for command in [CallCommand.configuration, PingCommand.configuration] {
            #expect(names.contains(command.commandName))
            #expect(command.discussion.contains("mcp-inspect \(command.commandName ?? "?") http://"))
        }
        #expect(CallCommand.configuration.abstract == "Call one tool of a server and print what it answers.")
        #expect(PingCommand.configuration.discussion.contains("Exit code 3"))
    }

    @Test(
        "Options that cannot be meant are refused",
        arguments: [
            ["call"], ["call", "http://127.0.0.1/mcp"], ["ping"], ["ping", "http://127.0.0.1/mcp", "-c", "0"],
            ["ping", "http://127.0.0.1/mcp", "--dialect", "stdio"],
            ["call", "http://127.0.0.1/mcp", "echo", "--timeout", "soon"],
        ])
    func refused(arguments: [String]) {
        #expect(throws: (any Error).self) { _ = try InspectCommand.parseAsRoot(arguments) }
    }

    @Test(arguments: ["streamable", "stateless"])
    func `a tool answers, fails, or does not exist`(dialect: String) throws {
        let folder = try TemporaryFolder()
        let server = try DemoServerRun()
        defer { server.stop() }
        func call(_ words: String...) throws -> InspectRun {
            try InspectRun(["call", server.url] + words + ["--dialect", dialect], in: folder.path)
        }
        let answered = try call("echo", #"{"text":"hello"}"#)
        #expect(answered.status == 0)
        #expect(answered.output == "hello\n")
        let failed = try call("fail")
        #expect(failed.status == 1)
        #expect(failed.output == "This tool always fails.\n")
        let unknown = try call("nope")
        #expect(unknown.status == 1)
        #expect(unknown.error == "mcp-inspect: Unknown tool: nope\n")
        #expect(try call("echo", "[1]").status == 2)
    }

    @Test func `a ping says what the server is, and where there is none`() throws {
        let folder = try TemporaryFolder()
        let server = try DemoServerRun()
        let run = try InspectRun(["ping", server.url, "-c", "2", "--interval", "1ms"], in: folder.path)
        #expect(run.status == 0)
        #expect(run.lines.count == 3)
        #expect(run.output.hasPrefix("mcp-inspect-demo 1.0.0, stateless 2026-07-28, opened in "))
        let elsewhere = try InspectRun(["ping", server.url + "/nope"], in: folder.path)
        #expect(elsewhere.status == 4)
        let sentence = "mcp-inspect: nothing at this URL speaks MCP over HTTP (HTTP 404"
        #expect(elsewhere.error.hasPrefix(sentence), "\(elsewhere.error)")
        #expect(elsewhere.error.hasSuffix("; check the path of the URL, which mostly is /mcp, or /sse for http+sse\n"))
        server.stop()
        let gone = try InspectRun(["ping", server.url], in: folder.path)
        #expect(gone.status == 4)
        #expect(gone.error.hasPrefix("mcp-inspect: nobody listens on 127.0.0.1:"), "\(gone.error)")
        #expect(gone.error.hasSuffix("; check that the server runs, and the URL\n"))
    }

    @Test func `progress is told on standard error, whatever that is`() throws {
        let folder = try TemporaryFolder()
        let server = try DemoServerRun()
        defer { server.stop() }
        let run = try InspectRun(
            ["call", server.url, "slow", #"{"steps":2,"seconds":0.01}"#], in: folder.path)
        #expect(run.status == 0, "\(run.error)")
        #expect(run.error.contains("progress: 1 of 2"), "\(run.error)")
    }

    @Test func `what a refusal says is told, and where the path may be wrong`() async throws {
        let folder = try TemporaryFolder()
        let server = try await ScriptedServer.start()
        server.expect("anything", times: nil) { _ in true }.respond(
            status: 502, body: "\nno upstream \u{1B}[31m\nat all", headers: ["Content-Type": "text/plain"])
        let told = "mcp-inspect: the server refused the request (HTTP 502): no upstream [31m"
        let run = try await InspectRun.aside(["ping", server.url()], in: folder.path)
        #expect(run.error == told + "\n")
        let bare = try await InspectRun.aside(["ping", server.url("/")], in: folder.path)
        #expect(bare.error == told + "; check the path of the URL, which mostly is /mcp, or /sse for http+sse\n")
        await server.stop()
    }

    @Test(arguments: [401, 403])
    func `a server that wants other credentials is exit code 3`(status: Int) async throws {
        let folder = try TemporaryFolder()
        let server = try await ScriptedServer.start()
        server.expect("anything", times: nil) { _ in true }.respond(
            status: status, headers: ["WWW-Authenticate": "Bearer"])
        for command in [["ping", server.url()], ["call", server.url(), "echo"]] {
            let run = try await InspectRun.aside(command, in: folder.path)
            #expect(run.status == 3)
            #expect(run.output.isEmpty)
            #expect(run.error.contains("\(status)"), "\(run.error)")
        }
        await server.stop()
    }
}

/// The demo server in a process of its own, which ends with its standard input.
private struct DemoServerRun {
    let url: String
    private let process = Process()
    private let input = Pipe()

    init() throws {
        let output = Pipe()
        process.executableURL = InspectRun.executable
        process.arguments = ["demo-server", "--listen", "127.0.0.1:0", "--until-input-ends"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        url = try #require(line.split(separator: " ").first { $0.hasSuffix("/mcp") }.map(String.init))
    }

    func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
