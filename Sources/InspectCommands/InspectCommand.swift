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

              mcp-inspect record http://127.0.0.1:8000/mcp
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
            try requireCommand(CommandLine.arguments.dropFirst())
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

    private static var commandNames: [String] {
        configuration.subcommands.compactMap { $0.configuration.commandName }
    }

    /// Throws where the first word, or the one after `help`, is neither an option nor a command.
    static func requireCommand(_ words: some Sequence<String>) throws(CommandFailure) {
        var words = words.makeIterator()
        guard var word = words.next() else { return }
        if word == "help" {
            guard let about = words.next() else { return }
            word = about
        }
        guard !word.hasPrefix("-"), word != "help", !commandNames.contains(word) else { return }
        throw CommandFailure(.usage, UsageSentence.noCommand(word, commands: commandNames))
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
        let arguments = Array(CommandLine.arguments.dropFirst())
        let sentence = UsageSentence.make(message(for: error), arguments: arguments, commands: commandNames)
        Terminal.error("mcp-inspect: \(sentence.visible)")
        Foundation.exit(2)
    }
}
