import ArgumentParser
import Foundation
import Scenario
import Traffic
import TrafficStore

/// `mcp-inspect replay`
package struct ReplayCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Do again what a recorded client did, and compare what the server says today.",
        discussion: """
            The client's calls are sent to a live server in their order: each waits for what it waited for, answers and \
            notifications, what ran side by side still does, and so do sessions that were under way at the same time. Values that the server made up (ids, cursors, handles in results) are replaced by the \
            live ones; questions of the server are answered as they were. Then the answers are compared: see diff.

            Goes to the recorded server, or to the one of --target; a target without a path gets the recorded one. \
            Behind -- stands a command that starts the server: it is run where nobody listens on its port yet, waited \
            for until that answers, and ended with all its children. The built-in demo server is started where it was recorded.

            The live traffic and what was found are kept in the capture (tables replays, divergences), unless that is \
            read-only or --no-store is given.

            Calls that are left out (--only, tools that destroy) are told as skipped; what the server says on their \
            account is not expected.

            Exit code 0 when nothing differs that --fail-on names, 1 when something does or no answer comes in time, 2 \
            for what cannot be meant, 3 where credentials are refused, 4 where the server cannot be reached, 130 after \
            Ctrl-C.

              mcp-inspect replay latest
              mcp-inspect replay claude-code/3 --target http://127.0.0.1:8000 --speed max
              mcp-inspect replay session.sqlite --target http://127.0.0.1:8000/mcp --format junit -- python server.py
              mcp-inspect replay session.sqlite --calibrate --masks masks.txt    (mask what differs between two runs)
            """)

    @Argument(help: "A session's name or id, a recording's name (all its sessions), FILE, FILE#session, or latest.")
    var session = "latest"

    @Argument(
        parsing: .postTerminator,
        help: ArgumentHelp("Starts the server; ended with all its children.", valueName: "command"))
    var server: [String] = []

    @OptionGroup var replay: ReplayOptions

    @OptionGroup var upstream: UpstreamOptions

    @OptionGroup var tls: TLSOptions

    @OptionGroup var comparison: ComparisonOptions

    @OptionGroup var redaction: RedactionOptions

    @OptionGroup var database: DatabaseOption

    package init() {}

    package func validate() throws {
        if !server.isEmpty, replay.target.count > 1 {
            throw ValidationError("Pass one --target: the command behind -- starts one server.")
        }
        if replay.calibrates, replay.target.count > 1 || replay.clients > 1 || replay.loop > 1 {
            throw ValidationError("--calibrate makes two runs of one client against one server.")
        }
    }

    package mutating func run() async throws {
        let selected = try SelectedSessions.resolve(session, in: database)
        let command = self
        if replay.calibrates, !replay.isDry, !FileManager.default.fileExists(atPath: maskFile) {
            try MaskFiles.add([], to: maskFile)
        }
        let all = try selected.ids.map { try ReplayScript($0, in: selected.reader, for: command) }
        let scripts = try ReplayCommand.replayable(all, in: selected.reader)
        if let only = replay.selection, !scripts.contains(where: \.hasSomethingToDo) {
            throw CommandFailure(
                .usage,
                "--only \(only.visible) selects nothing of \(session.visible); see what a filter selects with "
                    + "mcp-inspect show")
        }
        let isObject = replay.isDry && comparison.format == .json
        if replay.explains, !isObject {
            for script in scripts { ReplayCommand.print(LinkText.lines(script.plan), script) }
        }
        guard !replay.isDry else {
            for script in scripts {
                if isObject {
                    Terminal.line(PlanObject.value(script.plan).text)
                } else {
                    ReplayCommand.print(PlanText.lines(script.plan), script)
                }
            }
            return
        }
        for script in scripts { try script.requireSecrets() }
        let path = selected.reader.path
        let outcome = try await UntilSignal.run { try await ReplayWork(command, path: path).run(scripts) }
        try outcome.report(comparison, path: path)
    }

    /// Of several, those that are no conversation are left out.
    private static func replayable(_ all: [ReplayScript], in reader: CaptureReader) throws -> [ReplayScript] {
        let scripts = all.filter { $0.isWelcome && (all.count == 1 || $0.isWhole) }
        for script in all where !scripts.contains(where: { $0.sessionID == script.sessionID }) {
            let why =
                script.isWelcome
                ? "the recording has no handshake of it" : "its handshake had no result, and nothing was asked"
            Terminal.error("\(script.label): not replayed: \(why)".visible)
        }
        guard !scripts.isEmpty else {
            throw CommandFailure(.usage, "there is no conversation to replay; mcp-inspect sessions lists what there is")
        }
        return try ReplayScript.noteMeetings(of: scripts, in: reader, all: all)
    }

    /// Compares as the options say. Masks that were learned before are not learned again.
    func comparer() throws -> Comparer {
        guard replay.calibrates else { return try comparison.comparer() }
        return try comparison.comparer(learningInto: maskFile)
    }

    /// Where masks are learned into.
    var maskFile: String { comparison.masks ?? Environment.text("MASKS") ?? "mcp-inspect-masks.txt" }

    private static func print(_ lines: [String], _ script: ReplayScript) {
        Terminal.line("\(script.label.visible):")
        for line in lines { Terminal.line("  \(line.visible)") }
    }
}
