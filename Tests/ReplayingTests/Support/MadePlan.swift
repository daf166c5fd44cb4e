import Conversation
import MCPTransportsTestKit
import Scenario
import Traffic
import WireFormats

@testable import Replaying

/// Plans made by hand, of a client that is called `recorded`.
enum MadePlan {
    static func plan(
        _ steps: [ScenarioStep], dialect: Traffic.Dialect = .streamable, listens: Bool = false,
        questions: [RecordedQuestion] = [], links: [Link] = [], deletes: Bool = true
    ) -> ScenarioPlan {
        var session = SessionRow(id: 1 << 32 | 1, recordingID: 1, startedNs: 0, confidence: .high)
        session.dialect = dialect
        return ScenarioPlan(
            session: session, recordedTarget: "http://127.0.0.1:3000/mcp", dialect: dialect, revision: "2025-06-18",
            identity: .init(
                clientInfo: Array(#"{"name":"recorded","version":"9"}"#.utf8),
                capabilities: Array(#"{"sampling":{}}"#.utf8), askedRevision: "2025-06-18"),
            listens: listens, steps: steps, questions: questions, links: links, ending: .init(deletes: deletes))
    }

    static func call(
        _ number: Int, _ method: String = "tools/call", _ params: String = #"{"name":"echo","arguments":{}}"#,
        after: [Int]? = nil, isAnswered: Bool = true, tasks: CallStep.TaskPolicy = .once
    ) -> ScenarioStep {
        let body = #"{"jsonrpc":"2.0","id":\#(number),"method":"\#(method)","params":\#(params)}"#
        let call = CallStep(
            callID: 1 << 32 | Int64(number + 100), method: method, name: JSONTree(params)?["name"]?.string,
            body: Array(body.utf8), isAnswered: isAnswered, tasks: tasks)
        return ScenarioStep(number: number, kind: .call(call), after: after ?? (number == 0 ? [] : [number - 1]))
    }

    static func settings(
        _ server: ScriptedServer, _ path: String = "/mcp", timeout: Duration = .seconds(60),
        dialect: Conversation.Dialect = .streamable
    ) throws -> DriveSettings {
        DriveSettings(
            target: try HTTPURL(server.url(path)), dialect: dialect, pace: .max, timeout: timeout, firstID: 70)
    }
}
