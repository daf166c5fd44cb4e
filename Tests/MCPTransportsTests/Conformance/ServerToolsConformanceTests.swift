import MCPTransports
import Testing

/// Tools and what they answer.
@Suite(.timeLimit(.minutes(1))) struct ServerToolsConformanceTests {
    typealias Revision = ConformancePeer.Revision

    private func content(_ tool: String, _ revision: Revision) async throws -> [JSONValue] {
        try await EverythingServer.run { port in
            let peer = try await ConformancePeer.connect(port, revision)
            return try #require(try await peer.call(tool)["content"]?.arrayValue)
        }
    }

    @Test(arguments: Revision.all)
    func `tools-list: every tool has a name, a description and an input schema`(revision: Revision) async throws {
        try await EverythingServer.run { port in
            let peer = try await ConformancePeer.connect(port, revision)
            let tools = try #require(try await peer.result("tools/list")["tools"]?.arrayValue)
            #expect(tools.count == EverythingServer.server.tools.count)
            for tool in tools {
                #expect(tool["name"]?.stringValue?.isEmpty == false)
                #expect(tool["description"]?.stringValue?.isEmpty == false)
                #expect(tool["inputSchema"]?["type"] == "object")
            }
        }
    }

    @Test(arguments: Revision.all)
    func `tools-name-format: the names have 1 to 64 of the characters that are allowed`(
        revision: Revision
    ) async throws {
        try await EverythingServer.run { port in
            let peer = try await ConformancePeer.connect(port, revision)
            for tool in try await peer.result("tools/list")["tools"]?.arrayValue ?? [] {
                let name = try #require(tool["name"]?.stringValue)
                #expect(try /[A-Za-z0-9_.\/-]{1,64}/.wholeMatch(in: name) != nil, "\(name)")
            }
        }
    }

    @Test func `tools-call-simple-text: a tool may be called without arguments and answers with a text`()
        async throws
    {
        for revision in Revision.all {
            try await EverythingServer.run { port in
                let peer = try await ConformancePeer.connect(port, revision)
                let result = try await peer.result("tools/call", ["name": "test_simple_text"])
                #expect(result["content"]?[0]?["type"] == "text")
                #expect(result["content"]?[0]?["text"]?.stringValue?.isEmpty == false)
            }
        }
    }

    @Test(arguments: Revision.all)
    func `tools-call-image: an image has data and a media type`(revision: Revision) async throws {
        let image = try #require(try await content("test_image_content", revision).first { $0["type"] == "image" })
        #expect(image["data"]?.stringValue == EverythingServer.image)
        #expect(image["mimeType"] == "image/png")
    }

    @Test(arguments: Revision.all)
    func `tools-call-audio: sound has data and the media type audio/wav`(revision: Revision) async throws {
        let sound = try #require(try await content("test_audio_content", revision).first { $0["type"] == "audio" })
        #expect(sound["data"]?.stringValue == EverythingServer.sound)
        #expect(sound["mimeType"] == "audio/wav")
    }

    @Test(arguments: Revision.all)
    func `tools-call-embedded-resource: an embedded resource has a URI, a media type and a text`(
        revision: Revision
    ) async throws {
        let block = try #require(
            try await content("test_embedded_resource", revision).first { $0["type"] == "resource" })
        #expect(block["resource"]?["uri"] == "test://embedded-resource")
        #expect(block["resource"]?["mimeType"] == "text/plain")
        #expect(block["resource"]?["text"]?.stringValue?.isEmpty == false)
    }

    @Test(arguments: Revision.all)
    func `tools-call-mixed-content: one answer may hold a text, an image and a resource`(
        revision: Revision
    ) async throws {
        let types = try await content("test_multiple_content_types", revision).map { $0["type"]?.stringValue }
        #expect(types == ["text", "image", "resource"])
    }

    @Test(arguments: Revision.all)
    func `tools-call-error: a tool that fails answers with isError and says why`(revision: Revision) async throws {
        try await EverythingServer.run { port in
            let peer = try await ConformancePeer.connect(port, revision)
            let result = try await peer.call("test_error_handling")
            #expect(result["isError"] == true)
            #expect(result["content"]?[0]?["text"]?.stringValue?.isEmpty == false)
        }
    }

    @Test(arguments: Revision.handshake)
    func `tools-call-with-logging: log messages arrive before the answer`(revision: Revision) async throws {
        try await EverythingServer.run { port in
            let peer = try await ConformancePeer.connect(port, revision)
            _ = try await peer.result("logging/setLevel", ["level": "debug"])
            let answer = try await peer.request("tools/call", ["name": "test_tool_with_logging"])
            #expect(answer.notifications("notifications/message").count == 3)
            #expect(answer.result?["content"] != nil)
        }
    }

    @Test(arguments: Revision.all)
    func `tools-call-with-progress: three notifications with the token of the call, growing`(
        revision: Revision
    ) async throws {
        try await EverythingServer.run { port in
            let peer = try await ConformancePeer.connect(port, revision)
            let answer = try await peer.request(
                "tools/call", ["name": "test_tool_with_progress", "_meta": ["progressToken": "progress-test-1"]])
            let told = answer.notifications("notifications/progress").map { $0["params"] }
            #expect(told.map { $0?["progressToken"] } == Array(repeating: "progress-test-1", count: 3))
            #expect(told.map { $0?["progress"]?.doubleValue } == [0, 50, 100])
            #expect(answer.result?["content"] != nil)
        }
    }
}
