import Foundation
import MCPTransports
import Replaying
import Scenario
import Traffic
import TrafficStore
import WireFormats

/// Does what `replay` was asked for: every session, against every target, as often as wanted.
struct ReplayWork: Sendable {
    private let command: ReplayCommand
    /// The capture of the sessions.
    private let path: String
    private let http: HTTPClientConfiguration
    private let comparer: Comparer

    /// Throws where something that is given cannot be used, before anything is sent.
    init(_ command: ReplayCommand, path: String) throws {
        self.command = command
        self.path = path
        comparer = try command.comparer()
        var http = HTTPClientConfiguration.standard
        http.proxy = .fromEnvironment
        http.userAgent = "mcp-inspect/\(InspectCommand.version)"
        if let limit = command.replay.givenTimeout { http.timeouts.connect = min(http.timeouts.connect, limit) }
        try command.tls.configure(&http)
        self.http = http
    }

    func run(_ scripts: [ReplayScript]) async throws -> ReplayOutcome {
        let capture = try LiveCapture(beside: path, stores: command.replay.stores)
        defer { capture.remove() }
        var outcome = ReplayOutcome(notStored: capture.notStored)
        for group in ReplayScript.meetings(of: scripts) {
            let labels = group.map(\.label).joined(separator: ", ")
            guard !outcome.isInterrupted else {
                outcome.left.append(labels)
                continue
            }
            do {
                let (runs, left) = try await replay(group, into: capture)
                for (place, script) in group.enumerated() { outcome.add(runs.map { $0[place] }, of: script) }
                if left > 0 { outcome.left.append("\(Figures.count(left, "round")) of \(labels)") }
                outcome.isStopped = left > 0 && Task.isCancelled
            } catch is CancellationError {
                outcome.left.append(labels)
                outcome.isStopped = true
            }
        }
        outcome.rules = comparer.masks.rules
        return outcome
    }

    /// Of each script of a group its run, run by run.
    private typealias Runs = [[ReplayOutcome.Run]]

    /// `left`: how many rounds were not begun any more.
    private func replay(
        _ group: [ReplayScript], into capture: LiveCapture
    ) async throws -> (runs: Runs, left: Int) {
        guard command.replay.calibrates else {
            return try await withServer(for: group) { try await rounds(group, $0, capture) }
        }
        let first = try await withServer(for: group) { try await round(group, $0[0], 1, capture) }
        guard first[0].allSatisfy(\.isWhole) else { return (first, 0) }
        let second = try await withServer(for: group) { try await round(group, $0[0], 2, capture) }
        var runs: [ReplayOutcome.Run] = []
        for (one, other) in zip(first[0], second[0]) { runs.append(try await calibrated(one, other)) }
        return ([runs], 0)
    }

    /// Side by side against all targets, round by round.
    private func rounds(
        _ group: [ReplayScript], _ targets: [[HTTPURL]], _ capture: LiveCapture
    ) async throws -> (runs: Runs, left: Int) {
        try await withThrowingTaskGroup(of: (Int, Runs).self) { tasks in
            for (place, target) in targets.enumerated() {
                tasks.addTask {
                    var runs: Runs = []
                    // Where there is no server there is none the next time.
                    for number in 1...command.replay.loop
                    where !Task.isCancelled
                        && !runs.suffix(command.replay.clients).joined().contains(where: \.hasNoServer)
                    {
                        runs += try await round(group, target, number, capture)
                    }
                    return (place, runs)
                }
            }
            var all: [Int: Runs] = [:]
            for try await (place, runs) in tasks { all[place] = runs }
            let runs = targets.indices.flatMap { all[$0] ?? [] }
            return (runs, targets.count * command.replay.loop - runs.count / command.replay.clients)
        }
    }

