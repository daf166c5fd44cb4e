import ArgumentParser
import Foundation
import Traffic
import TrafficStore

/// `mcp-inspect export`
package struct ExportCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Copy sessions into a capture file of their own, to keep or to send.",
        discussion: """
            The new file is a whole capture: it holds the sessions with all that belongs to them and nothing of others, \
            and every command reads it. Works while the session is still being recorded. An existing file is never \
            overwritten. With a filter only the sessions in which it selects anything are copied, each of them whole; \
            without a session, out of all in the database.

            \(FilterHelp.terms)

              mcp-inspect export latest -o failing.sqlite
              mcp-inspect export nightly tool:search status:error -o failing.sqlite
              mcp-inspect show failing.sqlite
            """)

    @Argument(
        help: ArgumentHelp(
            "A session's name or id, a recording's name, FILE, FILE#session, or latest, then a filter.",
            valueName: "session|filter"))
    var words: [String] = []

    @Option(name: .shortAndLong, help: ArgumentHelp("The file to make.", valueName: "file"))
    var output: String?

    @OptionGroup var database: DatabaseOption

    private var destination: String? { output.flatMap { $0.isEmpty ? nil : $0 } ?? Environment.text("OUTPUT") }

    package init() {}

    package func validate() throws {
        if words.isEmpty { throw ValidationError("Say which session to export, such as latest, or pass a filter.") }
        guard let destination else { throw ValidationError("Pass -o with the file to make.") }
        if destination == "-" {
            throw ValidationError("-o must name a file: a capture is a database and cannot be piped.")
        }
    }

    package func run() throws {
        guard let output = destination else { return }
        let selected = try selected()
        var names: [String] = []
        for id in selected.ids { names.append(try selected.reader.session(id)?.label ?? String(id)) }
        try CaptureExport.export(sessions: selected.ids, from: selected.reader.path, to: output)
        let size = try? FileManager.default.attributesOfItem(atPath: output)[.size] as? Int64
        let list = names.count <= 5 ? names.joined(separator: ", ") : Figures.count(names.count, "session")
        Terminal.line("exported \(list.visible) to \(output.visible) (\(Figures.bytes(size ?? 0)))")
        UsedFile.tell(selected.reader.path, isMachine: false)
    }
    private func selected() throws -> SelectedSessions {
        let arguments = try FilterArguments(words)
        let all: SelectedSessions
        if let session = arguments.session {
            all = try SelectedSessions.resolve(session, in: database, whole: true)
        } else {
            let reader = try CaptureReader(path: try database.location().path)
            all = SelectedSessions(reader: reader, ids: try reader.sessions().map(\.row.id))
        }
        let ids = try all.reader.sessions(all.ids, matching: arguments.filter)
        guard !ids.isEmpty else {
            throw CommandFailure(
                .usage, "no session in \(all.reader.path.visible) matches the filter; nothing was exported")
        }
        return SelectedSessions(reader: all.reader, ids: ids)
    }
}
