/// JSON-RPC messages as text.
enum RPC {
    static func request(_ id: String, _ method: String, _ params: String = "{}") -> String {
        #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(params)}"#
    }

    static func notification(_ method: String, _ params: String = "{}") -> String {
        #"{"jsonrpc":"2.0","method":"\#(method)","params":\#(params)}"#
    }

    static func result(_ id: String, _ result: String = "{}") -> String {
        #"{"jsonrpc":"2.0","id":\#(id),"result":\#(result)}"#
    }

    static func error(_ id: String?, _ code: Int) -> String {
        let idPart = id.map { #""id":\#($0),"# } ?? ""
        return #"{"jsonrpc":"2.0",\#(idPart)"error":{"code":\#(code),"message":"no"}}"#
    }

    static func initialize(_ id: String = "0", client: String = "demo", revision: String = "2025-11-25") -> String {
        let info = #"{"name":"\#(client)","version":"1.2"}"#
        return request(
            id, "initialize", #"{"protocolVersion":"\#(revision)","capabilities":{},"clientInfo":\#(info)}"#)
    }

    static func initialized(_ id: String = "0", revision: String = "2025-11-25") -> String {
        result(
            id,
            #"{"protocolVersion":"\#(revision)","capabilities":{},"serverInfo":{"name":"srv","version":"9"}}"#)
    }

    static func call(_ id: String, _ tool: String = "echo", token: String? = nil) -> String {
        let meta = token.map { #","_meta":{"progressToken":\#($0)}"# } ?? ""
        return request(id, "tools/call", #"{"name":"\#(tool)","arguments":{}\#(meta)}"#)
    }

    static func cancelled(_ id: String) -> String {
        notification("notifications/cancelled", #"{"requestId":\#(id)}"#)
    }

    static func progress(_ token: String) -> String {
        notification("notifications/progress", #"{"progressToken":\#(token),"progress":1}"#)
    }

    static let ready = notification("notifications/initialized")
}

extension Play {
    /// A streamable session with an id, initialized on the connection.
    mutating func begin(_ connection: UInt32, session: String?, path: String = "/mcp", client: String = "demo") {
        let first = post(connection, path, RPC.initialize(client: client))
        answer(first, 200, RPC.initialized(), session.map { [("mcp-session-id", $0)] } ?? [])
        accept(post(connection, path, RPC.ready, session: session))
    }

    /// An HTTP+SSE session initialized: its stream on one connection, its POSTs on another. Returns the stream.
    mutating func beginSSE(_ connection: UInt32, _ posts: UInt32, session: String, client: String = "demo") -> UInt32 {
        let home = get(connection, "/sse")
        stream(home)
        event(home, "/messages/?session_id=\(session)", type: "endpoint")
        accept(postSSE(posts, session, RPC.initialize(client: client, revision: "2024-11-05")))
        event(home, RPC.initialized(revision: "2024-11-05"), type: "message")
        accept(postSSE(posts, session, RPC.ready))
        return home
    }

    mutating func postSSE(_ connection: UInt32, _ session: String, _ body: String) -> UInt32 {
        post(connection, "/messages/?session_id=\(session)", body)
    }
}