    /// All clients at a time, against one target, once: driven, recorded, and then compared. `targets`: of each script.
    private func round(
        _ group: [ReplayScript], _ targets: [HTTPURL], _ number: Int, _ capture: LiveCapture
    ) async throws -> Runs {
        let masked = group.map(\.maskedNames)
        let redactor = try command.redaction.redactor(
            headers: masked.flatMap(\.headers), keys: masked.flatMap(\.keys), isKept: capture.notStored == nil)
        let live = try await Aside.run {
            try Wiring.liveRecording(
                into: capture.path, of: group[0].label, target: "\(targets[0])", redactor: redactor)
        }
        let results = await withTaskGroup(of: (Int, [DriveResult]).self) { tasks in
            for client in 0..<command.replay.clients {
                let members = group.enumerated().map { place, script in
                    let number = client * group.count + place
                    let settings = script.settings(
                        targets[place], command, http: http, client: number, of: command.replay.clients * group.count)
                    return (plan: script.plan, settings: settings)
                }
                tasks.addTask { (client, await PlanRun(members, tap: live.tap).runAll()) }
            }
            var results: [Int: [DriveResult]] = [:]
            for await (client, result) in tasks { results[client] = result }
            return results
        }
        return try await Aside.run { try compared(group, targets, number, results, live, capture) }
    }

    /// Blocks meanwhile.
    private func compared(
        _ group: [ReplayScript], _ targets: [HTTPURL], _ number: Int, _ results: [Int: [DriveResult]],
        _ live: Wiring.ReplayRecording, _ capture: LiveCapture
    ) throws -> Runs {
        let summary = live.finish()
        let sessions = try LiveSessions(ofRecording: live.id, in: capture.path)
        return try results.sorted { $0.key < $1.key }.map { client, results in
            try zip(group, results).enumerated().map { place, pair in
                let (script, result) = pair
                var words = ["\(targets[place])"]
                if command.replay.loop > 1 { words.append("round \(number)") }
                if command.replay.clients > 1 { words.append("client \(client + 1)") }
                var run = ReplayOutcome.Run(
                    name: words.joined(separator: ", "), target: targets[place], result: result, live: live.id,
                    startedNs: live.startedNs, endedNs: live.endedNs, isComplete: summary.isComplete)
                let pairing = try LivePairing(
                    script, result, sessions: sessions.of(client * group.count + place), in: capture.path,
                    recorded: path)
                run.pairing = pairing
                run.comparison = try pairing.compare(script, comparer)
                try capture.keep(run, of: script, command)
                return run
            }
        }
    }

    /// Learns from two runs, and tells what is left of the second.
    private func calibrated(
        _ one: ReplayOutcome.Run, _ other: ReplayOutcome.Run
    ) async throws -> ReplayOutcome.Run {
        let file = command.maskFile
        return try await Aside.run {
            guard let first = one.pairing, let second = other.pairing, other.isWhole else { return other }
            let learned = MaskLearning.rules(from: try second.compare(after: first, comparer))
            try MaskFiles.learn(learned.rules, into: file)
            var run = other
            run.comparison?.mask(by: learned.rules)
            return run
        }
    }

    // Servers.

    /// With the server started where there is a command for it, and ended behind it. `body` gets for each target the URL of
    /// each script.
    private func withServer<Value: Sendable>(
        for group: [ReplayScript], _ body: @Sendable ([[HTTPURL]]) async throws -> Value
    ) async throws -> Value {
        if command.server.isEmpty, command.replay.target.isEmpty, group.allSatisfy(\.isOfDemoServer) {
            let demo = try await DemoServerProcess.start(listen: ListenAddress(host: "127.0.0.1", port: 0))
            defer { demo.stop() }
            return try await body([try group.map { try ReplayTarget.url(demo.url, of: $0) }])
        }
        let urls = try group.map { try ReplayTarget.urls(command.replay.target, of: $0) }
        let targets = urls[0].indices.map { target in urls.map { $0[target] } }
        guard !command.server.isEmpty else { return try await body(targets) }
        let limit = command.replay.givenTimeout ?? .seconds(30)
        let url = targets[0][0]
        let server = try await Aside.run { [command] in try ServerProcess(command.server, for: url) }
        do {
            try await Aside.run { isCancelled in
                try server.waitForPort(of: url, within: limit, isCancelled: isCancelled)
            }
            let value = try await body(targets)
            if let ending = try await Aside.run({ server.ending(at: url) }) { Terminal.error(ending) }
            try await Aside.run { server.stop() }
            return value
        } catch {
            try await Aside.run { server.stop() }
            throw error
        }
    }
}
