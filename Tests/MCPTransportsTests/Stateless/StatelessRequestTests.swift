import Testing

@testable import MCPTransports

@Suite struct StatelessRequestTests {
    private func code(_ change: (inout StatelessPost) -> Void) -> Int? {
        var post = StatelessPost.call("echo")
        change(&post)
        do {
            _ = try post.read()
            return nil
        } catch let rejection as StatelessRequest.Rejection {
            #expect(rejection.status == 400)
            #expect(rejection.id == RequestID(post.id))
            return rejection.error.code
        } catch {
            return 0
        }
    }

    @Test func `A request that agrees with its header fields is read whole`() throws {
        var post = StatelessPost.call("echo", ["text": "hi"])
        post.meta[MetaKey.clientInfo] = ["name": "c", "version": "2"]
        post.meta[MetaKey.logLevel] = "warning"
        post.meta["progressToken"] = "p"
        let request = try post.read()
        #expect(request.client?.name == "c")
        #expect(request.logLevel == .warning)
        #expect(request.progressToken == "p")
        #expect(request.revision == .v20260728)
    }

    @Test func `Required members of _meta that are missing are invalid parameters`() {
        #expect(code { $0.meta = [:] } == -32602)
        #expect(code { $0.meta[MetaKey.protocolVersion] = nil } == -32602)
        #expect(code { $0.meta[MetaKey.clientCapabilities] = nil } == -32602)
        #expect(code { $0.meta[MetaKey.clientCapabilities] = "all" } == -32602)
        #expect(code { $0.meta[MetaKey.logLevel] = "loud" } == -32602)
        #expect(code { $0.meta[MetaKey.clientInfo] = nil } == nil)
    }

    @Test func `Header fields that are missing or say something else are a mismatch`() {
        for name in ["mcp-protocol-version", "mcp-method", "mcp-name"] {
            #expect(code { $0.headers[name] = .some(nil) } == -32020, "\(name)")
            #expect(code { $0.headers[name] = "other" } == -32020, "\(name)")
        }
        #expect(code { $0.headers["mcp-method"] = "TOOLS/CALL" } == -32020)
        #expect(code { $0.headers["mcp-name"] = "=?base64?broken?=" } == -32020)
        #expect(code { $0.headers["mcp-name"] = "=?base64?ZWNobw==?=" } == nil)
        #expect(code { $0.headers["mcp-protocol-version"] = "2025-11-25" } == -32020)
    }

    @Test func `A field that is there twice is a mismatch even when both agree`() throws {
        let post = StatelessPost.call("echo")
        let twice = HTTPRequest(
            method: "POST", target: "/", fields: post.request.fields + [.init(name: "mcp-method", value: "tools/call")])
        #expect {
            _ = try StatelessRequest(twice, id: .integer(1), method: "tools/call", params: post.json["params"])
        } throws: { ($0 as? StatelessRequest.Rejection)?.error.code == -32020 }
    }

    @Test func `A revision that is not spoken is told which ones are`() {
        var post = StatelessPost()
        post.meta[MetaKey.protocolVersion] = "2099-01-01"
        #expect {
            _ = try post.read()
        } throws: { error in
            (error as? StatelessRequest.Rejection)?.error.data
                == ["supported": ["2026-07-28"], "requested": "2099-01-01"]
        }
    }

    @Test func `A request is known by its body, or by a revision without a handshake in its head`() {
        #expect(StatelessRequest.isMeant(by: HTTPRequest(method: "POST", target: "/"), StatelessPost().json))
        for (version, isStateless) in [("2026-07-28", true), ("2099-01-01", true), ("2025-11-25", false)] {
            let field = HTTPRequest.Field(name: "mcp-protocol-version", value: version)
            let request = HTTPRequest(method: "POST", target: "/", fields: [field])
            #expect(StatelessRequest.isMeant(by: request, [:]) == isStateless)
        }
    }
}
