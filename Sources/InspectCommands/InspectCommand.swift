import ArgumentParser
import Foundation

/// The command line: what there is, and how it ends.
package struct InspectCommand: AsyncParsableCommand {
    package static let version = "0.1.0"

    package static let configuration = CommandConfiguration(
        commandName: "mcp-inspect",
        abstract: "Record and look at Model Context Protocol traffic over HTTP.",
        discussion: """
            Stand it between an MCP client and its server, and everything they say is in a SQLite file:

              mcp-inspect record http://127.0.0.1:8000 --listen 127.0.0.1:6480
              mcp-inspect show latest
            """,
        version: version,
        subcommands: [
            RecordCommand.self, SessionsCommand.self, ShowCommand.self, TailCommand.self, ProblemsCommand.self,
            SQLCommand.self,
            ExportCommand.self, ReindexCommand.self, ReplayCommand.self, DiffCommand.self, MockCommand.self,
            CallCommand.self, PingCommand.self, DemoServerCommand.self,
        ])

    package init() {}

    /// Parses the process's arguments, runs what they name, and exits.
    package static func start() async {
        do {
            if let first = CommandLine.arguments.dropFirst().first { try requireCommand(first) }
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            leave(error)
        }
    }

    /// Throws where the first word is neither an option nor a command.
    static func requireCommand(_ word: String) throws(CommandFailure) {
        let names = configuration.subcommands.compactMap { $0.configuration.commandName }
        guard !word.hasPrefix("-"), word != "help", !names.contains(word) else { return }
        throw CommandFailure(
            .usage, "there is no command \"\(word.visible)\"; commands are \(names.joined(separator: ", "))")
    }

    /// Prints what went wrong as one sentence and exits with the code for it.
    private static func leave(_ error: any Error) -> Never {
        if let failure = CommandFailure(error) {
            Terminal.error("mcp-inspect: \(failure.message)")
            Foundation.exit(failure.code.rawValue)
        }
        if let code = error as? ExitCode { Foundation.exit(code.rawValue) }
        let code = exitCode(for: error)
        if code == .success {
            print(HelpVariables.added(to: fullMessage(for: error)))
            Foundation.exit(0)
        }
        Terminal.error(fullMessage(for: error))
        Foundation.exit(2)
    }
}
