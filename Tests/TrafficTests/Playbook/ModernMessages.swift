/// Messages of the revision without sessions as text. (MCP 2026-07-28)
enum Modern {
    static let prefix = "io.modelcontextprotocol/"

    static func meta(client: String? = "demo", revision: String? = "2026-07-28") -> String {
        let parts = [
            revision.map { #""\#(prefix)protocolVersion":"\#($0)""# },
            client.map { #""\#(prefix)clientInfo":{"name":"\#($0)","version":"2"}"# },
            #""\#(prefix)clientCapabilities":{}"#,
        ]
        return #""_meta":{\#(parts.compactMap { $0 }.joined(separator: ","))}"#
    }

    /// `more`: further members of the parameters, each with a comma before it.
    static func request(
        _ id: String, _ method: String, _ more: String = "", client: String? = "demo",
        revision: String? = "2026-07-28"
    ) -> String {
        RPC.request(id, method, "{\(meta(client: client, revision: revision))\(more)}")
    }

    static func discover(_ id: String = "0", client: String? = "demo") -> String {
        request(id, "server/discover", client: client)
    }

    static func call(_ id: String, _ tool: String = "echo", _ more: String = "", client: String? = "demo") -> String {
        request(id, "tools/call", #","name":"\#(tool)","arguments":{"a":1,"b":[true]}\#(more)"#, client: client)
    }

    static func listen(_ id: String = #""l1""#) -> String {
        request(id, "subscriptions/listen", #","notifications":{"toolsListChanged":true}"#)
    }

    /// `more`: further members of the result, each with a comma before it.
    static func result(_ id: String, _ type: String = "complete", _ more: String = "") -> String {
        let server = #""_meta":{"\#(prefix)serverInfo":{"name":"srv","version":"9"}}"#
        return RPC.result(id, #"{"resultType":"\#(type)",\#(server)\#(more)}"#)
    }

    static func asks(_ id: String, _ keys: [String] = ["ok"], state: String? = "state-of-this-call") -> String {
        let requests = keys.map { #""\#($0)":{"method":"elicitation/create","params":{"message":"?"}}"# }
        let parts = [
            keys.isEmpty ? nil : #","inputRequests":{\#(requests.joined(separator: ","))}"#,
            state.map { #","requestState":"\#($0)""# },
        ]
        return result(id, "input_required", parts.compactMap { $0 }.joined())
    }

    /// The members that a further round has in addition.
    static func answers(_ keys: [String] = ["ok"], state: String? = "state-of-this-call") -> String {
        let responses = keys.map { #""\#($0)":{"action":"accept"}"# }.joined(separator: ",")
        return #","inputResponses":{\#(responses)}"# + (state.map { #","requestState":"\#($0)""# } ?? "")
    }

    /// `subscription`: JSON text of the listening request's id.
    static func told(_ method: String, _ subscription: String = #""l1""#) -> String {
        RPC.notification("notifications/\(method)", #"{"_meta":{"\#(prefix)subscriptionId":\#(subscription)}}"#)
    }

    static func error(_ id: String, _ code: Int) -> String { RPC.error(id, code) }
}

extension Play {
    /// A POST with the header fields that the revision wants.
    mutating func ask(
        _ connection: UInt32, _ body: String, _ method: String = "tools/call", path: String = "/mcp",
        headers: [(String, String)] = []
    ) -> UInt32 {
        post(
            connection, path, body, [("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", method)] + headers)
    }

    /// A tool call and its answer.
    mutating func call(_ connection: UInt32, _ id: String, _ tool: String = "echo", client: String? = "demo") {
        let exchange = ask(connection, Modern.call(id, tool, client: client))
        answer(exchange, 200, Modern.result(id))
    }

    mutating func discover(_ connection: UInt32, client: String? = "demo") {
        let exchange = ask(connection, Modern.discover(client: client), "server/discover")
        answer(exchange, 200, Modern.result("0", "complete", #","supportedVersions":["2026-07-28"]"#))
    }
}
