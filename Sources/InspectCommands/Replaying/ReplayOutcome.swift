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
    }

    private(set) var scripts: [(script: ReplayScript, runs: [Run])] = []
    let notStored: String?

    init(notStored: String?) { self.notStored = notStored }

    mutating func add(_ runs: [Run], of script: ReplayScript) { scripts.append((script, runs)) }

    private var runs: [Run] { scripts.flatMap(\.runs) }
    var isInterrupted: Bool { runs.contains { $0.result.isInterrupted } }

    /// Prints what was found; throws the exit code for it.
    func report(_ options: ComparisonOptions, path: String) throws {
        let isMachine = options.format != .text
        for (script, runs) in scripts { tell(runs, of: script, isMachine: isMachine) }
        let report = ComparisonReport(
            recorded: scripts.map(\.script.label).joined(separator: ", "),
            runs: scripts.flatMap { script, runs in
                runs.compactMap { run in
                    run.comparison.map {
                        ComparisonReport.Run(name: run.name, recorded: script.label, comparison: $0)
                    }
                }
            })
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

    /// What went on beside the comparison, on standard error.
    private func tell(_ runs: [Run], of script: ReplayScript, isMachine: Bool) {
        for note in script.plan.notes { Terminal.error("\(script.label): \(note)".visible) }
        for step in script.plan.steps {
            guard let reason = step.skipped, let call = step.call, reason.hasPrefix("destructive") else { continue }
            Terminal.error("\(script.label): \(call.name ?? call.method) skipped: \(reason)".visible)
        }
        for run in runs {
            for note in run.result.notes { Terminal.error("\(run.name): \(note)".visible) }
            if let trouble = run.result.trouble {
                let rest = run.result.undone.count
                let left = rest > 0 ? "; \(Figures.count(rest, "step")) left undone" : ""
                Terminal.error("\(run.name): \(trouble.message)\(left)".visible)
            }
            if !run.isComplete { Terminal.error("\(run.name): not everything that was said is recorded".visible) }
        }
    }

    private func exitCode(_ found: Int32) -> Int32 {
        if isInterrupted { return 130 }
        let kinds = Set(runs.compactMap { $0.result.trouble?.kind })
        if kinds.contains(.unauthorized) { return CommandFailure.Code.refused.rawValue }
        if kinds.contains(.unreachable) || kinds.contains(.noConversation) {
            return CommandFailure.Code.unreachable.rawValue
        }
        if kinds.contains(.timedOut) || found != 0 { return CommandFailure.Code.found.rawValue }
        return runs.allSatisfy(\.isComplete) ? 0 : CommandFailure.Code.incomplete.rawValue
    }
}
