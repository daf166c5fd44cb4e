import ArgumentParser
import Traffic
import TrafficStore

/// `mcp-inspect sessions`
package struct SessionsCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "sessions",
        abstract: "List the sessions of a capture, one a line, the newest last.",
        discussion: """
            A session is one client's conversation with the server. Its name, such as claude-code/3, is what the other \
            commands take. ERRORS are calls that failed or never got an answer. END says how the session ended: deleted \
            by the client, expired at the server, abandoned, cut by the server, open when the recording ended; running \
            while it is being recorded; interrupted where the recorder was killed. With a filter only the sessions \
            in which it selects anything are listed.

            \(FilterHelp.terms)

              mcp-inspect sessions -n 5
              mcp-inspect sessions tool:search status:error
              mcp-inspect sessions --format ndjson | jq .name
            """)

    @Argument(help: "Which sessions: those in which this filter selects anything.")
    var filter: [String] = []

    @Option(name: .shortAndLong, help: ArgumentHelp("Only the newest N sessions.", valueName: "N"))
    var number: Int?

    @OptionGroup var output: FormatOption
    @OptionGroup var database: DatabaseOption

    package init() {}

    package func validate() throws {
        if let number, number < 1 { throw ValidationError("-n must be at least 1.") }
        if let text = Environment.text("NUMBER"), Int(text).map({ $0 < 1 }) ?? true {
            throw ValidationError("MCP_INSPECT_NUMBER must be a number from 1, not \(text).")
        }
    }

    package func run() throws {
        let location = try database.location()
        let selection = try FilterArguments.onlyFilter(filter)
        let entries = try entries(in: location, selection)
        guard output.format == .text else {
            var list = ObjectList(isArray: output.format == .json)
            for entry in entries { list.add(SessionList.object(entry)) }
            list.finish()
            return UsedFile.tell(location.path, isMachine: true)
        }
        guard !entries.isEmpty || !filter.isEmpty else {
            return Terminal.line(try Self.nothing(in: location))
        }
        if entries.isEmpty {
            Terminal.line("no session matches the filter")
        } else {
            for line in SessionList.lines(entries, style: .standardOutput) { Terminal.line(line) }
        }
        UsedFile.tell(location.path, isMachine: false)
    }

    private static func nothing(in location: CaptureLocation) throws -> String {
        let path = location.path.visible
        guard let reader = try? CaptureReader(path: location.path), try !reader.recordings().isEmpty else {
            return "nothing is recorded in \(path) yet; begin with mcp-inspect record"
        }
        return "\(path) has no session\(try reader.whyNoSession())"
    }

    /// A default file that nobody has made yet has no sessions; one that was asked for must be there.
    private func entries(in location: CaptureLocation, _ selection: Filter) throws -> [SessionListEntry] {
        let limit = number ?? Environment.text("NUMBER").flatMap { Int($0) } ?? .max
        do throws(StoreFailure) {
            let reader = try CaptureReader(path: location.path)
            let all = try reader.sessions()
            let selected = Set(try reader.sessions(all.map(\.row.id), matching: selection))
            let sessions = all.filter { selected.contains($0.row.id) }.suffix(limit)
            var summaries: [Int64: SessionSummary] = [:]
            for summary in try reader.summaries() { summaries[summary.sessionID] = summary }
            return sessions.map { SessionListEntry(session: $0, summary: summaries[$0.row.id]) }
        } catch {
            guard error.code == .missing, location.choice == .folder || location.choice == .home else { throw error }
            return []
        }
    }
}
