import Foundation
import TestSupport
import Testing

@testable import InspectCommands

@Suite(.timeLimit(.minutes(2)))
struct HelpVariablesTests {
    private static let commands = InspectCommand.configuration.subcommands.compactMap { $0.configuration.commandName }

    @Test(arguments: commands) func `help names a variable for each option, and the program reads it`(
        command: String
    ) throws {
        let folder = try TemporaryFolder()
        let help = try InspectRun([command, "--help"], in: folder.path).output
        let options = HelpVariables.options(in: help)
        let named = help.matches(of: #/MCP_INSPECT_([A-Z_]+)/#).map { String($0.output.1) }
        #expect(options.count == Set(named).count, "\(named)")
        let sources = try RepositoryFiles.swiftFiles(below: "Sources").map {
            try RepositoryFiles.text("Sources/" + $0)
        }
        for name in named {
            let isRead = sources.contains { $0.contains("(\"\(name)\")") || $0.contains("\"MCP_INSPECT_\(name)\"") }
            #expect(isRead, "nothing reads MCP_INSPECT_\(name)")
        }
        #expect(try InspectRun(["help", command], in: folder.path).output == help)
    }

    @Test(arguments: [
        (["record"], "LISTEN", "nowhere"), (["record"], "THREADS", "many"), (["demo-server"], "DEMO_LISTEN", "x:y"),
        (["demo-server"], "HEARTBEAT", "soon"), (["ping", "http://127.0.0.1:1/"], "COUNT", "few"),
        (["ping", "http://127.0.0.1:1/"], "DIALECT", "klingon"), (["tail"], "SINCE", "ever"), (["tail"], "LAST", "x"),
    ])
    func `a variable that cannot be meant is refused`(words: [String], name: String, value: String) throws {
        let folder = try TemporaryFolder()
        let run = try InspectRun(words, in: folder.path, environment: ["MCP_INSPECT_\(name)": value])
        #expect(run.status == 2)
        #expect(run.error.contains("MCP_INSPECT_\(name) cannot be \(value)"))
    }

    @Test func `the list of options is read as it is printed`() {
        let help = """
            OVERVIEW: Does it.

            USAGE: mcp-inspect x [--listen <listen>]

            OPTIONS:
              -l, --listen <listen>   Where. (default: 1)
                                      --not-this
              --token-env <variable>  See --that.
              -k, --insecure          Trust.
              --version               Show the version.
              -h, --help              Show help information.

            """
        #expect(HelpVariables.options(in: help) == ["listen", "token-env", "insecure"])
        let more = """
            VARIABLES (each stands in for the option of its name that is not given):
              MCP_INSPECT_LISTEN MCP_INSPECT_TOKEN_ENV MCP_INSPECT_INSECURE

            """
        #expect(HelpVariables.added(to: help) == help + "\n" + more)
        #expect(HelpVariables.added(to: "0.1.0") == "0.1.0")
    }

    @Test func `a word that is no command is one sentence`() throws {
        let folder = try TemporaryFolder()
        let run = try InspectRun(["shwo", "latest"], in: folder.path)
        #expect(run.status == 2)
        #expect(
            run.error
                == "mcp-inspect: there is no command \"shwo\"; did you mean show? mcp-inspect --help lists them\n")
        #expect(run.output == "")
        let about = try InspectRun(["help", "frobnicate"], in: folder.path)
        #expect(about.error == "mcp-inspect: there is no command \"frobnicate\"; mcp-inspect --help lists them\n")
        #expect(about.status == 2)
        let nothing = try InspectRun([], in: folder.path)
        #expect(nothing.status == 0)
        #expect(nothing.output.hasPrefix("OVERVIEW: "))
    }
}
