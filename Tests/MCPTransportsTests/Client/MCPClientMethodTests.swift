import Testing

@testable import MCPTransports
@testable import MCPTransportsTestKit

@Suite(.timeLimit(.minutes(1))) struct MCPClientMethodTests {
    /// One method: how it is called, what travels, and the result it gets.
    struct Case: Sendable, CustomTestStringConvertible {
        let method: String
        let params: JSONValue?
        let result: JSONValue
        let call: @Sendable (MCPClient) async throws -> JSONValue

        var testDescription: String { method }
    }

    static let cases = [
        Case(method: "ping", params: nil, result: [:]) {
            try await $0.ping()
            return [:]
        },
        Case(method: "logging/setLevel", params: ["level": "warning"], result: [:]) {
            try await $0.setLogLevel(.warning)
            return [:]
        },
        Case(method: "resources/subscribe", params: ["uri": "a:b"], result: [:]) {
            try await $0.subscribe(to: "a:b")
            return [:]
        },
        Case(method: "resources/unsubscribe", params: ["uri": "a:b"], result: [:]) {
            try await $0.unsubscribe(from: "a:b")
            return [:]
        },
        Case(
            method: "resources/read", params: ["uri": "a:b"],
            result: ["contents": [["uri": "a:b", "mimeType": "t/x", "text": "x"], ["uri": "a:c", "blob": "AA=="]]]
        ) { ["contents": .array(try await $0.readResource("a:b").map(\.json))] },
        Case(
            method: "tools/call", params: ["name": "add", "arguments": ["a": 1]],
            result: [
                "content": [
                    ["type": "text", "text": "2"], ["type": "image", "data": "AA==", "mimeType": "image/png"],
                    ["type": "audio", "data": "AA==", "mimeType": "audio/wav"],
                    ["type": "resource", "resource": ["uri": "a:b", "text": "x"]],
                    ["type": "resource_link", "uri": "a:b", "name": "b"], ["type": "new", "x": 1],
                ],
                "structuredContent": ["sum": 2], "isError": true,
            ]
        ) { try await $0.callTool("add", arguments: ["a": 1]).json },
        Case(
            method: "prompts/get", params: ["name": "p", "arguments": ["a": "1", "b": "2"]],
            result: [
                "description": "d", "messages": [["role": "assistant", "content": ["type": "text", "text": "x"]]],
            ]
        ) { client in
            let prompt = try await client.getPrompt("p", arguments: ["b": "2", "a": "1"])
            return [
                "description": prompt.description.map(JSONValue.string) ?? nil,
                "messages": .array(prompt.messages.map(\.json)),
            ]
        },
        Case(
            method: "completion/complete",
            params: [
                "ref": ["type": "ref/prompt", "name": "p"], "argument": ["name": "a", "value": "x"],
                "context": ["arguments": ["b": "1"]],
            ], result: ["completion": ["values": ["xy", "xz"], "total": 5, "hasMore": true]]
        ) { client in
            let completion = try await client.complete(.prompt("p"), argument: "a", value: "x", context: ["b": "1"])
            return [
                "completion": [
                    "values": .array(completion.values.map(JSONValue.string)),
                    "total": .integer(Int64(completion.total ?? 0)), "hasMore": .bool(completion.hasMore),
                ]
            ]
        },
        Case(
            method: "completion/complete",
            params: ["ref": ["type": "ref/resource", "uri": "a:{x}"], "argument": ["name": "x", "value": ""]],
            result: ["completion": ["values": []]]
        ) { client in
            let completion = try await client.complete(.resource("a:{x}"), argument: "x", value: "")
            #expect(completion.total == nil && !completion.hasMore)
            return ["completion": ["values": .array(completion.values.map(JSONValue.string))]]
        },
        Case(method: "x/raw", params: ["a": [1, 2]], result: ["resultType": "new", "b": 1]) {
            try await $0.request("x/raw", params: ["a": [1, 2]])
        },
    ]

    @Test(arguments: cases) func `a method travels as it should and gives its result`(_ method: Case) async throws {
        let (client, peer) = try await connected()
        let call = Task { try await method.call(client) }
        let (id, params) = try await peer.request(method.method)
        #expect(id == .integer(1))
        #expect(params == method.params)
        try await peer.answer(id, method.result)
        #expect(try await call.value == method.result)
        await client.close()
    }

    @Test(arguments: cases) func `an error of the server is thrown as it came`(_ method: Case) async throws {
        let (client, peer) = try await connected()
        let call = Task { try await method.call(client) }
        let error = MCPError(code: -32002, message: "no", data: ["x": 1])
        try await peer.send(.error(id: try await peer.request(method.method).id, error))
        await #expect(throws: error) { try await call.value }
        await client.close()
    }

    @Test(arguments: cases.filter { !["ping", "x/raw"].contains($0.method) && $0.result != [:] })
    func `a result that lacks what it promises is an error`(_ method: Case) async throws {
        let (client, peer) = try await connected()
        let call = Task { try await method.call(client) }
        try await peer.answer(try await peer.request(method.method).id, ["other": 1])
        let error = await #expect(throws: MCPClientError.self) { try await call.value }
        #expect(error?.code == .invalidResult)
        await client.close()
    }

    @Test func `a result of another type than complete is not taken for the tool's answer`() async throws {
        let (client, peer) = try await connected()
        let call = Task { try await client.callTool("t") }
        let (id, params) = try await peer.request("tools/call")
        #expect(params == ["name": "t", "arguments": [:]])
        try await peer.answer(id, ["resultType": "task", "taskId": "1", "content": []])
        let error = await #expect(throws: MCPClientError.self) { try await call.value }
        #expect(error?.message == "The tool did not answer with a complete result but with task.")
        await client.close()
    }

    @Test func `notifications leave as they are`() async throws {
        let (client, peer) = try await connected()
        try await client.rootsListChanged()
        try await client.notify("x", params: ["a": 1])
        #expect(try await peer.notification("notifications/roots/list_changed") == nil)
        #expect(try await peer.notification("x") == ["a": 1])
        await client.close()
    }
}
