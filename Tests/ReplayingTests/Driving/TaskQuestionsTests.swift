import MCPTransports
import MCPTransportsTestKit
import Scenario
import Testing
import WireFormats

@testable import Replaying

/// Tasks that ask for input while they are polled.
@Suite(.timeLimit(.minutes(2))) struct TaskQuestionsTests {
    private static let question = RecordedQuestion(
        messageID: 1, method: "elicitation/create", params: JSONTree(#"{"message":"Sure?"}"#), key: "recorded-key",
        answer: .result(Array(#"{"action":"accept"}"#.utf8)))

    private static func asking(_ key: String) -> JSONValue {
        let request: JSONValue = ["method": "elicitation/create", "params": ["message": "Sure?"]]
        return ["status": "input_required", "pollIntervalMs": 1, "inputRequests": .object([key: request])]
    }

    private static func poll(_ number: Int, until ends: [String]) -> ScenarioStep {
        MadePlan.call(
            number, "tasks/get", #"{"taskId":"t"}"#, tasks: .poll(until: ends, intervalNs: 1_000_000))
    }

    @Test func `Each key is asked once and answered once`() throws {
        var questions = TaskQuestions()
        let asked = try #require(JSONTree(#"{"inputRequests":{"a":{"method":"m"}}}"#))
        questions.hear(asked, of: "t")
        questions.hear(asked, of: "t")
        #expect(questions.take(of: "other") == nil && questions.take(of: "t")?.members?.map(\.key) == ["a"])
        questions.hear(asked, of: "t")
        #expect(questions.take(of: "t") == nil)
    }

    @Test func `The recorded update answers what the live task asks, under its keys`() async throws {
        try await withScriptedServer(patience: .seconds(50)) { server in
            server.expectHandshake()
            server.expectRequest("tasks/get").respond(result: Self.asking("live-key"))
            let update = server.expectRequest("tasks/update").respond(result: [:])
            server.expectRequest("tasks/get").respond(result: ["status": "completed"])
            server.expectDELETE()
            let recorded = #"{"taskId":"t","inputResponses":{"recorded-key":{"action":"accept"}}}"#
            let steps = [
                Self.poll(0, until: ["input_required", "completed"]), MadePlan.call(1, "tasks/update", recorded),
                Self.poll(2, until: ["completed"]),
            ]
            let plan = MadePlan.plan(steps, questions: [Self.question])
            let result = await PlanRun(plan, try MadePlan.settings(server)).run()
            #expect(result.trouble == nil && result.notes == [])
            let sent = try await update.received()
            #expect(sent.params == ["taskId": "t", "inputResponses": ["live-key": ["action": "accept"]]])
        }
    }

    @Test func `A task that asks where the recorded one did not is answered, and goes on`() async throws {
        try await withScriptedServer(patience: .seconds(50)) { server in
            server.expectHandshake()
            server.expectRequest("tasks/get").respond(result: Self.asking("one"))
            let update = server.expectRequest("tasks/update").respond(result: [:])
            server.expectRequest("tasks/get").respond(result: Self.asking("one"))
            server.expectRequest("tasks/get").respond(result: ["status": "completed"])
            server.expectDELETE()
            let plan = MadePlan.plan([Self.poll(0, until: ["completed"])], questions: [Self.question])
            let result = await PlanRun(plan, try MadePlan.settings(server)).run()
            #expect(result.trouble == nil)
            #expect(
                result.notes == ["tasks/get: the live task asks for input, which the recorded one did not; answered"])
            let sent = try await update.received()
            #expect(sent.params?["inputResponses"] == ["one": ["action": "accept"]])
        }
    }
}
