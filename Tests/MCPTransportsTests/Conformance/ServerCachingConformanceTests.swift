import MCPTransports
import Testing

/// How long results may be kept, and what is said of a resource that is not there.
@Suite(.timeLimit(.minutes(1))) struct ServerCachingConformanceTests {
    private static let cacheable: [(String, JSONObject)] = [
        ("tools/list", [:]), ("prompts/list", [:]), ("resources/list", [:]), ("resources/templates/list", [:]),
        ("resources/read", ["uri": "test://static-text"]), ("server/discover", [:]),
    ]

    private func result(_ method: String, _ params: JSONObject = [:]) async throws -> JSONValue {
        try await EverythingServer.run { port in
            try await ConformancePeer.connect(port, .v20260728).result(method, params)
        }
    }

    private func expectHints(_ method: String, _ params: JSONObject = [:]) async throws {
        let result = try await result(method, params)
        #expect(result["ttlMs"] != nil && result["cacheScope"] != nil)
    }

    @Test func `sep-2549-tools-list-caching-hints: the list of tools says how long it may be kept`() async throws {
        try await expectHints("tools/list")
    }

    @Test func `sep-2549-prompts-list-caching-hints: the list of prompts says how long it may be kept`() async throws {
        try await expectHints("prompts/list")
    }

    @Test func `sep-2549-resources-list-caching-hints: the list of resources says how long it may be kept`()
        async throws
    {
        try await expectHints("resources/list")
    }

    @Test func `sep-2549-resources-templates-list-caching-hints: that of templates says how long it may be kept`()
        async throws
    {
        try await expectHints("resources/templates/list")
    }

    @Test func `sep-2549-resources-read-caching-hints: contents say how long they may be kept`() async throws {
        try await expectHints("resources/read", ["uri": "test://static-text"])
    }

    @Test func `sep-2549-ttl-non-negative: the time is a whole number of milliseconds, never negative`() async throws {
        for (method, params) in Self.cacheable {
            guard case .integer(let time)? = try await result(method, params)["ttlMs"] else {
                Issue.record("\(method) has no whole number")
                continue
            }
            #expect(time >= 0)
        }
        var server = EverythingServer.server
        server.caching = CachePolicy(timeToLive: .seconds(-5))
        try await withHost(server) { port in
            let peer = try await ConformancePeer.connect(port, .v20260728)
            #expect(try await peer.result("tools/list")["ttlMs"] == 0)
        }
    }

    @Test func `sep-2549-cache-scope-valid: the scope is public or private`() async throws {
        for (method, params) in Self.cacheable {
            #expect(try await result(method, params)["cacheScope"] == "private")
        }
        var server = EverythingServer.server
        server.caching = CachePolicy(timeToLive: .seconds(5), isShared: true)
        try await withHost(server) { port in
            let peer = try await ConformancePeer.connect(port, .v20260728)
            #expect(try await peer.result("tools/list")["cacheScope"] == "public")
        }
    }

    private static let missing = "test://nonexistent-resource"

    private func readMissing() async throws -> WireAnswer {
        try await EverythingServer.run { port in
            let peer = try await ConformancePeer.connect(port, .v20260728)
            return try await peer.request("resources/read", ["uri": .string(Self.missing)])
        }
    }

    @Test func `sep-2164-no-empty-contents: a resource that is not there has no result`() async throws {
        let answer = try await readMissing()
        #expect(answer.result == nil && answer.error != nil)
    }

    @Test func `sep-2164-error-code: a resource that is not there is an invalid parameter`() async throws {
        #expect(try await readMissing().errorCode == -32602)
    }

    @Test func `sep-2164-data-uri: the error says which resource it is about`() async throws {
        #expect(try await readMissing().error?["data"]?["uri"] == .string(Self.missing))
    }
}
