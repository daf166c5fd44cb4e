import ArgumentParser
import Foundation
import TrafficStore

/// `mcp-inspect export`
package struct ExportCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Copy sessions into a capture file of their own, to keep or to send.",
        discussion: """
            The new file is a whole capture: it holds the sessions with all that belongs to them and nothing of others, \
            and every command reads it. Works while the session is still being recorded. An existing file is never \
            overwritten.

              mcp-inspect export latest -o failing.sqlite
              mcp-inspect show failing.sqlite
            """)

    @Argument(help: "A session's name or id, a recording's name, FILE, FILE#session, or latest.")
    var session: String

    @Option(name: .shortAndLong, help: ArgumentHelp("The file to make.", valueName: "file"))
    var output: String?

    @OptionGroup var database: DatabaseOption

    private var destination: String? { output.flatMap { $0.isEmpty ? nil : $0 } ?? Environment.text("OUTPUT") }

    package init() {}

    package func validate() throws {
        guard let destination else { throw ValidationError("Pass -o with the file to make.") }
        if destination == "-" {
            throw ValidationError("-o must name a file: a capture is a database and cannot be piped.")
        }
    }

    package func run() throws {
        guard let output = destination else { return }
        let selected = try SelectedSessions.resolve(session, in: database)
        var names: [String] = []
        for id in selected.ids { names.append(try selected.reader.session(id)?.label ?? String(id)) }
        try CaptureExport.export(sessions: selected.ids, from: selected.reader.path, to: output)
        let size = try? FileManager.default.attributesOfItem(atPath: output)[.size] as? Int64
        let list = names.count <= 5 ? names.joined(separator: ", ") : Figures.count(names.count, "session")
        Terminal.line("exported \(list.visible) to \(output.visible) (\(Figures.bytes(size ?? 0)))")
        UsedFile.tell(selected.reader.path, isMachine: false)
    }
}
