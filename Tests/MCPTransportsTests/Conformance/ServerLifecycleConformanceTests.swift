import MCPTransports
import Testing

/// Opening and ending a session, and what may be asked at any time.
@Suite(.timeLimit(.minutes(1))) struct ServerLifecycleConformanceTests {
    typealias Revision = ConformancePeer.Revision

    @Test(arguments: Revision.handshake)
    func `server-initialize: the handshake names revision, capabilities and server`(revision: Revision) async throws {
        try await EverythingServer.run { port in
            let peer = try await ConformancePeer.connect(port, revision)
            let result = try #require(peer.handshake?.result)
            #expect(result["protocolVersion"] == .string(revision.rawValue))
            #expect(result["serverInfo"]?["name"] == "everything")
            #expect(result["serverInfo"]?["version"] == "1.0.0")
            #expect(result["capabilities"]?["tools"]?.objectValue != nil)
        }
    }

    @Test(arguments: Revision.handshake)
    func `server-session-id-visible-ascii: the session id has characters from 0x21 to 0x7E`(
        revision: Revision
    ) async throws {
        try await EverythingServer.run { port in
            let id = try #require(try await ConformancePeer.connect(port, revision).sessionID)
            #expect(!id.isEmpty && id.utf8.allSatisfy { (0x21...0x7E).contains($0) })
        }
    }

    @Test(arguments: [Revision.v20250326] + Revision.handshake)
    func `server-session-initialized-accepted: the initialized notification is accepted on the new session`(
        revision: Revision
    ) async throws {
        try await EverythingServer.run { port in
            let peer = try await ConformancePeer.connect(port, revision)
            let answer = try await peer.post(["jsonrpc": "2.0", "method": "notifications/initialized"])
            #expect(answer.status == 202 && answer.body.isEmpty)
        }
    }

    @Test(arguments: [Revision.v20250326] + Revision.handshake)
    func `server-session-delete-accepted: DELETE ends the session`(revision: Revision) async throws {
        try await EverythingServer.run { port in
            let peer = try await ConformancePeer.connect(port, revision)
            let answer = try await WireAnswer(peer.begin("DELETE").waitForEnd())
            #expect((200..<300).contains(answer.status))
        }
    }

    @Test(arguments: [Revision.v20250326] + Revision.handshake)
    func `server-session-terminated-returns-404: a request of an ended session is not found`(
        revision: Revision
    ) async throws {
        try await EverythingServer.run { port in
            let peer = try await ConformancePeer.connect(port, revision)
            try await peer.begin("DELETE").waitForEnd()
            #expect(try await peer.request("tools/list").status == 404)
        }
    }

    @Test(arguments: Revision.handshake)
    func `ping: the answer is an empty object`(revision: Revision) async throws {
        try await EverythingServer.run { port in
            let peer = try await ConformancePeer.connect(port, revision)
            #expect(try await peer.result("ping") == [:])
        }
    }

    @Test(arguments: Revision.handshake)
    func `logging-set-level: the answer is an empty object`(revision: Revision) async throws {
        try await EverythingServer.run { port in
            let peer = try await ConformancePeer.connect(port, revision)
            #expect(try await peer.result("logging/setLevel", ["level": "info"]) == [:])
        }
    }

    @Test(arguments: Revision.all)
    func `completion-complete: an argument of a prompt is completed with a list of values`(
        revision: Revision
    ) async throws {
        try await EverythingServer.run { port in
            let peer = try await ConformancePeer.connect(port, revision)
            let params: JSONObject = [
                "ref": ["type": "ref/prompt", "name": "test_prompt_with_arguments"],
                "argument": ["name": "arg1", "value": "par"],
            ]
            let values = try await peer.result("completion/complete", params)["completion"]?["values"]
            #expect(values == ["paris", "park", "party"])
        }
    }
}
