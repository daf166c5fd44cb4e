import MCPTransports
import Scenario
import TestSupport
import Testing
import TrafficStore
import WireFormats

@testable import InspectCommands

@Suite struct ReplayScriptTests {
    /// What the command line makes of the first session of a kept capture.
    private func script(_ name: String, _ arguments: [String]) throws -> (ReplayScript, ReplayCommand) {
        let folder = try TemporaryFolder()
        let capture = try #require(KeptCapture.all.first { $0.name == name })
        let reader = try CaptureReader(path: try capture.build(in: folder.path))
        let command = try #require(try ReplayCommand.parseAsRoot(["latest"] + arguments) as? ReplayCommand)
        let session = try #require(try reader.sessions().first)
        return (try ReplayScript(session.row.id, in: reader, for: command), command)
    }

    @Test func `masks of the command line also count where questions are found again`() throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/masks.txt"
        try "questions $.params.message  # made up\n".write(toFile: file, atomically: true, encoding: .utf8)
        let (script, command) = try script(
            "streamable", ["--masks", file, "--ignore", "params $.x", "--ignore-key", "when", "--exact"])
        let settings = script.settings(
            try HTTPURL("http://127.0.0.1:1/mcp"), command, http: .standard, client: 0, of: 1)
        let rules = settings.masks.rules.map(\.label)
        #expect(rules == ["rule questions $.params.message", "rule params $.x", "rule $..when"])
    }

    @Test func `a filter's leftovers are named in the plan`() throws {
        let (script, _) = try script("streamable", ["--only", "tool:echo"])
        #expect(script.plan.steps.contains { $0.skipped == "not selected (--only)" })
        #expect(script.plan.steps.contains { $0.call?.name == "echo" && $0.skipped == nil })
    }
}
