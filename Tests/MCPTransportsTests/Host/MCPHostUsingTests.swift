import MCPTransports
import Testing

@Suite(.timeLimit(.minutes(1))) struct MCPHostUsingTests {
    private static let everything: JSONValue = ["tools": [:], "resources": [:], "prompts": [:]]

    @Test func `one server is used by its name or by qualified names`() async throws {
        let peers = HostedPeers()
        let host = peers.host()
        let peer = try await peers.connect(host, "a", capabilities: Self.everything)

        async let tools = host.listTools(on: "a")
        try await peer.answer(try await peer.request("tools/list").id, ["tools": [["name": "t"]]])
        #expect(try await tools.map(\.name) == ["t"])

        let arguments: JSONObject = ["x": 1]
        async let first = host.callTool("t", on: "a", arguments: arguments)
        let (id, params) = try await peer.request("tools/call")
        #expect(params == ["name": "t", "arguments": ["x": 1]])
        try await peer.answer(id, ["content": []])
        #expect(try await first.content.isEmpty)

        async let second = host.callTool(QualifiedName(server: "a", name: "t/u"))
        let call = try await peer.request("tools/call")
        #expect(call.params?["name"] == "t/u")
        try await peer.answer(call.id, ["content": []])
        _ = try await second

        async let contents = host.readResource(QualifiedName(server: "a", name: "file:///x"))
        let read = try await peer.request("resources/read")
        #expect(read.params == ["uri": "file:///x"])
        try await peer.answer(read.id, ["contents": [["uri": "file:///x", "text": "y"]]])
        #expect(try await contents == [ResourceContents(uri: "file:///x", payload: .text("y"))])

        async let prompt = host.getPrompt(QualifiedName(server: "a", name: "p"), arguments: ["k": "v"])
        let get = try await peer.request("prompts/get")
        #expect(get.params == ["name": "p", "arguments": ["k": "v"]])
        try await peer.answer(get.id, ["messages": []])
        #expect(try await prompt.messages.isEmpty)
        await host.closeAll()
    }

    @Test func `the rest of one server is listed too`() async throws {
        let peers = HostedPeers()
        let host = peers.host()
        let peer = try await peers.connect(host, "a")
        async let resources = host.listResources(on: "a")
        try await peer.answer(try await peer.request("resources/list").id, ["resources": [["uri": "a:b"]]])
        #expect(try await resources.map(\.uri) == ["a:b"])
        async let templates = host.listResourceTemplates(on: "a")
        try await peer.answer(
            try await peer.request("resources/templates/list").id, ["resourceTemplates": [["uriTemplate": "a:{x}"]]])
        #expect(try await templates.map(\.uriTemplate) == ["a:{x}"])
        async let prompts = host.listPrompts(on: "a")
        try await peer.answer(try await peer.request("prompts/list").id, ["prompts": [["name": "p"]]])
        #expect(try await prompts.map(\.name) == ["p"])
        await host.closeAll()
    }

    @Test func `all servers are one list, in the order of connecting, and failures do not hide the rest`() async throws
    {
        let peers = HostedPeers()
        let host = peers.host()
        let second = try await peers.connect(host, "b", capabilities: ["tools": [:]], connections: 1)
        let first = try await peers.connect(host, "a", capabilities: Self.everything, connections: 2)
        let broken = try await peers.connect(host, "c", capabilities: ["tools": [:]], connections: 3)
        _ = try await peers.connect(host, "d", capabilities: ["prompts": [:]], connections: 4)

        async let listing = host.listTools()
        try await first.answer(
            try await first.request("tools/list").id, ["tools": [["name": "t"], ["name": "u"]]])
        try await broken.send(.error(id: try await broken.request("tools/list").id, .internalError("x")))
        try await second.answer(try await second.request("tools/list").id, ["tools": [["name": "t"]]])
        let tools = await listing
        #expect(tools.items.map(\.name.description) == ["b/t", "a/t", "a/u"])
        #expect(tools.failures.keys.sorted() == ["c"])
        #expect(tools.failures["c"] as? MCPError == .internalError("x"))

        async let resources = host.listResources()
        try await first.answer(try await first.request("resources/list").id, ["resources": [["uri": "a:b"]]])
        #expect(await resources.items.map(\.name.description) == ["a/a:b"])
        async let templates = host.listResourceTemplates()
        try await first.answer(
            try await first.request("resources/templates/list").id, ["resourceTemplates": [["uriTemplate": "a:{x}"]]])
        #expect(await templates.items.map(\.element.uriTemplate) == ["a:{x}"])
        await host.closeAll()
        #expect(await host.listPrompts().items.isEmpty)
    }
}
