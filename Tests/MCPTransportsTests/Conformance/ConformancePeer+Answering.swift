import MCPTransports
import Testing

extension ConformancePeer {
    /// Calls a tool of a session and answers what it asks on the way.
    ///
    /// - Returns: the question, and the response.
    func call(
        _ tool: String, _ arguments: JSONObject = [:], answering method: String, with result: JSONValue
    ) async throws -> (question: JSONValue, answer: WireAnswer) {
        let call = message("tools/call", ["name": .string(tool), "arguments": .object(arguments)])
        let connection = try await begin("POST", call)
        try await connection.wait { Self.question(method, in: $0) != nil }
        let question = try #require(Self.question(method, in: connection.text))
        let told = try await post(["jsonrpc": "2.0", "id": question["id"] ?? .null, "result": result])
        #expect(told.status == 202)
        return (question, try await WireAnswer(connection.waitForEnd()))
    }

    private static func question(_ method: String, in text: String) -> JSONValue? {
        let heard = try? WireAnswer(text)
        return heard?.messages.first { $0["method"] == .string(method) && $0["id"] != nil }
    }
}
