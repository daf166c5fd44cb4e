import Testing

@testable import MCPTransports

@Suite struct RouterTests {
    static let accept = ["accept": "application/json, text/event-stream", "content-type": "application/json"]

    private func outcome(
        _ method: String, _ target: String, _ fields: [String: String] = [:],
        dialects: Set<HTTPDialect> = HTTPDialect.standard, access: SSEServerTransport.Access = .init()
    ) -> (route: Router.Route?, status: Int?) {
        let router = Router(
            dialects: dialects, paths: .init(broadcastStream: "/all/sse", broadcastMessages: "/all"),
            access: AccessGuard(access: access))
        let all = ["host": "localhost:6490"].merging(fields) { $1 }
        let request = HTTPRequest(
            method: method, target: target, fields: all.map { HTTPRequest.Field(name: $0.key, value: $0.value) })
        do {
            return (try router.route(request), nil)
        } catch {
            return (nil, error.response.status)
        }
    }

    @Test func `Each dialect has its routes`() {
        #expect(outcome("GET", "/sse").route == .openEventStream)
        let message = outcome("POST", "/messages/?session_id=ab12", ["content-type": "application/json"])
        #expect(message.route == .message(sessionID: "ab12"))
        #expect(outcome("POST", "/mcp", Self.accept).route == .post(sessionID: nil))
        let session = ["mcp-session-id": "s"]
        #expect(outcome("POST", "/mcp/", Self.accept.merging(session) { $1 }).route == .post(sessionID: "s"))
        let listening = ["accept": "text/event-stream", "mcp-session-id": "s", "last-event-id": "0_1"]
        #expect(outcome("GET", "/mcp", listening).route == .listen(sessionID: "s", lastEventID: "0_1"))
        #expect(outcome("DELETE", "/mcp", session).route == .delete(sessionID: "s"))
    }

    @Test func `A path of a dialect that is not served is not found`() {
        #expect(outcome("GET", "/sse", dialects: [.streamable]).status == 404)
        #expect(outcome("POST", "/mcp", Self.accept, dialects: [.httpSSE]).status == 404)
        #expect(outcome("GET", "/").status == 404)
    }

    @Test func `Methods that mean nothing are not allowed`() {
        #expect(outcome("PUT", "/mcp").status == 405)
        #expect(outcome("POST", "/sse").status == 405)
        #expect(outcome("GET", "/messages/").status == 405)
    }

    @Test func `Streamable HTTP demands both media types, JSON, and a session to listen or delete`() {
        #expect(
            outcome("POST", "/mcp", ["accept": "application/json", "content-type": "application/json"]).status == 406)
        #expect(outcome("POST", "/mcp", ["accept": "*/*", "content-type": "text/plain"]).status == 415)
        #expect(outcome("GET", "/mcp", ["accept": "application/json", "mcp-session-id": "s"]).status == 406)
        #expect(outcome("GET", "/mcp", ["accept": "text/event-stream"]).status == 400)
        #expect(outcome("DELETE", "/mcp").status == 400)
    }

    @Test func `An unknown version is refused in a session and left to the handshake without one`() {
        let unknown = Self.accept.merging(["mcp-protocol-version": "2099-01-01"]) { $1 }
        let inSession = unknown.merging(["mcp-session-id": "s"]) { $1 }
        #expect(outcome("POST", "/mcp", inSession, dialects: [.streamable]).status == 400)
        #expect(outcome("POST", "/mcp", unknown).route == .post(sessionID: nil))
        for revision in ProtocolRevision.handshake {
            let known = Self.accept.merging(["mcp-session-id": "s", "mcp-protocol-version": revision.rawValue]) { $1 }
            #expect(outcome("POST", "/mcp", known).route == .post(sessionID: "s"))
        }
    }

    @Test func `A request that names a revision without sessions has none, and POST is its only method`() {
        let stateless = Self.accept.merging(["mcp-session-id": "s", "mcp-protocol-version": "2026-07-28"]) { $1 }
        #expect(outcome("POST", "/mcp", stateless).route == .post(sessionID: nil))
        #expect(outcome("GET", "/mcp", stateless).status == 405)
        #expect(outcome("DELETE", "/mcp", stateless).status == 405)
        for method in ["GET", "DELETE"] {
            #expect(outcome(method, "/mcp", ["mcp-session-id": "s"], dialects: [.stateless]).status == 405)
        }
    }

    @Test func `The paths of the broadcast dialect may be two or one`() {
        let json = ["content-type": "application/json"]
        #expect(outcome("GET", "/all/sse", dialects: [.broadcast]).route == .broadcastListen)
        #expect(outcome("POST", "/all", json, dialects: [.broadcast]).route == .broadcastMessage)
        #expect(outcome("POST", "/all", dialects: [.broadcast]).status == 415)
        #expect(outcome("GET", "/all", dialects: [.broadcast]).status == 405)
        #expect(outcome("POST", "/all/sse", json, dialects: [.broadcast]).status == 405)
        #expect(outcome("GET", "/all/sse").status == 404)
    }

    @Test func `HTTP+SSE messages need a session and JSON`() {
        #expect(outcome("POST", "/messages/", ["content-type": "application/json"]).status == 400)
        #expect(outcome("POST", "/messages/?session_id=a", ["content-type": "text/plain"]).status == 415)
    }

    @Test(arguments: ["localhost", "LOCALHOST:80", "127.0.0.1:6490", "[::1]:6490", "[::1]", "inspect.example:1"])
    func `Loopback names and allowed ones pass as Host`(host: String) {
        #expect(outcome("GET", "/sse", ["host": host], access: .init(hosts: ["Inspect.example"])).route != nil)
    }

    @Test(arguments: ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "[::1]x", "", "[::2]"])
    func `Any other Host is misdirected`(host: String) {
        #expect(outcome("GET", "/sse", ["host": host]).status == 421)
    }

    @Test func `An Origin is loopback or allowed, or the request is forbidden`() {
        let access = SSEServerTransport.Access(origins: ["https://inspect.example"])
        for origin in ["http://localhost:3000", "https://127.0.0.1", "http://[::1]:1", "https://inspect.example"] {
            #expect(outcome("GET", "/sse", ["origin": origin], access: access).route != nil, "\(origin)")
        }
        for origin in ["null", "http://evil.example", "http://localhost.evil.example", "file://localhost", ""] {
            #expect(outcome("GET", "/sse", ["origin": origin], access: access).status == 403, "\(origin)")
        }
    }
}
