import MCPTransports
import MCPTransportsTestKit
import Testing

/// Every message that either side sends is one of the protocol.
@Suite(.timeLimit(.minutes(1))) struct WireShapeConformanceTests {
    typealias Revision = ConformancePeer.Revision

    static let readings: [(String, JSONObject)] = [
        ("tools/list", [:]), ("prompts/list", [:]), ("resources/list", [:]), ("resources/templates/list", [:]),
        ("resources/read", ["uri": "test://static-text"]), ("resources/read", ["uri": "test://static-binary"]),
        ("resources/read", ["uri": "test://template/1/data"]), ("resources/read", ["uri": "test://missing"]),
        ("prompts/get", ["name": "test_prompt_with_image"]), ("prompts/get", ["name": "test_simple_prompt"]),
        (
            "prompts/get",
            ["name": "test_prompt_with_embedded_resource", "arguments": ["resourceUri": "test://x"]]
        ),
        (
            "completion/complete",
            [
                "ref": ["type": "ref/prompt", "name": "test_prompt_with_arguments"],
                "argument": ["name": "arg1", "value": "p"],
            ]
        ),
        ("ping", [:]), ("logging/setLevel", ["level": "debug"]), ("server/discover", [:]), ("unknown/method", [:]),
        ("resources/subscribe", ["uri": "test://static-text"]),
        ("resources/unsubscribe", ["uri": "test://static-text"]),
    ]

    /// What is wrong with the messages of a response to a request of this method.
    private func problems(_ answer: WireAnswer, of method: String, id: JSONValue, _ revision: Revision) -> [String] {
        answer.messages.flatMap { message in
            WireShape.constant("2.0").problems(of: message["jsonrpc"], at: "jsonrpc")
                + {
                    if let asked = message["method"]?.stringValue {
                        return Self.params(of: asked).problems(of: message["params"] ?? [:], at: asked)
                    }
                    let own = WireShape.constant(id).problems(of: message["id"], at: "id")
                    if let error = message["error"] { return own + WireShapes.error.problems(of: error, at: "error") }
                    return own + Self.result(of: method, message["result"], revision).problems(of: message["result"])
                }()
        }
    }

    private static func params(of method: String) -> WireShape { WireShapes.params[method] ?? .object([:]) }

    private static func result(of method: String, _ result: JSONValue?, _ revision: Revision) -> WireShape {
        let shape = WireShapes.results[method] ?? .constant("no method")
        guard revision == .v20260728 else { return shape }
        guard result?["resultType"] != "input_required" else { return WireShapes.inputRequired }
        return WireShapes.stateless(shape, of: method)
    }

    @Test(arguments: Revision.all, AnswerForm.allCases)
    func `wire-schema-valid: what a server says has the shape that the revision wants`(
        revision: Revision, form: AnswerForm
    ) async throws {
        try await EverythingServer.run(.init(answerForm: form, retention: EventRetention())) { port in
            let peer = try await ConformancePeer.connect(port, revision, capabilities: [:])
            if let handshake = peer.handshake {
                #expect(problems(handshake, of: "initialize", id: 0, revision) == [])
            }
            let tools = EverythingServer.server.tools.map { tool -> (String, JSONObject) in
                ("tools/call", ["name": .string(tool.name), "_meta": ["progressToken": "p"]])
            }
            for (number, (method, params)) in (Self.readings + tools).enumerated() {
                let id: JSONValue = number.isMultiple(of: 2) ? .integer(Int64(number)) : .string("id-\(number)")
                let answer = try await peer.request(method, params, id: id)
                #expect(answer.status == 200 || answer.error != nil, "\(method) \(params)")
                #expect(problems(answer, of: method, id: id, revision) == [], "\(method) \(params)")
            }
        }
    }

    @Test func `wire-schema-valid: questions of a server have the shape that the revision wants`() async throws {
        try await EverythingServer.run { port in
            for revision in Revision.handshake {
                let peer = try await ConformancePeer.connect(port, revision)
                for (tool, method) in [
                    ("test_sampling", "sampling/createMessage"), ("test_elicitation", "elicitation/create"),
                ] {
                    let arguments: JSONObject = ["prompt": "p", "message": "m"]
                    let (question, answer) = try await peer.call(
                        tool, arguments, answering: method, with: ["action": "decline"])
                    #expect(Self.params(of: method).problems(of: question["params"]) == [])
                    #expect(problems(answer, of: "tools/call", id: 1, revision) == [])
                }
            }
            let peer = try await ConformancePeer.connect(port, .v20260728)
            let result = try await peer.call("test_input_required_result_multiple_inputs")
            for request in result["inputRequests"]?.objectValue?.members ?? [] {
                let method = try #require(request.value["method"]?.stringValue)
                #expect(Self.params(of: method).problems(of: request.value["params"] ?? [:]) == [])
            }
        }
    }

    /// Lets a client do all it can, and holds what it sent against the shapes.
    private func expectProper(_ server: ScriptedServer) async throws {
        for (method, key) in [
            ("tools/list", "tools"), ("prompts/list", "prompts"), ("resources/list", "resources"),
            ("resources/templates/list", "resourceTemplates"), ("resources/read", "contents"),
            ("prompts/get", "messages"), ("tools/call", "content"),
        ] { server.expectRequest(method).respond(result: ClientUnderTest.cacheable([key: .array([])])) }
        server.expectRequest("completion/complete")
            .respond(result: ClientUnderTest.cacheable(["completion": ["values": []]]))
        ClientUnderTest.allowListening(server)
        try await ClientUnderTest.run(on: server) { client in
            _ = try await client.listTools()
            _ = try await client.listPrompts()
            _ = try await client.listResources()
            _ = try await client.listResourceTemplates()
            _ = try await client.readResource("test://x")
            _ = try await client.getPrompt("p", arguments: ["a": "b"])
            _ = try await client.callTool("t", arguments: ["a": 1]) { _ in }
            _ = try await client.complete(.resource("test://{x}"), argument: "x", value: "")
        }
        for request in server.requests where request.method == "POST" {
            let message = try #require(request.json)
            #expect(message["jsonrpc"] == "2.0")
            let method = try #require(message["method"]?.stringValue)
            #expect(Self.params(of: method).problems(of: message["params"] ?? [:], at: method) == [])
            let isNotification = method.hasPrefix("notifications/")
            #expect(isNotification == (message["id"] == nil))
            if !isNotification { #expect(message["id"]?.intValue != nil || message["id"]?.stringValue != nil) }
        }
    }

    @Test func `wire-schema-valid: what a client says has the shape that the revision wants`() async throws {
        try await ClientUnderTest.withSessionServer { try await expectProper($0) }
        try await ClientUnderTest.withStatelessServer { try await expectProper($0) }
    }
}
