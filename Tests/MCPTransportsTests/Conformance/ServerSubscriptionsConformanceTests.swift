import MCPTransports
import Testing

/// Streams of `subscriptions/listen`.
@Suite(.timeLimit(.minutes(1))) struct ServerSubscriptionsConformanceTests {
    private static let subscriptionID = "io.modelcontextprotocol/subscriptionId"

    /// Opens a stream, changes something when it is acknowledged, and gives what came up to `end`.
    private func listen(
        _ filter: JSONValue, change tools: [String], until end: String
    ) async throws -> [JSONValue] {
        try await EverythingServer.run { port in
            let peer = ConformancePeer(port: port, revision: .v20260728, capabilities: [:])
            let message = peer.message("subscriptions/listen", ["notifications": filter], id: "listening")
            let connection = try await peer.begin("POST", message)
            try await connection.wait { !Self.messages($0).isEmpty }
            for tool in tools { _ = try await peer.call(tool) }
            try await connection.wait { Self.messages($0).contains { $0["method"] == .string(end) } }
            return Self.messages(connection.text)
        }
    }

    private static func messages(_ text: String) -> [JSONValue] {
        (try? WireAnswer(text).messages) ?? []
    }

    @Test func `sep-2575-server-sends-subscription-ack: the first message says what was subscribed to`() async throws {
        let acknowledged = "notifications/subscriptions/acknowledged"
        let first = try #require(
            try await listen(["toolsListChanged": true], change: [], until: acknowledged).first)
        #expect(first["method"] == .string(acknowledged))
        #expect(first["params"]?["notifications"] == ["toolsListChanged": true])
    }

    @Test func `sep-2575-server-tags-subscription-id: every notification names the request it belongs to`()
        async throws
    {
        let messages = try await listen(
            ["toolsListChanged": true], change: ["test_trigger_tool_change"],
            until: "notifications/tools/list_changed")
        #expect(messages.count == 2)
        #expect(messages.allSatisfy { $0["params"]?["_meta"]?[Self.subscriptionID] == "listening" })
    }

    @Test func `sep-2575-server-honors-notification-filter: what was not asked for does not come`() async throws {
        let messages = try await listen(
            ["promptsListChanged": true], change: ["test_trigger_tool_change", "test_trigger_prompt_change"],
            until: "notifications/prompts/list_changed")
        #expect(!messages.contains { $0["method"] == "notifications/tools/list_changed" })
    }

    @Test func `sep-2575-server-sends-prompts-list-changed-on-subscription: another list of prompts is announced`()
        async throws
    {
        let messages = try await listen(
            ["promptsListChanged": true], change: ["test_trigger_prompt_change"],
            until: "notifications/prompts/list_changed")
        #expect(messages.count == 2)
    }

    @Test func `sep-2575-server-sends-tools-list-changed-on-subscription: another list of tools is announced`()
        async throws
    {
        let messages = try await listen(
            ["toolsListChanged": true], change: ["test_trigger_tool_change"],
            until: "notifications/tools/list_changed")
        #expect(messages.count == 2)
    }
}
