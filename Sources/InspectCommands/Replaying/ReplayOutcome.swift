import ArgumentParser
import Replaying
import Scenario
import WireFormats

/// What replays came to.
struct ReplayOutcome: Sendable {
    struct Run: Sendable {
        /// The target, and which round and client of several.
        var name: String
        var target: HTTPURL
        var result: DriveResult
        /// The live recording.
        var live: Int64
        var startedNs: Int64
        var endedNs: Int64
        /// Whether everything that was said is recorded.
        var isComplete: Bool
        var pairing: LivePairing?
        var comparison: Comparison?

        /// Whether everything was done that was to be.
        var isWhole: Bool { ended == nil }
        /// Another run would fare no better.
        var hasNoServer: Bool {
            [.unreachable, .unauthorized, .noConversation].contains { $0 == result.trouble?.kind }
        }
        /// Why it was not.
        var ended: String? {
            if let trouble = result.trouble { return trouble.message }
            if result.isInterrupted { return "interrupted" }
            return result.undone.isEmpty ? nil : "the conversation came to an end"
        }
    }

    private(set) var scripts: [(script: ReplayScript, runs: [Run])] = []
    let notStored: String?
    /// What was not begun any more.
    var left: [String] = []
    /// Because it was ended.
    var isStopped = false
    /// The masks that were written down.
    var rules: [MaskRule] = []

    init(notStored: String?) { self.notStored = notStored }

    mutating func add(_ runs: [Run], of script: ReplayScript) { scripts.append((script, runs)) }

    private var runs: [Run] { scripts.flatMap(\.runs) }
    var isInterrupted: Bool { isStopped || runs.contains { $0.result.isInterrupted } }

    /// Prints what was found; throws the exit code for it.
    func report(_ options: ComparisonOptions, path: String) throws {
        let isMachine = options.format != .text
        for (script, runs) in scripts { tell(runs, of: script, isMachine: isMachine) }
        var report = ComparisonReport(
            recorded: scripts.map(\.script.label).joined(separator: ", "),
            runs: scripts.flatMap { script, runs in runs.compactMap { Self.reported($0, of: script) } })
        // What is for calls that were not selected has nothing to take.
        if !scripts.contains(where: \.script.isPartial) { report.rules = rules }
        if !left.isEmpty {
            report.ended = "\(isInterrupted ? "interrupted; " : "")\(left.joined(separator: ", ")) left undone"
            Terminal.error(report.ended?.visible ?? "")
        }
        var code: Int32 = 0
        do {
            try options.print(report)
        } catch let found as ExitCode {
            code = found.rawValue
        }
        if let notStored { Terminal.error(notStored) } else { UsedFile.tell(path, isMachine: isMachine) }
        code = exitCode(code)
        if code != 0 { throw ExitCode(code) }
    }

    private static func reported(_ run: Run, of script: ReplayScript) -> ComparisonReport.Run? {
        guard let comparison = run.comparison else { return nil }
        var reported = ComparisonReport.Run(name: run.name, recorded: script.label, comparison: comparison)
        reported.ended = run.ended ?? (run.isComplete ? nil : "not everything that was said is recorded")
        let undone = run.pairing?.undone ?? []
        for step in script.plan.steps {
            guard let call = step.call else { continue }
            if let reason = step.skipped {
                reported.skipped.append(call.unsent(reason))
            } else if undone.contains(call.callID) {
                reported.undone.append(call.unsent(reported.ended ?? "not done"))
            }
        }
        return reported
    }

    /// What went on beside the comparison, on standard error.
    private func tell(_ runs: [Run], of script: ReplayScript, isMachine: Bool) {
        for note in script.plan.notes { Terminal.error("\(script.label): \(note)".visible) }
        for step in script.plan.steps {
            guard let reason = step.skipped, let call = step.call, reason.hasPrefix("destructive") else { continue }
            Terminal.error("\(script.label): \(call.name ?? call.method) skipped: \(reason)".visible)
        }
        for run in runs {
            for (note, count) in Self.counted(run.result.notes) {
                Terminal.error("\(run.name): \(note)\(count > 1 ? " (\(count) times)" : "")".visible)
            }
            if let reason = run.ended {
                let rest = run.result.undone.count
                let left = rest > 0 ? "; \(Figures.count(rest, "step")) left undone" : ""
                Terminal.error("\(run.name): \(reason)\(left)".visible)
            }
            if !run.isComplete { Terminal.error("\(run.name): not everything that was said is recorded".visible) }
        }
    }

    /// Each once, where it is said first, with how often it is said.
    private static func counted(_ notes: [String]) -> [(String, Int)] {
        let counts = Dictionary(notes.map { ($0, 1) }, uniquingKeysWith: +)
        var told: Set<String> = []
        return notes.filter { told.insert($0).inserted }.map { ($0, counts[$0] ?? 1) }
    }

    private func exitCode(_ found: Int32) -> Int32 {
        if isInterrupted { return 130 }
        let kinds = Set(runs.compactMap { $0.result.trouble?.kind })
        if kinds.contains(.unauthorized) { return CommandFailure.Code.refused.rawValue }
        if kinds.contains(.unreachable) || kinds.contains(.noConversation) {
            return CommandFailure.Code.unreachable.rawValue
        }
        if runs.contains(where: { !$0.isWhole }) || found != 0 { return CommandFailure.Code.found.rawValue }
        return runs.allSatisfy(\.isComplete) ? 0 : CommandFailure.Code.incomplete.rawValue
    }
}

extension CallStep {
    fileprivate func unsent(_ reason: String) -> ComparisonReport.UnsentCall {
        ComparisonReport.UnsentCall(callID: callID, method: method, name: name, reason: reason)
    }
}
