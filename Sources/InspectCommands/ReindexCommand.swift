import ArgumentParser
import Foundation
import Traffic
import TrafficStore

/// `mcp-inspect reindex`
package struct ReindexCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "reindex",
        abstract: "Work out sessions, messages and calls again from what was observed.",
        discussion: """
            What was seen on the wire is stored once and never changed; sessions, messages and calls are derived from \
            it. After an update of mcp-inspect this brings the derived rows of older recordings up to date, and says \
            how many changed. Sessions keep their names. Without an argument every recording of the database is done. \
            Not possible while anybody records into the file.

              mcp-inspect reindex
              mcp-inspect reindex claude-code/3
            """)

    @Argument(help: "A recording's name or id, a session (its recording is done), or a capture file.")
    var what: String?

    @OptionGroup var database: DatabaseOption

    package init() {}

    package func run() throws {
        let (path, recordings) = try recordings()
        guard !recordings.isEmpty else {
            return Terminal.line("nothing is recorded in \(path.visible); there is nothing to reindex")
        }
        for recording in recordings {
            for line in try Reindexing.run(path: path, recording: recording).lines { Terminal.line(line) }
        }
        UsedFile.tell(path, isMachine: false)
    }

    /// The file and the recordings that the argument means.
    private func recordings() throws -> (path: String, ids: [Int64]) {
        let path = try database.location().path
        guard let what else { return (path, try CaptureReader(path: path).recordings().map(\.id)) }
        if let reader = try? CaptureReader(path: path) {
            let named = try reader.recordings().filter { $0.name == what || String($0.id) == what }
            if !named.isEmpty { return (path, named.map(\.id)) }
        }
        if FileManager.default.fileExists(atPath: what) {
            return (what, try CaptureReader(path: what).recordings().map(\.id))
        }
        let selected = try SelectedSessions.resolve(what, in: database)
        return (selected.reader.path, Set(selected.ids.map { $0 >> 32 }).sorted())
    }
}
