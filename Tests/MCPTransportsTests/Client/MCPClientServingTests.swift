import Testing

@testable import MCPTransports
@testable import MCPTransportsTestKit

@Suite(.timeLimit(.minutes(1))) struct MCPClientServingTests {
    @Test func `a ping is answered by itself and what is unknown is not found`() async throws {
        let (client, peer) = try await connected()
        #expect(try await peer.ask(.string("s"), "ping") == .response(id: .string("s"), result: [:]))
        for method in ["sampling/createMessage", "elicitation/create", "roots/list", "x"] {
            #expect(try await peer.ask(.integer(1), method) == .error(id: .integer(1), .methodNotFound(method)))
        }
        await client.close()
    }

    @Test func `sampling, elicitation and roots go to their handlers`() async throws {
        var handlers = MCPClient.Handlers()
        handlers.sampling = { request in
            SampledMessage(
                content: request.messages.map(\.content), model: request.systemPrompt ?? "", stopReason: "endTurn")
        }
        handlers.elicitation = { request in
            request.url != nil ? .cancelled : request.message == "no" ? .declined : .accepted(["a": 1])
        }
        handlers.roots = { [Root(uri: "file:///a", name: "a"), Root(uri: "file:///b")] }
        handlers.request = { method, params in ["method": .string(method), "params": params ?? nil] }
        let (client, peer) = try await connected(.test, handlers)

        let message: JSONValue = ["role": "user", "content": ["type": "text", "text": "x"]]
        let sampled = try await peer.ask(
            .integer(1), "sampling/createMessage", ["messages": [message], "maxTokens": 5, "systemPrompt": "m"])
        #expect(
            sampled
                == .response(
                    id: .integer(1),
                    result: [
                        "role": "assistant", "content": ["type": "text", "text": "x"], "model": "m",
                        "stopReason": "endTurn",
                    ]))
        #expect(
            try await peer.ask(.integer(1), "elicitation/create", ["message": "?", "requestedSchema": [:]])
                == .response(id: .integer(1), result: ["action": "accept", "content": ["a": 1]]))
        #expect(
            try await peer.ask(.integer(2), "elicitation/create", ["message": "no"])
                == .response(id: .integer(2), result: ["action": "decline"]))
        #expect(
            try await peer.ask(.integer(3), "elicitation/create", ["message": "?", "mode": "url", "url": "http://x"])
                == .response(id: .integer(3), result: ["action": "cancel"]))
        #expect(
            try await peer.ask(.integer(4), "roots/list")
                == .response(
                    id: .integer(4),
                    result: ["roots": [["uri": "file:///a", "name": "a"], ["uri": "file:///b"]]]))
        #expect(
            try await peer.ask(.integer(5), "x/y", ["z": 1])
                == .response(id: .integer(5), result: ["method": "x/y", "params": ["z": 1]]))
        await client.close()
    }

    @Test func `what a handler throws is the error of the request`() async throws {
        struct Broken: Error, CustomStringConvertible { let description = "broken" }
        var handlers = MCPClient.Handlers()
        handlers.sampling = { _ in throw MCPError(code: -1, message: "The user said no") }
        handlers.request = { _, _ in throw Broken() }
        let (client, peer) = try await connected(.test, handlers)
        #expect(
            try await peer.ask(.integer(1), "sampling/createMessage", ["messages": []])
                == .error(id: .integer(1), MCPError(code: -1, message: "The user said no")))
        #expect(
            try await peer.ask(.integer(2), "sampling/createMessage")
                == .error(id: .integer(2), .invalidParams("The messages are missing")))
        #expect(try await peer.ask(.integer(3), "x") == .error(id: .integer(3), .internalError("x failed: broken")))
        await client.close()
    }

    @Test func `a server may ask while it answers, with the same ids`() async throws {
        var handlers = MCPClient.Handlers()
        handlers.roots = { [] }
        let (client, peer) = try await connected(.test, handlers)
        async let call = client.callTool("t")
        let (id, _) = try await peer.request("tools/call")
        #expect(try await peer.ask(id, "roots/list") == .response(id: id, result: ["roots": []]))
        try await peer.answer(id, ["content": [["type": "text", "text": "done"]]])
        #expect(try await call == .text("done"))
        await client.close()
    }

    @Test func `a handler may call the server`() async throws {
        let (near, far) = InMemoryTransport.pair()
        let peer = InMemoryPeer(far)
        let clients = AsyncStream.makeStream(of: MCPClient.self)
        var handlers = MCPClient.Handlers()
        handlers.request = { _, _ in
            for await client in clients.stream { return try await client.request("inner") }
            return nil
        }
        let client = MCPClient(transport: near, configuration: .test, handlers: handlers)
        clients.continuation.yield(client)
        try await client.connect()
        try await peer.send(.request(id: .integer(1), method: "outer", params: nil))
        try await peer.answer(try await peer.request("inner").id, ["x": 1])
        #expect(try await peer.next() == .response(id: .integer(1), result: ["x": 1]))
        await client.close()
    }

    @Test func `requests over the limit and ids in use are refused`() async throws {
        var configuration = MCPClient.Configuration.test
        configuration.serverRequestLimit = 2
        let (gate, open) = AsyncStream.makeStream(of: Never.self)
        var handlers = MCPClient.Handlers()
        handlers.request = { _, _ in
            for await _ in gate {}
            return [:]
        }
        let (client, peer) = try await connected(configuration, handlers)
        try await peer.send(.request(id: .integer(1), method: "wait", params: nil))
        #expect(
            try await peer.ask(.integer(1), "wait")
                == .error(id: .integer(1), .invalidRequest("A request with this id is still being answered")))
        try await peer.send(.request(id: .integer(2), method: "wait", params: nil))
        #expect(
            try await peer.ask(.integer(3), "wait")
                == .error(
                    id: .integer(3), MCPError(code: -32000, message: "Too many requests at a time to this client")))
        open.finish()
        let answered = [try await peer.next(), try await peer.next()]
        #expect(answered.contains(.response(id: .integer(1), result: [:])))
        #expect(answered.contains(.response(id: .integer(2), result: [:])))
        await client.close()
    }

    @Test func `a request that the server cancels is stopped and not answered`() async throws {
        let (started, start) = AsyncStream.makeStream(of: Bool.self)
        var handlers = MCPClient.Handlers()
        handlers.request = { _, _ in
            start.yield(true)
            while !Task.isCancelled { await Task.yield() }
            start.yield(false)
            throw CancellationError()
        }
        let (client, peer) = try await connected(.test, handlers)
        var states = started.makeAsyncIterator()
        try await peer.send(.request(id: .integer(1), method: "wait", params: nil))
        #expect(await states.next() == true)
        try await peer.notify("notifications/cancelled", ["requestId": 1, "reason": "x"])
        #expect(await states.next() == false)
        #expect(try await peer.ask(.integer(2), "ping") == .response(id: .integer(2), result: [:]))
        await client.close()
    }
}
