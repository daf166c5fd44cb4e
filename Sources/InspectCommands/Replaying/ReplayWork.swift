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

    init(_ command: ReplayCommand, path: String) throws {
        self.command = command
        self.path = path
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
        for script in scripts {
            guard !outcome.isInterrupted else { break }
            outcome.add(try await replay(script, into: capture), of: script)
        }
        return outcome
    }

    private func replay(_ script: ReplayScript, into capture: LiveCapture) async throws -> [ReplayOutcome.Run] {
        guard command.replay.calibrates else {
            return try await withServer(for: script) { try await rounds(script, $0, capture) }
        }
        let first = try await withServer(for: script) { try await round(script, $0[0], 1, capture) }
        let second = try await withServer(for: script) { try await round(script, $0[0], 2, capture) }
        guard let (one, other) = first.first.flatMap({ one in second.first.map { (one, $0) } }) else { return [] }
        return [try await calibrated(script, one, other, capture)]
    }

    /// Side by side against all targets, round by round.
    private func rounds(
        _ script: ReplayScript, _ targets: [HTTPURL], _ capture: LiveCapture
    ) async throws -> [ReplayOutcome.Run] {
        try await withThrowingTaskGroup(of: (Int, [ReplayOutcome.Run]).self) { group in
            for (place, target) in targets.enumerated() {
                group.addTask {
                    var runs: [ReplayOutcome.Run] = []
                    for number in 1...command.replay.loop where !Task.isCancelled {
                        runs += try await round(script, target, number, capture)
                    }
                    return (place, runs)
                }
            }
            var all: [Int: [ReplayOutcome.Run]] = [:]
            for try await (place, runs) in group { all[place] = runs }
            return targets.indices.flatMap { all[$0] ?? [] }
        }
    }

    /// All clients at a time, against one target, once: driven, recorded, and then compared.
    private func round(
        _ script: ReplayScript, _ target: HTTPURL, _ number: Int, _ capture: LiveCapture
    ) async throws -> [ReplayOutcome.Run] {
        let redactor = try command.redaction.redactor()
        let live = try await Aside.run {
            try Wiring.liveRecording(into: capture.path, of: script.label, target: "\(target)", redactor: redactor)
        }
        let results = await withTaskGroup(of: (Int, DriveResult).self) { group in
            for client in 0..<command.replay.clients {
                let settings = script.settings(target, command, http: http, client: client)
                group.addTask { (client, await PlanRun(script.plan, settings, tap: live.tap).run()) }
            }
            var results: [Int: DriveResult] = [:]
            for await (client, result) in group { results[client] = result }
            return results
        }
        let comparer = try command.comparison.comparer()
        return try await Aside.run {
            let summary = live.finish()
            var names = ["\(target)"]
            if command.replay.loop > 1 { names.append("round \(number)") }
            return try results.sorted { $0.key < $1.key }.map { client, result in
                let words = names + (command.replay.clients > 1 ? ["client \(client + 1)"] : [])
                var run = ReplayOutcome.Run(
                    name: words.joined(separator: ", "), target: target, result: result, live: live.id,
                    startedNs: live.startedNs, endedNs: live.endedNs, isComplete: summary.isComplete)
                let pairing = try LivePairing(
                    script, result, client: client, recording: live.id, in: capture.path, recorded: path)
                run.pairing = pairing
                run.comparison = try pairing.compare(script, comparer)
                try capture.keep(run, of: script, command)
                return run
            }
        }
    }

    /// Learns from two runs, and tells what is left of the second.
    private func calibrated(
        _ script: ReplayScript, _ one: ReplayOutcome.Run, _ other: ReplayOutcome.Run, _ capture: LiveCapture
    ) async throws -> ReplayOutcome.Run {
        let comparer = try command.comparison.comparer()
        let file = command.maskFile
        return try await Aside.run {
            guard let first = one.pairing, let second = other.pairing, one.result.trouble == nil,
                other.result.trouble == nil
            else { return other }
            let learned = MaskLearning.rules(from: try second.compare(after: first, comparer))
            try MaskFiles.add(learned.rules, to: file)
            Terminal.error("\(Figures.count(learned.rules.count, "mask")) learned in \(file.visible)")
            var run = other
            run.comparison?.mask(by: learned.rules)
            return run
        }
    }

    // Servers.

    /// With the server started where there is a command for it, and ended behind it.
    private func withServer<Value: Sendable>(
        for script: ReplayScript, _ body: @Sendable ([HTTPURL]) async throws -> Value
    ) async throws -> Value {
        if command.server.isEmpty, command.replay.target.isEmpty, script.isOfDemoServer {
            let demo = try await DemoServerProcess.start(listen: ListenAddress(host: "127.0.0.1", port: 0))
            defer { demo.stop() }
            return try await body([try ReplayTarget.url(demo.url, of: script)])
        }
        let targets = try ReplayTarget.urls(command.replay.target, of: script)
        guard !command.server.isEmpty else { return try await body(targets) }
        let limit = command.replay.givenTimeout ?? .seconds(30)
        let server = try ServerProcess(command.server)
        do {
            try await Aside.run { try server.waitForPort(of: targets[0], within: limit) }
            let value = try await body(targets)
            try await Aside.run { server.stop() }
            return value
        } catch {
            try await Aside.run { server.stop() }
            throw error
        }
    }
}
