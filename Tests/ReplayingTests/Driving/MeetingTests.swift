import MCPTransports
import MCPTransportsTestKit
import Scenario
import Testing
import WireFormats

@testable import Replaying

/// Two clients of one recording, of which one waits for the other.
@Suite(.timeLimit(.minutes(2))) struct MeetingTests {
    private static func plan(_ name: String, started: Int64, call: ClosedRange<Int64>, left: Int64) -> ScenarioPlan {
        var step = MadePlan.call(0, "tools/call", #"{"name":"\#(name)","arguments":{}}"#)
        step.recordedNs = call.lowerBound - started
        step.overNs = call.upperBound - started
        var plan = MadePlan.plan([step], deletes: false)
        plan.times = .init(started: started, opened: started + 1, left: left)
        return plan
    }

    /// The first calls and waits; the second opens, calls and is answered meanwhile.
    private static func members(_ server: ScriptedServer) throws -> [(plan: ScenarioPlan, settings: DriveSettings)] {
        var other = try MadePlan.settings(server)
        other.firstID = 1000
        return [
            (Self.plan("wait", started: 0, call: 10...90, left: 100), try MadePlan.settings(server)),
            (Self.plan("come", started: 20, call: 30...40, left: 50), other),
        ]
    }

    @Test func `The second is begun while the first waits, and the first ends when the second is gone`() async throws {
        try await withScriptedServer(patience: .seconds(50)) { server in
            server.expectHandshake()
            let waiting = server.expectRequest("tools/call").openStream()
            server.expectHandshake()
            let coming = server.expectRequest("tools/call").openStream()
            let run = PlanRun(try Self.members(server))
            async let results = run.runAll()
            let stream = try await waiting.stream()
            #expect(stream.request.params?["name"] == "wait")
            let other = try await coming.stream()
            #expect(other.request.params?["name"] == "come")
            other.send(.response(id: .integer(1001), result: ["content": []]))
            stream.send(.response(id: .integer(71), result: ["content": []]))
            #expect(await results.allSatisfy { $0.trouble == nil && $0.undone == [] })
        }
    }

    @Test func `Where the first fails the second is done all the same`() async throws {
        try await withScriptedServer(patience: .seconds(50)) { server in
            server.expectHandshake()
            server.expectRequest("tools/call").respond(status: 401, body: "")
            server.expectHandshake()
            server.expectRequest("tools/call").respond(result: ["content": []])
            let results = await PlanRun(try Self.members(server)).runAll()
            #expect(results[0].trouble?.kind == .unauthorized)
            #expect(results[1].trouble == nil && results[1].sent == [0: "1001"])
        }
    }

    @Test func `Cut short, those that never began are over too`() async throws {
        try await withScriptedServer(patience: .seconds(50)) { server in
            let first = server.expectRequest("initialize")
            let run = PlanRun(try Self.members(server))
            let task = Task { await run.runAll() }
            _ = try await first.received()
            task.cancel()
            let results = await task.value
            #expect(results.allSatisfy { $0.isInterrupted && $0.undone == [0] })
            first.respond(result: ScriptedServer.initializeResult())
        }
    }
}
