import Testing

@testable import MCPTransports
@testable import MCPTransportsTestKit

@Suite(.timeLimit(.minutes(1))) struct MCPClientListTests {
    /// Answers list requests with what `page` makes of each cursor, until the client leaves.
    private static func serve(
        _ peer: InMemoryPeer, _ method: String, _ page: (String?) -> JSONValue
    ) async throws {
        while case .request(let id, let asked, let params) = try await peer.next() {
            #expect(asked == method)
            try await peer.answer(id, page(params?["cursor"]?.stringValue))
        }
    }

    @Test func `all pages are one list`() async throws {
        let (client, peer) = try await connected()
        async let serving: Void = Self.serve(peer, "tools/list") { cursor in
            switch cursor {
            case nil: ["tools": [["name": "a", "description": "d", "inputSchema": ["x": 1]]], "nextCursor": "2"]
            case "2": ["tools": [], "nextCursor": "3"]
            default:
                ["tools": [["name": "b", "title": "B", "annotations": ["readOnlyHint": true]]], "nextCursor": nil]
            }
        }
        let tools = try await client.listTools()
        #expect(tools.map(\.name) == ["a", "b"])
        #expect(tools[0].inputSchema == ["x": 1] && tools[0].description == "d")
        #expect(tools[1].title == "B" && tools[1].annotations == ["readOnlyHint": true])
        #expect(tools[1].description == nil && tools[1].inputSchema == ["type": "object"])
        await client.close()
        try await serving
    }

    @Test func `resources, templates and prompts are listed with what they say`() async throws {
        let (client, peer) = try await connected()
        async let resources = client.listResources()
        try await peer.answer(
            try await peer.request("resources/list").id,
            ["resources": [["uri": "a:b", "name": "n", "mimeType": "t/x", "size": 3], ["uri": "a:c"]]])
        #expect(try await resources.map(\.name) == ["n", "a:c"])
        #expect(try await resources.first?.json["size"] == 3)

        async let templates = client.listResourceTemplates()
        try await peer.answer(
            try await peer.request("resources/templates/list").id,
            ["resourceTemplates": [["uriTemplate": "a:{x}", "name": "n", "title": "N"]], "nextCursor": ""])
        #expect(try await templates.map(\.uriTemplate) == ["a:{x}"])

        async let prompts = client.listPrompts()
        try await peer.answer(
            try await peer.request("prompts/list").id,
            ["prompts": [["name": "p", "arguments": [["name": "x", "required": true], ["name": "y"], [:]]]]])
        let arguments = try await prompts.first?.arguments
        #expect(arguments == [.init(name: "x", isRequired: true), .init(name: "y")])
        await client.close()
    }

    @Test func `cursors that go round in a circle end the list`() async throws {
        let (client, peer) = try await connected()
        async let serving: Void = Self.serve(peer, "tools/list") { cursor in
            ["tools": [], "nextCursor": cursor == "a" ? "b" : "a"]
        }
        let error = await #expect(throws: MCPClientError.self) { try await client.listTools() }
        #expect(error?.code == .endlessList)
        #expect(error?.message == #"tools/list gave the cursor "a" twice."#)
        await client.close()
        try await serving
    }

    @Test func `a list has no more pages than the limit`() async throws {
        var configuration = MCPClient.Configuration.test
        configuration.pageLimit = 3
        let (client, peer) = try await connected(configuration)
        async let serving: Void = Self.serve(peer, "prompts/list") { cursor in
            ["prompts": [], "nextCursor": .string((cursor ?? "") + "x")]
        }
        let error = await #expect(throws: MCPClientError.self) { try await client.listPrompts() }
        #expect(error?.message == "prompts/list has more than 3 pages.")
        await client.close()
        try await serving
    }

    @Test func `what has no name is left out and reported`() async throws {
        let heard = Heard()
        let (client, peer) = try await connected(.test, heard.handlers)
        async let tools = client.listTools()
        try await peer.answer(
            try await peer.request("tools/list").id, ["tools": [["title": "?"], ["name": "a"], 1]])
        #expect(try await tools.map(\.name) == ["a"])
        #expect(try await heard.errorCode(0) == .invalidResult)
        #expect(try await heard.errorCode(1) == .invalidResult)
        await client.close()
    }

    @Test func `a result without the list is an error`() async throws {
        let (client, peer) = try await connected()
        let list = Task { try await client.listResources() }
        try await peer.answer(try await peer.request("resources/list").id, ["tools": []])
        let error = await #expect(throws: MCPClientError.self) { try await list.value }
        #expect(error?.code == .invalidResult)
        await client.close()
    }
}
