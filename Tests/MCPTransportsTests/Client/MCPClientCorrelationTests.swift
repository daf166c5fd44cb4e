import Testing

@testable import MCPTransports
@testable import MCPTransportsTestKit

@Suite(.timeLimit(.minutes(1))) struct MCPClientCorrelationTests {
    @Test func `each call gets its own answer in whatever order they come`() async throws {
        let (client, peer) = try await connected()
        let calls = (0..<20).map { number in
            Task { try await client.request("echo", params: ["n": .integer(number)]) }
        }
        var asked: [(RequestID, JSONValue)] = []
        for _ in calls {
            let (id, params) = try await peer.request("echo")
            asked.append((id, params ?? nil))
        }
        #expect(Set(asked.map(\.0)) == Set((1...20).map { .integer($0) }))
        for (id, params) in asked.shuffled() { try await peer.answer(id, params) }
        for (number, call) in calls.enumerated() { #expect(try await call.value == ["n": .integer(Int64(number))]) }
        await client.close()
    }

    @Test func `answers to nothing are reported and the conversation goes on`() async throws {
        let heard = Heard()
        let (client, peer) = try await connected(.test, heard.handlers)
        async let first = client.request("a")
        let (id, _) = try await peer.request("a")
        try await peer.answer(id, ["n": 1])
        try await peer.answer(id, ["n": 2])
        try await peer.answer(.integer(99))
        try await peer.answer(.integer(0))
        try await peer.send(.error(id: .string("1"), .invalidRequest("x")))
        try await peer.send(.error(id: nil, .parseError("x")))
        #expect(try await first == ["n": 1])
        let sentences = [
            "The server answered request 1, which was answered before.",
            "The server answered request 99, which was never made.",
            "The server answered request 0, which was never made.",
            "The server answered request \"1\", which was never made.",
        ]
        for (number, sentence) in sentences.enumerated() {
            #expect("\(try await heard.error(number))" == sentence)
        }
        #expect(try await heard.error(4) as? MCPError == .parseError("x"))
        async let second: Void = client.ping()
        try await peer.answer(try await peer.request("ping").id)
        try await second
        await client.close()
    }

    @Test(arguments: ["", "nonsense", "{", "{}", "1", "null", #"{"jsonrpc":"1.0","method":"x"}"#, "\u{FF}"])
    func `what is no message is reported and the conversation goes on`(_ text: String) async throws {
        let heard = Heard()
        let (client, peer) = try await connected(.test, heard.handlers)
        try await peer.send(text: text)
        #expect(try await heard.errorCode() == .malformedMessage)
        async let call: Void = client.ping()
        try await peer.answer(try await peer.request("ping").id)
        try await call
        #expect(heard.errors.elements.count == 1)
        await client.close()
    }

    @Test func `a broken answer fails the call it names`() async throws {
        let heard = Heard()
        let (client, peer) = try await connected(.test, heard.handlers)
        let call = Task { try await client.request("a") }
        _ = try await peer.request("a")
        try await peer.send(text: #"{"id":1,"result":{}}"#)
        let error = await #expect(throws: MCPClientError.self) { try await call.value }
        #expect(error?.code == .malformedMessage)
        #expect(try await heard.errorCode() == .malformedMessage)
        await client.close()
    }

    @Test func `a broken request of the server is refused under its id`() async throws {
        let (client, peer) = try await connected()
        try await peer.send(text: #"{"jsonrpc":"2.0","id":"x","method":"roots/list","params":[1]}"#)
        #expect(
            try await peer.next() == .error(id: .string("x"), .invalidRequest("The params are not an object")))
        await client.close()
    }

    @Test func `the messages of a batch are taken one by one`() async throws {
        let heard = Heard()
        let (client, peer) = try await connected(.test, heard.handlers)
        async let first = client.request("a")
        _ = try await peer.request("a")
        async let second = client.request("b")
        _ = try await peer.request("b")
        try await peer.send(
            text: """
                [{"jsonrpc":"2.0","id":2,"result":{"n":2}},7,{"jsonrpc":"2.0","method":"n"},\
                {"jsonrpc":"2.0","id":1,"result":{"n":1}}]
                """)
        #expect(try await first == ["n": 1])
        #expect(try await second == ["n": 2])
        #expect(heard.notifications.elements == [ServerNotification(method: "n")])
        #expect(heard.errors.elements.count == 1)
        #expect(heard.messages.elements.count == 3)
        await client.close()
    }

    @Test func `progress reaches its own call, in order and before the result`() async throws {
        let (client, peer) = try await connected()
        let updates = AwaitedUpdates()
        let call = Task {
            let result = try await client.callTool("slow") { updates.append($0) }
            return (result, updates.all.count)
        }
        let (id, params) = try await peer.request("tools/call")
        let token = try #require(params?["_meta"]?["progressToken"])
        for step in 1...3 as ClosedRange<Int64> {
            try await peer.notify(
                "notifications/progress",
                ["progressToken": token, "progress": .integer(step), "total": 3, "message": "m"])
        }
        try await peer.notify("notifications/progress", ["progressToken": 99, "progress": 1])
        try await peer.notify("notifications/progress", ["progressToken": token])
        try await peer.answer(id, ["content": []])
        let (result, count) = try await call.value
        #expect(result == ToolResult(content: []))
        #expect(count == 3)
        #expect(updates.all == (1...3).map { ProgressUpdate(progress: Double($0), total: 3, message: "m") })
        await client.close()
    }

    @Test func `a call without a progress handler carries no token, and one with it keeps its meta`() async throws {
        let (client, peer) = try await connected()
        async let plain = client.request("a", params: ["_meta": ["x": 1]])
        let first = try await peer.request("a")
        #expect(first.params == ["_meta": ["x": 1]])
        try await peer.answer(first.id)
        _ = try await plain
        async let followed = client.request("b", params: ["_meta": ["x": 1], "y": 2]) { _ in }
        let second = try await peer.request("b")
        #expect(second.params == ["_meta": ["x": 1, "progressToken": 2], "y": 2])
        try await peer.answer(second.id)
        _ = try await followed
        await client.close()
    }
}
