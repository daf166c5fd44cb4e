import Testing

@testable import MCPTransports

@Suite(.timeLimit(.minutes(1))) struct SubscriptionTests {
    private static let listen = StatelessPost(
        id: "l1", method: "subscriptions/listen",
        params: [
            "notifications": [
                "toolsListChanged": true, "promptsListChanged": false,
                "resourceSubscriptions": ["demo://a", "demo://b"],
            ]
        ])

    @Test func `Only what was asked for and is promised is honoured`() throws {
        let all = try SubscriptionFilter(Self.listen.params, honouring: .all)
        #expect(all.json == ["toolsListChanged": true, "resourceSubscriptions": ["demo://a", "demo://b"]])
        #expect(all.matches(.tools) && all.matches(.resource(uri: "demo://b")))
        #expect(!all.matches(.prompts) && !all.matches(.resources) && !all.matches(.resource(uri: "demo://c")))
        #expect(try SubscriptionFilter(Self.listen.params, honouring: .promptsListChanged).json == [:])
        for wrong in [[:], ["notifications": []], ["notifications": ["toolsListChanged": 1]]] as [JSONObject] {
            #expect(throws: MCPError.self) { try SubscriptionFilter(wrong, honouring: .all) }
        }
    }

    @Test func `A listener is told what is honoured, then what changes, and in the end that it is over`() async throws {
        let server = MCPServer(
            name: "s", version: "1", resources: [Resource(uri: "demo://a", name: "a") { _ in [] }],
            announces: [.toolsListChanged, .resourceUpdated])
        let stream = try await withTransport(server) { transport, port in
            let stream = try await RawConnection(port: port)
            try await stream.post(Self.listen)
            let opening = try await stream.wait(for: "\n\n")
            #expect(opening.contains("notifications/subscriptions/acknowledged"))
            #expect(opening.contains(#""io.modelcontextprotocol/subscriptionId":"l1""#))
            #expect(transport.notifyPromptsListChanged() == 0)
            #expect(transport.notifyToolsListChanged() == 1)
            #expect(transport.notifyResourceUpdated("demo://c") == 0)
            #expect(transport.notifyResourceUpdated("demo://b") == 1)
            try await stream.wait(for: #""uri":"demo://b","_meta":{"io.modelcontextprotocol/subscriptionId":"l1"}"#)
            return stream
        }
        let text = try await stream.waitForEnd()
        #expect(text.contains("notifications/tools/list_changed"))
        #expect(text.contains(#""id":"l1","result":{"_meta":{"io.modelcontextprotocol/subscriptionId":"l1""#))
        #expect(text.hasSuffix("0\r\n\r\n"))
    }

    @Test func `A listener that goes is forgotten`() async throws {
        try await withTransport(MCPServer(name: "s", version: "1", announces: .all)) { transport, port in
            let stream = try await RawConnection(port: port)
            try await stream.post(Self.listen)
            try await stream.wait(for: "acknowledged")
            #expect(transport.listenerCount == 1)
            try await stream.close()
            while transport.listenerCount > 0 { await Task.yield() }
        }
    }
}
