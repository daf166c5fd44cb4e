import ArgumentParser
import Scenario
import Traffic
import TrafficStore

/// `mcp-inspect diff`
package struct DiffCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare two recorded sessions: what did the server say differently?",
        discussion: """
            Calls of the two are paired by method, name and arguments, in their order. Compared of each: the answer \
            (JSON within texts too), errors, HTTP status, notifications and their order, questions to the client, \
            latency; and of the session: calls that only one side has, and whether the server lets clients listen. \
            JSON or event stream, the order of members and the spelling of numbers are no difference. Times and \
            random ids are masked, _meta too; --show-masked tells what was. Recordings with as many sessions are \
            compared session by session.

            Exit code 1 when anything differs that --fail-on names.

              mcp-inspect diff claude-code/3 claude-code/4
              mcp-inspect diff before.sqlite after.sqlite --format junit > report.xml
              mcp-inspect diff probe/1 probe/2 --learn masks.txt     (two runs of one server: mask what differs)
            """)

    @Argument(help: "A session's name or id, a recording's name, FILE, FILE#session, or latest.")
    var recorded: String

    @Argument(help: "What to compare with it.")
    var live: String

    @Option(
        help: ArgumentHelp(
            "Write masks for what differs, each with its reason, into this file or at its end. What no mask can take is still told.",
            valueName: "file"))
    var learn: String?

    @OptionGroup var options: ComparisonOptions
    @OptionGroup var database: DatabaseOption

    package init() {}

    package func run() throws {
        let old = try SelectedSessions.resolve(recorded, in: database)
        let new = try SelectedSessions.resolve(live, in: database)
        guard old.ids.count == new.ids.count else {
            throw CommandFailure(
                .usage,
                "\(recorded.visible) has \(Figures.count(old.ids.count, "session")) and \(live.visible) has "
                    + "\(Figures.count(new.ids.count, "session")); "
                    + "name one session of each, as mcp-inspect sessions lists them")
        }
        let file = learn ?? Environment.text("LEARN")
        let comparer = try options.comparer(learningInto: file)
        var runs: [ComparisonReport.Run] = []
        for (one, other) in zip(old.ids, new.ids) {
            var comparison = try comparer.compare(
                recorded: old.reader, session: one, live: new.reader, sessions: [other])
            if let file { try add(&comparison, to: file) }
            let isOneFile = old.reader.path == new.reader.path
            let names = [try Self.label(one, old, isOneFile), try Self.label(other, new, isOneFile)]
            runs.append(ComparisonReport.Run(name: names[1], recorded: names[0], comparison: comparison))
        }
        var report = ComparisonReport(recorded: recorded, runs: runs)
        report.rules = comparer.masks.rules
        defer { UsedFile.tell(old.reader.path, isMachine: options.format != .text) }
        try options.print(report)
    }

    /// Masks what can be masked; what is left counts.
    private func add(_ comparison: inout Comparison, to file: String) throws {
        let learned = MaskLearning.rules(from: comparison)
        try MaskFiles.learn(learned.rules, into: file)
        comparison.mask(by: learned.rules)
    }

    private static func label(_ id: Int64, _ selected: SelectedSessions, _ isOneFile: Bool) throws -> String {
        let name = try selected.reader.session(id)?.label ?? String(id)
        return isOneFile ? name : "\(selected.reader.path)#\(name)"
    }
}
