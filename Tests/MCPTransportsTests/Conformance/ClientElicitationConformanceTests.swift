import MCPTransports
import MCPTransportsTestKit
import Testing

/// Defaults of what a server asks the user.
@Suite(.timeLimit(.minutes(1))) struct ClientElicitationConformanceTests {
    /// What a server gets when the user accepts the form as it is.
    private func accepted(_ content: JSONObject = [:]) async throws -> JSONValue {
        try await ClientUnderTest.withSessionServer { server in
            let call = server.expectRequest("tools/call").openStream()
            let answer = server.expectAnswer(to: .string("ask"))
            ClientUnderTest.allowListening(server)
            var handlers = MCPClient.Handlers()
            handlers.elicitation = { _ in .accepted(content) }
            return try await ClientUnderTest.run(on: server, handlers: handlers) { client in
                async let result = client.callTool("test_client_elicitation_defaults")
                let stream = try await call.stream()
                let params: JSONValue = [
                    "message": "Accept as it is", "requestedSchema": EverythingServer.defaultsSchema,
                ]
                stream.send(.request(id: .string("ask"), method: "elicitation/create", params: params))
                let told = try await answer.received().json?["result"]
                stream.sendResult(ClientUnderTest.text("done"))
                stream.close()
                let text = try await result.content.first?.text
                #expect(text == "done")
                #expect(told?["action"] == "accept")
                return try #require(told?["content"])
            }
        }
    }

    @Test func `client-elicitation-sep1034-string-default: a text that is left out has its default`() async throws {
        #expect(try await accepted()["name"] == "John Doe")
        #expect(try await accepted(["name": "Jane"])["name"] == "Jane")
    }

    @Test func `client-elicitation-sep1034-integer-default: a whole number that is left out has its default`()
        async throws
    {
        #expect(try await accepted()["age"] == 30)
    }

    @Test func `client-elicitation-sep1034-number-default: a number that is left out has its default`() async throws {
        #expect(try await accepted()["score"] == 95.5)
    }

    @Test func `client-elicitation-sep1034-enum-default: a choice that is left out has its default`() async throws {
        #expect(try await accepted()["status"] == "active")
    }

    @Test func `client-elicitation-sep1034-boolean-default: a truth value that is left out has its default`()
        async throws
    {
        #expect(try await accepted()["verified"] == true)
        #expect(try await accepted(["verified": false])["verified"] == false)
    }
}
