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
            ExportCommand.self, ReindexCommand.self, CallCommand.self, PingCommand.self, DemoServerCommand.self,
        ])

    package init() {}

    /// Parses the process's arguments, runs what they name, and exits.
    package static func start() async {
        do {
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

    /// Prints what went wrong as one sentence and exits with the code for it.
    private static func leave(_ error: any Error) -> Never {
        if let failure = CommandFailure(error) {
            Terminal.error("mcp-inspect: \(failure.message)")
            Foundation.exit(failure.code.rawValue)
        }
        if let code = error as? ExitCode { Foundation.exit(code.rawValue) }
        let code = exitCode(for: error)
        if code == .success {
            print(fullMessage(for: error))
            Foundation.exit(0)
        }
        Terminal.error(fullMessage(for: error))
        Foundation.exit(2)
    }
}
