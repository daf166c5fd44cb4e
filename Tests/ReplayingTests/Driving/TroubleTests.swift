import MCPTransports
import MCPTransportsTestKit
import Scenario
import Testing
import WireFormats

@testable import Replaying

/// Servers that do not do what they should: the run ends, and says why.
@Suite(.timeLimit(.minutes(2))) struct TroubleTests {
    private static let steps = [MadePlan.call(0), MadePlan.call(1), MadePlan.call(2)]

    @Test func `Where other credentials are wanted nothing more is begun`() async throws {
        try await withScriptedServer(patience: .seconds(50)) { server in
            server.expectHandshake()
            server.expectRequest("tools/call").respond(result: ["content": []])
            server.expectRequest("tools/call").respond(status: 401, body: "who are you?")
            server.expectDELETE()
            let result = await PlanRun(MadePlan.plan(Self.steps), try MadePlan.settings(server)).run()
            #expect(result.trouble?.kind == .unauthorized && result.undone == [2])
            #expect(result.trouble?.message == "tools/call echo: the server wants credentials (HTTP 401)")
        }
    }

    @Test func `A server that hangs is given up in time and told so`() async throws {
        try await withScriptedServer(patience: .seconds(50)) { server in
            server.expectHandshake()
            let call = server.expectRequest("tools/call")
            server.expectNotification("notifications/cancelled")
            server.expectDELETE()
            let settings = try MadePlan.settings(server, timeout: .seconds(5))
            let result = await PlanRun(MadePlan.plan(Self.steps), settings).run()
            #expect(result.trouble == DriveTrouble(.timedOut, "tools/call echo: no answer within 5 s"))
            #expect(result.undone == [1, 2])
            call.respond(result: ["content": []])
        }
    }

    @Test func `A server that talks without an end is given up in time too`() async throws {
        try await withScriptedServer(patience: .seconds(50)) { server in
            server.expectHandshake()
            server.expectRequest("tools/call").respondStream { stream in
                for number in 0... {
                    stream.send(
                        .notification(method: "notifications/message", params: ["data": .integer(Int64(number))]))
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
            server.expectNotification("notifications/cancelled")
            server.expectDELETE()
            let settings = try MadePlan.settings(server, timeout: .seconds(5))
            #expect(await PlanRun(MadePlan.plan(Self.steps), settings).run().trouble?.kind == .timedOut)
        }
    }

    @Test func `A server that dies leaves the rest undone`() async throws {
        let server = try await ScriptedServer.start()
        server.expectHandshake()
        let call = server.expectRequest("tools/call")
        let run = PlanRun(MadePlan.plan(Self.steps), try MadePlan.settings(server))
        async let result = run.run()
        _ = try await call.received()
        await server.stop()
        let found = await result
        #expect(found.trouble?.kind == .unreachable && found.undone == [2])
        #expect(found.trouble?.message == "nobody listens on 127.0.0.1:\(server.port)")
    }

    @Test func `Nobody who listens is told at once`() async throws {
        let server = try await ScriptedServer.start()
        await server.stop()
        let result = await PlanRun(MadePlan.plan(Self.steps), try MadePlan.settings(server)).run()
        #expect(result.trouble?.kind == .unreachable && result.undone == [0, 1, 2] && result.sent == [:])
    }

    @Test func `An answer that is none is the comparison's to tell, and the next call follows`() async throws {
        try await withScriptedServer(patience: .seconds(50)) { server in
            server.expectHandshake()
            server.expectRequest("tools/call").respond(
                status: 200, body: "<html>", headers: ["Content-Type": "text/html"])
            server.expectRequest("tools/call").respond(
                status: 200, body: "{]", headers: ["Content-Type": "application/json"])
            server.expectRequest("tools/call").respond(status: 500, body: "oh")
            server.expectDELETE()
            let result = await PlanRun(MadePlan.plan(Self.steps), try MadePlan.settings(server)).run()
            #expect(result.trouble == nil && result.undone == [])
        }
    }

    @Test func `A lost session is noted, and what was said in it is not said again`() async throws {
        try await withScriptedServer(patience: .seconds(50)) { server in
            server.expectHandshake()
            server.expectRequest("tools/call").respond(status: 404, body: "")
            server.expectHandshake(sessionID: "session-2")
            server.expectRequest("tools/call", times: 2).respond(result: ["content": []])
            server.expectDELETE()
            let result = await PlanRun(MadePlan.plan(Self.steps), try MadePlan.settings(server)).run()
            #expect(result.trouble == nil && result.notes == ["the server lost the session; another one was opened"])
            let calls = server.requests.filter { $0.messageMethod == "tools/call" }
            #expect(calls.map { $0.header("mcp-session-id") } == ["session-1", "session-2", "session-2"])
        }
    }

    @Test func `A refused handshake is told with the server's words`() async throws {
        try await withScriptedServer(patience: .seconds(50)) { server in
            server.expectRequest("initialize").respond(error: MCPError(code: -32600, message: "not today"))
            let result = await PlanRun(MadePlan.plan(Self.steps), try MadePlan.settings(server)).run()
            #expect(
                result.trouble
                    == DriveTrouble(.noConversation, "the server refused to open a conversation: not today"))
        }
    }

    @Test func `A run that is stopped leaves the server in order`() async throws {
        try await withScriptedServer(patience: .seconds(50)) { server in
            server.expectHandshake()
            let call = server.expectRequest("tools/call")
            server.expectDELETE()
            let run = PlanRun(MadePlan.plan(Self.steps), try MadePlan.settings(server))
            let task = Task { await run.run() }
            _ = try await call.received()
            task.cancel()
            let result = await task.value
            #expect(result.isInterrupted && result.undone == [1, 2])
            call.respond(result: ["content": []])
        }
    }
}
