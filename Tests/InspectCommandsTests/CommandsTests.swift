import Testing

@testable import InspectCommands

struct CommandsTests {
    /// The commands that look at captures, as `--help` lists them.
    private static let looking = [
        SessionsCommand.configuration, ShowCommand.configuration, ProblemsCommand.configuration,
        SQLCommand.configuration, ExportCommand.configuration, ReindexCommand.configuration,
    ]

    @Test func `the commands keep their names and say what they do`() {
        let help = Self.looking.map { "\($0.commandName ?? "?"): \($0.abstract)" }
        #expect(
            help == [
                "sessions: List the sessions of a capture, one a line, the newest last.",
                "show: Print what client and server said in a session, in order.",
                "problems: Say what went wrong, the worst first, and where to look.",
                "sql: Ask the capture with a SQL query that only reads.",
                "export: Copy sessions into a capture file of their own, to keep or to send.",
                "reindex: Work out sessions, messages and calls again from what was observed.",
            ])
    }

    @Test func `each of them is a subcommand and gives an example`() {
        let names = InspectCommand.configuration.subcommands.map { $0.configuration.commandName }
        for command in Self.looking {
            #expect(names.contains(command.commandName))
            #expect(command.discussion.contains("mcp-inspect \(command.commandName ?? "?")"))
        }
    }

    @Test(
        "Options that cannot be meant are refused",
        arguments: [
            ["sessions", "-n", "0"], ["show", "--raw", "--body"], ["show", "--raw", "--format", "json"],
            ["show", "--format", "csv"], ["export", "latest"], ["export", "latest", "-o", "-"], ["sql"],
            ["sql", "SELECT 1", "--format", "text"],
        ])
    func refused(arguments: [String]) {
        #expect(throws: (any Error).self) { _ = try InspectCommand.parseAsRoot(arguments) }
    }
}
