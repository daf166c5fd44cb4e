import MCPTransports
import MCPTransportsTestKit
import Scenario
import Testing
import WireFormats

@testable import Replaying

/// Plans driven against a server of which every answer is said here.
@Suite(.timeLimit(.minutes(2))) struct PlanRunTests {
    @Test func `The recorded client introduces itself, does its steps one after the other, and leaves`() async throws {
        try await withScriptedServer(patience: .seconds(50)) { server in
            server.expectHandshake()
            server.expectRequest("tools/list").respond(result: ["tools": []])
            server.expectRequest("tools/call").respond(result: ["content": []])
            server.expectNotification("notifications/roots/list_changed")
            server.expectDELETE()
            let told = Array(#"{"jsonrpc":"2.0","method":"notifications/roots/list_changed"}"#.utf8)
            let plan = MadePlan.plan([
                MadePlan.call(0, "tools/list", "{}"), MadePlan.call(1),
                ScenarioStep(number: 2, kind: .notification(body: told), after: [1]),
            ])
            let result = await PlanRun(plan, try MadePlan.settings(server)).run()
            #expect(result.trouble == nil && result.undone == [] && result.notes == [])
            #expect(result.sent == [0: "71", 1: "72"])
            let requests = server.requests
            #expect(
                requests.map { $0.messageMethod ?? $0.method } == [
                    "initialize", "notifications/initialized", "tools/list", "tools/call",
                    "notifications/roots/list_changed", "DELETE",
                ])
            #expect(requests[0].params?["clientInfo"]?["name"] == "recorded")
            #expect(requests[0].params?["capabilities"] == ["sampling": [:]])
            #expect(requests[0].params?["protocolVersion"] == "2025-06-18")
            #expect(requests.dropFirst().allSatisfy { $0.header("mcp-session-id") == "session-1" })
        }
    }

    @Test func `Nothing is asked before the listening stream stands`() async throws {
        try await withScriptedServer(patience: .seconds(50)) { server in
            server.expectHandshake()
            let listening = server.expectGET()
            server.expectRequest("tools/call").respond(result: ["content": []])
            server.expectDELETE()
            let run = PlanRun(MadePlan.plan([MadePlan.call(0)], listens: true), try MadePlan.settings(server))
            async let result = run.run()
            _ = try await listening.received()
            #expect(server.requests.count == 3)
            listening.openStream()
            #expect(await result.trouble == nil)
        }
    }

    @Test func `A server without a listening stream is asked all the same`() async throws {
        try await withScriptedServer(patience: .seconds(50)) { server in
            server.expectHandshake()
            server.expectGET().respond(status: 405, body: "")
            server.expectRequest("tools/call").respond(result: ["content": []])
            server.expectDELETE()
            let plan = MadePlan.plan([MadePlan.call(0)], listens: true)
            let result = await PlanRun(plan, try MadePlan.settings(server)).run()
            #expect(result.undone == [])
        }
    }

    @Test func `Cookies are brought back, and headers that were given go along`() async throws {
        try await withScriptedServer(patience: .seconds(50)) { server in
            server.expectRequest("initialize").respond(
                result: ScriptedServer.initializeResult(), headers: ["Set-Cookie": "route=7; Path=/"])
            server.expectNotification("notifications/initialized")
            server.expectRequest("tools/call").respond(result: ["content": []])
            var settings = try MadePlan.settings(server)
            settings.fields = [.init(name: "Authorization", value: "Bearer t"), .init(name: "Cookie", value: "own=1")]
            _ = await PlanRun(MadePlan.plan([MadePlan.call(0)]), settings).run()
            #expect(server.requests.map { $0.header("cookie") } == ["own=1", "own=1; route=7", "own=1; route=7"])
            #expect(server.requests.allSatisfy { $0.header("authorization") == "Bearer t" })
        }
    }

    @Test func `A call is taken back as it was, and its successor follows`() async throws {
        try await withScriptedServer(patience: .seconds(50)) { server in
            server.expectHandshake()
            let call = server.expectRequest("tools/call").openStream { _ in }
            server.expectNotification("notifications/cancelled")
            server.expectRequest("tools/list").respond(result: ["tools": []])
            server.expectDELETE()
            let plan = MadePlan.plan([
                MadePlan.call(0, isAnswered: false),
                ScenarioStep(number: 1, kind: .cancel(of: 0, heard: 1)),
                MadePlan.call(2, "tools/list", "{}", after: [1]),
            ])
            let run = PlanRun(plan, try MadePlan.settings(server))
            async let result = run.run()
            let stream = try await call.stream()
            #expect(server.requests.count == 3)
            stream.send(.notification(method: "notifications/message", params: ["level": "info", "data": "x"]))
            #expect(await result.undone == [])
            let cancelled = server.requests.first { $0.messageMethod == "notifications/cancelled" }
            #expect(cancelled?.params?["requestId"] == 71)
        }
    }

    @Test func `A stream is left and gone on with behind its last event`() async throws {
        try await withScriptedServer(patience: .seconds(50)) { server in
            server.expectHandshake()
            let call = server.expectRequest("tools/call").openStream { $0.sendEvent(data: "", id: "e-1", retry: 1) }
            let back = server.expectGET().openStream()
            server.expectDELETE()
            let plan = MadePlan.plan([
                MadePlan.call(0), ScenarioStep(number: 1, kind: .cutStream(of: 0, heard: 1)),
            ])
            let run = PlanRun(plan, try MadePlan.settings(server))
            async let result = run.run()
            try await call.abandoned()
            let stream = try await back.stream()
            #expect(stream.request.header("last-event-id") == "e-1")
            stream.send(.response(id: .integer(71), result: ["content": []]))
            #expect(await result.trouble == nil)
        }
    }

    /// Two calls, of which the second was sent when the server had told of a change.
    private static var told: ScenarioPlan {
        var plan = MadePlan.plan(
            [MadePlan.call(0), MadePlan.call(1, "tools/list", "{}")], listens: true)
        plan.steps[1].told = 1
        return plan
    }

    @Test func `A call that followed upon a notification waits for it`() async throws {
        try await withScriptedServer(patience: .seconds(50)) { server in
            server.expectHandshake()
            let listening = server.expectGET().openStream()
            let call = server.expectRequest("tools/call").respond(result: ["content": []])
            let list = server.expectRequest("tools/list").respond(result: ["tools": []])
            server.expectDELETE()
            let run = PlanRun(Self.told, try MadePlan.settings(server))
            async let result = run.run()
            let stream = try await listening.stream()
            _ = try await call.received()
            // A message that does not count, and a question whose answer comes behind what the first call led to.
            stream.send(.notification(method: "notifications/message", params: ["level": "info", "data": "x"]))
            let answer = server.expectAnswer(to: .string("still there?"))
            stream.send(.request(id: .string("still there?"), method: "ping", params: nil))
            _ = try await answer.received()
            #expect(!server.requests.contains { $0.messageMethod == "tools/list" })
            stream.send(.notification(method: "notifications/tools/list_changed", params: nil))
            _ = try await list.received()
            #expect(await result.notes == [])
        }
    }

    @Test func `It does not wait without an end, and says so`() async throws {
        try await withScriptedServer(patience: .seconds(50)) { server in
            server.expectHandshake()
            server.expectGET().openStream()
            server.expectRequest("tools/call").respond(result: ["content": []])
            server.expectRequest("tools/list").respond(result: ["tools": []])
            server.expectDELETE()
            let settings = try MadePlan.settings(server, timeout: .seconds(30))
            let result = await PlanRun(Self.told, settings).run()
            #expect(
                result.undone == []
                    && result.notes == [
                        "tools/list: the recorded client had heard 1 of the server's notifications before, and 0 came in "
                            + "time; sent without the rest"
                    ])
        }
    }

    @Test func `The masks that are given count where the server's questions are found again`() async throws {
        let recorded = ["alpha beta", "gamma delta"].enumerated().map { number, words in
            RecordedQuestion(
                messageID: Int64(number), method: "elicitation/create", params: JSONTree(#"{"message":"\#(words) 1"}"#),
                parentStep: 0, answer: .result(Array(#"{"action":"accept","content":{"n":\#(number)}}"#.utf8)))
        }
        try await withScriptedServer(patience: .seconds(50)) { server in
            server.expectHandshake()
            let call = server.expectRequest("tools/call").openStream()
            let answer = server.expectAnswer(to: .string("q"))
            server.expectDELETE()
            var settings = try MadePlan.settings(server)
            settings.masks = MaskSet(rules: [
                try #require(try MaskRule.parse(#"questions $.params.message ~ "gamma delta {number}""#))
            ])
            let run = PlanRun(MadePlan.plan([MadePlan.call(0)], questions: recorded), settings)
            async let result = run.run()
            let stream = try await call.stream()
            stream.send(
                .request(id: .string("q"), method: "elicitation/create", params: ["message": "gamma delta 2"]))
            let said = try await answer.received()
            #expect(said.json?["result"]?["content"]?["n"] == 1)
            stream.send(.response(id: .integer(71), result: ["content": []]))
            #expect(await result.trouble == nil)
        }
    }

    @Test func `A task is asked for until it has come to its end`() async throws {
        try await withScriptedServer(patience: .seconds(50)) { server in
            server.expectHandshake()
            server.expectRequest("tasks/get").respond(result: ["status": "working", "pollInterval": 1])
            server.expectRequest("tasks/get").respond(result: ["status": "working"])
            server.expectRequest("tasks/get").respond(result: ["status": "completed"])
            server.expectDELETE()
            let poll = CallStep.TaskPolicy.poll(until: ["completed"], intervalNs: 1_000_000)
            let plan = MadePlan.plan([MadePlan.call(0, "tasks/get", #"{"taskId":"t"}"#, tasks: poll)])
            let result = await PlanRun(plan, try MadePlan.settings(server)).run()
            #expect(result.trouble == nil && result.sent == [0: "73"])
        }
    }
}
