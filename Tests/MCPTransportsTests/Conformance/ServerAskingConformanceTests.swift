import MCPTransports
import Testing

/// What a server asks of the client in a session (removed in 2026-07-28).
@Suite(.timeLimit(.minutes(1))) struct ServerAskingConformanceTests {
    typealias Revision = ConformancePeer.Revision

    @Test(arguments: Revision.handshake)
    func `tools-call-sampling: a tool has the client's model speak and answers with it`(
        revision: Revision
    ) async throws {
        try await EverythingServer.run { port in
            let peer = try await ConformancePeer.connect(port, revision)
            let said: JSONValue = [
                "role": "assistant", "content": ["type": "text", "text": "sampled"], "model": "m",
                "stopReason": "endTurn",
            ]
            let (question, answer) = try await peer.call(
                "test_sampling", ["prompt": "Test prompt"], answering: "sampling/createMessage", with: said)
            #expect(question["params"]?["messages"]?[0]?["content"]?["text"] == "Test prompt")
            #expect(question["params"]?["maxTokens"] == 100)
            #expect(answer.result?["content"]?[0]?["text"]?.stringValue?.contains("sampled") == true)
        }
    }

    @Test(arguments: Revision.handshake)
    func `tools-call-elicitation: a tool asks the user and answers with what they gave`(
        revision: Revision
    ) async throws {
        try await EverythingServer.run { port in
            let peer = try await ConformancePeer.connect(port, revision)
            let given: JSONValue = ["action": "accept", "content": ["username": "testuser", "email": "t@example.com"]]
            let (question, answer) = try await peer.call(
                "test_elicitation", ["message": "Who are you?"], answering: "elicitation/create", with: given)
            #expect(question["params"]?["message"] == "Who are you?")
            #expect(question["params"]?["requestedSchema"]?["required"] == ["username", "email"])
            #expect(answer.result?["content"]?[0]?["text"]?.stringValue?.contains("testuser") == true)
        }
    }

    private func properties(of tool: String) async throws -> JSONValue {
        try await EverythingServer.run { port in
            let peer = try await ConformancePeer.connect(port, .v20251125)
            let given: JSONValue = ["action": "accept", "content": [:]]
            let (question, answer) = try await peer.call(tool, answering: "elicitation/create", with: given)
            #expect(answer.result?["content"] != nil)
            return try #require(question["params"]?["requestedSchema"]?["properties"])
        }
    }

    private func defaults(_ name: String) async throws -> JSONValue {
        try #require(try await properties(of: "test_elicitation_sep1034_defaults")[name])
    }

    @Test func `elicitation-sep1034-string-default: a text may have a default`() async throws {
        #expect(try await defaults("name") == ["type": "string", "default": "John Doe"])
    }

    @Test func `elicitation-sep1034-integer-default: a whole number may have a default`() async throws {
        #expect(try await defaults("age") == ["type": "integer", "default": 30])
    }

    @Test func `elicitation-sep1034-number-default: a number may have a default`() async throws {
        #expect(try await defaults("score") == ["type": "number", "default": 95.5])
    }

    @Test func `elicitation-sep1034-enum-default: a choice may have one of its values as default`() async throws {
        let status = try await defaults("status")
        #expect(status["type"] == "string" && status["default"] == "active")
        #expect(status["enum"]?.arrayValue?.contains("active") == true)
    }

    @Test func `elicitation-sep1034-boolean-default: a truth value may have a default`() async throws {
        #expect(try await defaults("verified") == ["type": "boolean", "default": true])
    }

    private func choice(_ name: String) async throws -> JSONValue {
        try #require(try await properties(of: "test_elicitation_sep1330_enums")[name])
    }

    @Test func `elicitation-sep1330-untitled-single: one of several values, by enum`() async throws {
        let choice = try await choice("untitledSingle")
        #expect(choice["type"] == "string" && choice["enum"]?.arrayValue?.count == 3)
        #expect(choice["oneOf"] == nil && choice["enumNames"] == nil)
    }

    @Test func `elicitation-sep1330-titled-single: one of several titled values, by oneOf`() async throws {
        let choice = try await choice("titledSingle")
        #expect(choice["type"] == "string" && choice["enum"] == nil)
        let values = try #require(choice["oneOf"]?.arrayValue)
        #expect(values.count == 3)
        #expect(values.allSatisfy { $0["const"]?.stringValue != nil && $0["title"]?.stringValue != nil })
    }

    @Test func `elicitation-sep1330-legacy-enumnames: titles in the old way, as many as values`() async throws {
        let choice = try await choice("legacyEnum")
        #expect(choice["type"] == "string")
        #expect(choice["enum"]?.arrayValue?.count == 3 && choice["enumNames"]?.arrayValue?.count == 3)
    }

    @Test func `elicitation-sep1330-untitled-multi: some of several values, by items with enum`() async throws {
        let choice = try await choice("untitledMulti")
        #expect(choice["type"] == "array" && choice["items"]?["type"] == "string")
        #expect(choice["items"]?["enum"]?.arrayValue?.count == 3 && choice["items"]?["anyOf"] == nil)
    }

    @Test func `elicitation-sep1330-titled-multi: some of several titled values, by items with anyOf`() async throws {
        let choice = try await choice("titledMulti")
        #expect(choice["type"] == "array" && choice["items"]?["enum"] == nil)
        let values = try #require(choice["items"]?["anyOf"]?.arrayValue)
        #expect(values.allSatisfy { $0["const"]?.stringValue != nil && $0["title"]?.stringValue != nil })
    }
}
