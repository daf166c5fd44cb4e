import ArgumentParser
import Traffic
import TrafficStore

/// `mcp-inspect problems`
package struct ProblemsCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "problems",
        abstract: "Say what went wrong, the worst first, and where to look.",
        discussion: """
            Calls without an answer and why, answers that nobody waited for, streams that were cut, HTTP errors, \
            sessions that were never ended, what the recorder missed. Without an argument: all sessions of the newest \
            recording (of those made by replay or load, none).

            Exit code 1 when there is a problem, 0 when there is none.

              mcp-inspect problems
              mcp-inspect problems claude-code/3
              mcp-inspect problems nightly.sqlite --format ndjson
            """)

    @Argument(help: "A session's name or id, a recording's name, FILE, FILE#session, or latest.")
    var session: String?

    @OptionGroup var output: FormatOption
    @OptionGroup var database: DatabaseOption

    package init() {}

    package func run() throws {
        let scope = try ProblemScope(session, in: database)
        let problems = try ProblemSearch.problems(
            scope.reader, sessions: scope.sessions, recordings: scope.recordings)
        if output.format == .text {
            for line in ProblemLines.lines(problems, style: .standardOutput) { Terminal.line(line) }
            let searched = "in \(scope.words)"
            Terminal.line(
                problems.isEmpty ? "no problems \(searched)" : "\(Figures.count(problems.count, "problem")) \(searched)"
            )
        } else {
            var list = ObjectList(isArray: output.format == .json)
            for problem in problems { list.add(problem.object) }
            list.finish()
        }
        UsedFile.tell(scope.reader.path, isMachine: output.format != .text)
        if !problems.isEmpty { throw ExitCode(CommandFailure.Code.found.rawValue) }
    }
}

/// What is searched for problems.
struct ProblemScope {
    let reader: CaptureReader
    let sessions: [Int64]
    let recordings: Set<Int64>
    /// `session claude-code/3`, `3 sessions of recording 2`
    let words: String

    init(_ argument: String?, in database: DatabaseOption) throws {
        if let argument {
            let selected = try SelectedSessions.resolve(argument, in: database)
            reader = selected.reader
            sessions = selected.ids
            recordings = Set(selected.ids.map { $0 >> 32 })
            if let only = sessions.first, sessions.count == 1 {
                words = "session \(try reader.session(only)?.label.visible ?? String(only))"
            } else {
                words = Figures.count(sessions.count, "session")
            }
            return
        }
        reader = try CaptureReader(path: try database.location().path)
        let captured = try reader.recordings().filter { $0.source != .replay && $0.source != .load }
        guard let newest = captured.max(by: { ($0.startedNs, $0.id) < ($1.startedNs, $1.id) }) else {
            throw CommandFailure(
                .usage, "nothing is recorded in \(reader.path.visible) yet; begin with mcp-inspect record")
        }
        sessions = try reader.sessions(ofRecording: newest.id).map(\.row.id)
        recordings = [newest.id]
        words =
            "\(Figures.count(sessions.count, "session")) of the recording begun \(Figures.minute(ns: newest.startedNs)) UTC"
    }
}
