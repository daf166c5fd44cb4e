import DemoServer
import Synchronization
import Testing

@testable import MCPTransports

/// A client that hears everything and answers questions from a list.
private final class ScriptedClient: ClientLink {
    private let state: Mutex<(heard: [String], answers: [JSONValue])>

    init(answers: [JSONValue] = []) { state = Mutex(([], answers)) }

    var heard: [String] { state.withLock { $0.heard } }

    func notify(method: String, params: JSONValue?) {
        state.withLock { $0.heard.append("\(method) \(params ?? .null)") }
    }

    func log(level: LogLevel, data: JSONValue, logger: String?) {
        state.withLock { $0.heard.append("\(level) \(data)") }
    }

    func request(_ questions: [PosedQuestion]) async throws -> [JSONValue] {
        try state.withLock { state in
            state.heard += questions.map(\.method)
            guard state.answers.count >= questions.count else { throw MCPError.connectionClosed }
            defer { state.answers.removeFirst(questions.count) }
            return Array(state.answers.prefix(questions.count))
        }
    }

    func closeStream(retry: Duration) -> Bool { false }
}

@Suite(.timeLimit(.minutes(1))) struct MCPServerTests {
    private func answer(
        _ method: String, _ params: JSONValue, client: ScriptedClient = ScriptedClient(),
        capabilities: JSONValue = ["sampling": [:], "elicitation": [:], "roots": [:]], progressToken: JSONValue? = nil
    ) async throws -> JSONValue {
        let context = RequestContext(
            sessionID: "s", requestID: .integer(1), revision: .latest, client: nil, clientCapabilities: capabilities,
            progressToken: progressToken, requestTimeout: .seconds(30), link: client)
        return try await DemoServer.server.answer(method: method, params: params, context: context)
    }

    @Test func `A tool answers with its content`() async throws {
        let result = try await answer("tools/call", ["name": "echo", "arguments": ["text": "hi"]])
        #expect(result == ["content": [["type": "text", "text": "hi"]], "isError": false])
    }

    @Test(
        arguments: [
            ("tools/call", [:]), ("tools/call", ["name": "nothing"]), ("tools/call", ["name": "echo"]),
            ("tools/call", ["name": "echo", "arguments": [1]]),
            ("tools/call", ["name": "echo", "arguments": ["text": 1]]),
            ("tools/call", ["name": "slow", "arguments": ["steps": 0]]), ("resources/read", [:]), ("prompts/get", [:]),
            ("prompts/get", ["name": "nothing"]), ("prompts/get", ["name": "summarize"]),
            ("prompts/get", ["name": "summarize", "arguments": ["text": 1]]), ("tools/list", ["cursor": "x"]),
        ] as [(String, JSONValue)])
    func `Parameters that do not fit are invalid`(method: String, params: JSONValue) async {
        await #expect {
            _ = try await answer(method, params)
        } throws: { error in
            (error as? MCPError)?.code == -32602
        }
    }

    @Test func `A method that does not exist is not found`() async {
        await #expect(throws: MCPError.methodNotFound("tools/nothing")) { try await answer("tools/nothing", [:]) }
    }

    @Test func `Progress is told only to clients that gave a token`() async throws {
        let params: JSONValue = ["name": "slow", "arguments": ["seconds": 0, "steps": 2]]
        let silent = ScriptedClient()
        _ = try await answer("tools/call", params, client: silent)
        #expect(silent.heard.isEmpty)
        let listening = ScriptedClient()
        _ = try await answer("tools/call", params, client: listening, progressToken: "t")
        #expect(listening.heard.count == 2)
        #expect(listening.heard.first?.contains(#""progressToken":"t","progress":1,"total":2"#) == true)
    }

    @Test(
        arguments: [
            (["action": "accept", "content": ["name": "Ada"]], "Hello, Ada!"),
            (["action": "decline"], "The user declined."),
            (["action": "cancel"], "The user went away."), ([:], "The user went away."),
        ] as [(JSONValue, String)])
    func `What the user does with a question decides the answer`(reply: JSONValue, text: String) async throws {
        let client = ScriptedClient(answers: [reply])
        let result = try await answer("tools/call", ["name": "ask_elicitation"], client: client)
        #expect(result["content"]?[0]?["text"] == .string(text))
    }

    @Test func `A client is not asked for what it did not offer`() async {
        let client = ScriptedClient()
        let params: JSONValue = ["name": "ask_sampling", "arguments": ["prompt": "p"]]
        await #expect {
            _ = try await answer("tools/call", params, client: client, capabilities: [:])
        } throws: { error in
            (error as? MCPError)?.code == -32601
        }
        #expect(client.heard.isEmpty)
    }

    @Test func `A resource is found by its URI or by a template`() async throws {
        let plain = try await answer("resources/read", ["uri": "demo://greeting"])
        #expect(plain["contents"]?[0]?["text"] == "Hello from the demo server.\n")
        let named = try await answer("resources/read", ["uri": "demo://greeting/Ada"])
        #expect(named["contents"]?[0]?["uri"] == "demo://greeting/Ada")
        await #expect(throws: MCPError.resourceNotFound("demo://x")) {
            try await answer("resources/read", ["uri": "demo://x"])
        }
    }

    @Test(arguments: [0, 1, 63, 64, 65, 100_000])
    func `The tool large answers with exactly so many bytes`(bytes: Int) async throws {
        let result = try await answer("tools/call", ["name": "large", "arguments": ["bytes": .integer(Int64(bytes))]])
        #expect(result["content"]?[0]?["text"]?.stringValue?.utf8.count == bytes)
    }
}
