import MCPTransports
import MCPTransportsTestKit
import Testing

/// Header fields that mirror the body, as clients of 2026-07-28 send them.
@Suite(.timeLimit(.minutes(1))) struct ClientHeadersConformanceTests {
    @Test func `sep-2243-client-includes-standard-headers: every request names its method, and what it is about`()
        async throws
    {
        try await ClientUnderTest.withStatelessServer { server in
            server.expectRequest("tools/list").respond(
                result: ClientUnderTest.cacheable(["tools": [ClientUnderTest.tool("my-hyphenated-tool")]]))
            server.expectRequest("tools/call").respond(result: ClientUnderTest.text("called"))
            server.expectRequest("resources/list").respond(result: ClientUnderTest.cacheable(["resources": []]))
            server.expectRequest("resources/read", times: 2)
                .respond(result: ClientUnderTest.cacheable(["contents": []]))
            server.expectRequest("prompts/list").respond(result: ClientUnderTest.cacheable(["prompts": []]))
            server.expectRequest("prompts/get").respond(result: ["resultType": "complete", "messages": []])
            ClientUnderTest.allowListening(server)
            try await ClientUnderTest.run(on: server) { client in
                _ = try await client.listTools()
                _ = try await client.callTool("my-hyphenated-tool")
                _ = try await client.listResources()
                _ = try await client.readResource("file:///path/to/file%20name.txt")
                _ = try await client.readResource("https://example.com/resource?id=123")
                _ = try await client.listPrompts()
                _ = try await client.getPrompt("test_prompt")
            }
            #expect(server.requests.count >= 8)
            for request in server.requests {
                #expect(request.method == "POST")
                #expect(request.messageMethod != nil && request.header("Mcp-Method") == request.messageMethod)
                let named = ["tools/call", "prompts/get", "resources/read"].contains(request.messageMethod)
                let name = (request.params?["name"] ?? request.params?["uri"])?.stringValue
                #expect(request.header("Mcp-Name") == (named ? name : nil))
            }
        }
    }

    private static let designated: KeyValuePairs<String, (header: String, type: String)> = [
        "region": ("Region", "string"), "priority": ("Priority", "integer"), "verbose": ("Verbose", "boolean"),
        "debug": ("Debug", "boolean"), "empty": ("EmptyVal", "string"), "method": ("Method", "string"),
        "non_ascii": ("NonAscii", "string"), "padded": ("Whitespace", "string"), "leading": ("Leading", "string"),
        "trailing": ("Trailing", "string"), "internal": ("Internal", "string"), "control": ("Control", "string"),
        "crlf": ("CrLf", "string"), "tab": ("Tab", "string"), "wrapped": ("Wrapped", "string"),
    ]

    private static var tool: JSONValue {
        var properties: JSONObject = ["float": ["type": "number"], "query": ["type": "string"]]
        for (name, value) in designated {
            properties[name] = ["type": .string(value.type), "x-mcp-header": .string(value.header)]
        }
        return ClientUnderTest.tool("test_custom_headers", .object(properties))
    }

    private static let arguments: JSONObject = [
        "region": "us-west1", "priority": 42, "verbose": false, "debug": true, "empty": "", "method": "test-method",
        "float": 3.14159, "non_ascii": "Hello, 世界", "padded": " padded ", "leading": " us-west1",
        "trailing": "us-west1 ", "internal": "us west 1", "control": "line1\nline2", "crlf": "line1\r\nline2",
        "tab": "\tindented", "wrapped": "=?base64?SGVsbG8=?=", "query": "SELECT * FROM users",
    ]

    /// The request of a call of the tool whose arguments travel in fields.
    private func call(_ arguments: JSONObject = arguments) async throws -> RecordedRequest {
        try await ClientUnderTest.withStatelessServer { server in
            server.expectRequest("tools/list").respond(result: ClientUnderTest.cacheable(["tools": [Self.tool]]))
            let call = server.expectRequest("tools/call").respond(result: ClientUnderTest.text("called"))
            ClientUnderTest.allowListening(server)
            try await ClientUnderTest.run(on: server) { client in
                _ = try await client.listTools()
                _ = try await client.callTool("test_custom_headers", arguments: arguments)
            }
            let request = try await call.received()
            #expect(request.params?["arguments"] == .object(arguments))
            return request
        }
    }

    @Test func `sep-2243-client-supports-custom-headers: arguments that a schema marks travel in fields`() async throws
    {
        let names = try await call().headers.map { $0.name.lowercased() }.filter { $0.hasPrefix("mcp-param-") }
        #expect(Set(names) == Set(Self.designated.map { "mcp-param-\($0.value.header.lowercased())" }))
        #expect(names.count == Self.designated.count)
    }

    @Test func `sep-2243-client-mirrors-designated-params: plain texts travel as they are, others not at all`()
        async throws
    {
        let request = try await call()
        #expect(request.header("Mcp-Param-Region") == "us-west1")
        #expect(request.header("Mcp-Param-EmptyVal")?.isEmpty == true)
        #expect(request.header("Mcp-Param-Method") == "test-method")
        #expect(request.header("Mcp-Param-Internal") == "us west 1")
        #expect(request.header("Mcp-Method") == "tools/call")
        #expect(request.header("Mcp-Param-Query") == nil && request.header("Mcp-Param-FloatVal") == nil)
    }

    @Test func `sep-2243-client-encode-values: numbers are decimal, truth values are words`() async throws {
        let request = try await call()
        #expect(request.header("Mcp-Param-Priority") == "42")
        #expect(request.header("Mcp-Param-Verbose") == "false" && request.header("Mcp-Param-Debug") == "true")
    }

    @Test func `sep-2243-client-base64-unsafe: what a field cannot carry is encoded`() async throws {
        let request = try await call()
        let expected = [
            "NonAscii": "SGVsbG8sIOS4lueVjA==", "Whitespace": "IHBhZGRlZCA=", "Leading": "IHVzLXdlc3Qx",
            "Trailing": "dXMtd2VzdDEg", "Control": "bGluZTEKbGluZTI=", "CrLf": "bGluZTENCmxpbmUy",
            "Tab": "CWluZGVudGVk", "Wrapped": "PT9iYXNlNjQ/U0dWc2JHOD0/PQ==",
        ]
        for (name, text) in expected {
            #expect(request.header("Mcp-Param-\(name)") == "=?base64?\(text)?=", "\(name)")
        }
    }

    @Test func `sep-2243-client-omit-null: an argument that is null or left out has no field`() async throws {
        let request = try await call(["region": "us-east1", "priority": 1, "verbose": nil, "query": "SELECT 1"])
        #expect(request.header("Mcp-Param-Verbose") == nil && request.header("Mcp-Param-Debug") == nil)
        #expect(request.header("Mcp-Param-Region") == "us-east1")
    }
}
