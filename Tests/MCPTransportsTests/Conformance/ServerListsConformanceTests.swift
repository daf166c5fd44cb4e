import MCPTransports
import Testing

/// Resources and prompts.
@Suite(.timeLimit(.minutes(1))) struct ServerListsConformanceTests {
    typealias Revision = ConformancePeer.Revision

    private func result(_ revision: Revision, _ method: String, _ params: JSONObject = [:]) async throws -> JSONValue {
        try await EverythingServer.run { port in
            try await ConformancePeer.connect(port, revision).result(method, params)
        }
    }

    @Test(arguments: Revision.all)
    func `resources-list: every resource has a URI and a name`(revision: Revision) async throws {
        let resources = try #require(try await result(revision, "resources/list")["resources"]?.arrayValue)
        #expect(resources.count == EverythingServer.resources.count)
        for resource in resources {
            #expect(resource["uri"]?.stringValue?.isEmpty == false)
            #expect(resource["name"]?.stringValue?.isEmpty == false)
        }
    }

    @Test(arguments: Revision.all)
    func `resources-read-text: contents have a URI, a media type and a text`(revision: Revision) async throws {
        let contents = try await result(revision, "resources/read", ["uri": "test://static-text"])["contents"]?[0]
        #expect(contents?["uri"] == "test://static-text")
        #expect(contents?["mimeType"] == "text/plain")
        #expect(contents?["text"]?.stringValue?.isEmpty == false)
    }

    @Test(arguments: Revision.all)
    func `resources-read-binary: contents have a URI, a media type and a blob`(revision: Revision) async throws {
        let contents = try await result(revision, "resources/read", ["uri": "test://static-binary"])["contents"]?[0]
        #expect(contents?["uri"] == "test://static-binary")
        #expect(contents?["mimeType"] == "image/png")
        #expect(contents?["blob"]?.stringValue == EverythingServer.image)
    }

    @Test(arguments: Revision.all)
    func `resources-templates-read: a URI of a template fills the template's variable`(
        revision: Revision
    ) async throws {
        let contents = try await result(
            revision, "resources/read", ["uri": "test://template/123/data"])["contents"]?[0]
        #expect(contents?["uri"] == "test://template/123/data")
        #expect(contents?["text"]?.stringValue?.contains("123") == true)
    }

    @Test(arguments: Revision.all)
    func `prompts-list: every prompt has a name and a description`(revision: Revision) async throws {
        let prompts = try #require(try await result(revision, "prompts/list")["prompts"]?.arrayValue)
        #expect(prompts.count == EverythingServer.prompts.count)
        for prompt in prompts {
            #expect(prompt["name"]?.stringValue?.isEmpty == false)
            #expect(prompt["description"]?.stringValue?.isEmpty == false)
        }
    }

    @Test(arguments: Revision.all)
    func `prompts-get-simple: a prompt without arguments has messages with role and content`(
        revision: Revision
    ) async throws {
        let messages = try #require(
            try await result(revision, "prompts/get", ["name": "test_simple_prompt"])["messages"]?.arrayValue)
        #expect(messages.count == 1)
        #expect(messages.first?["role"] == "user")
        #expect(messages.first?["content"]?["type"] == "text")
    }

    @Test(arguments: Revision.all)
    func `prompts-get-with-args: arguments are put into the prompt`(revision: Revision) async throws {
        let result = try await result(
            revision, "prompts/get",
            ["name": "test_prompt_with_arguments", "arguments": ["arg1": "testValue1", "arg2": "testValue2"]])
        let text = try #require(result["messages"]?[0]?["content"]?["text"]?.stringValue)
        #expect(text.contains("testValue1") && text.contains("testValue2"))
    }

    @Test(arguments: Revision.all)
    func `prompts-get-embedded-resource: a prompt may embed the resource it was asked for`(
        revision: Revision
    ) async throws {
        let result = try await result(
            revision, "prompts/get",
            [
                "name": "test_prompt_with_embedded_resource",
                "arguments": ["resourceUri": "test://example-resource"],
            ])
        let content = result["messages"]?[0]?["content"]
        #expect(content?["type"] == "resource")
        #expect(content?["resource"]?["uri"] == "test://example-resource")
    }

    @Test(arguments: Revision.all)
    func `prompts-get-with-image: a prompt may hold an image`(revision: Revision) async throws {
        let result = try await result(revision, "prompts/get", ["name": "test_prompt_with_image"])
        let content = result["messages"]?[0]?["content"]
        #expect(content?["type"] == "image")
        #expect(content?["data"]?.stringValue == EverythingServer.image)
        #expect(content?["mimeType"] == "image/png")
    }

    @Test(arguments: Revision.handshake)
    func `resources-subscribe: a subscription is answered with an empty object and brings updates`(
        revision: Revision
    ) async throws {
        try await EverythingServer.run { port in
            let peer = try await ConformancePeer.connect(port, revision)
            let listening = try await peer.begin(
                "GET", nil, peer.fields().merging(["Accept": "text/event-stream"]) { $1 })
            try await listening.wait(for: "200 OK")
            let subscribed = try await peer.result("resources/subscribe", ["uri": "test://watched-resource"])
            #expect(subscribed == [:])
            _ = try await peer.call("test_trigger_resource_update")
            let heard = try await listening.wait(for: "test://watched-resource")
            #expect(heard.contains("notifications/resources/updated"))
        }
    }

    @Test(arguments: Revision.handshake)
    func `resources-unsubscribe: the end of a subscription is answered with an empty object and ends updates`(
        revision: Revision
    ) async throws {
        try await EverythingServer.run { port in
            let peer = try await ConformancePeer.connect(port, revision)
            let listening = try await peer.begin(
                "GET", nil, peer.fields().merging(["Accept": "text/event-stream"]) { $1 })
            try await listening.wait(for: "200 OK")
            _ = try await peer.result("resources/subscribe", ["uri": "test://watched-resource"])
            let unsubscribed = try await peer.result("resources/unsubscribe", ["uri": "test://watched-resource"])
            #expect(unsubscribed == [:])
            _ = try await peer.call("test_trigger_resource_update")
            _ = try await peer.call("test_trigger_tool_change")
            let heard = try await listening.wait(for: "notifications/tools/list_changed")
            #expect(!heard.contains("notifications/resources/updated"))
        }
    }
}
