import TestSupport

/// Conversations of MCP, well-behaved or not, with secrets in places that are masked.
extension PlannedExchange {
    static func random(_ number: Int, using random: inout SeededGenerator) -> PlannedExchange {
        var exchange = PlannedExchange(number: number)
        let session = "session-\(random.below(4))"
        let path =
            random.chance(3) ? "/messages/?session_id=\(session)&n=\(number)" : "/mcp?token=topsecret&n=\(number)"
        exchange.target = path
        exchange.requestFields = [("Host", "localhost"), ("Accept", "application/json, text/event-stream")]
        if random.chance(2) { exchange.requestFields.append(("Authorization", "Bearer topsecret")) }
        if random.chance(2) { exchange.requestFields.append(("mcp-session-id", session)) }
        if random.chance(4) { exchange.requestFields.append(("X-Odd", "a,  b")) }
        exchange.ask(using: &random)
        if random.chance(3) { exchange.responseFields.append(("Set-Cookie", "id=topsecret; Path=/")) }
        if random.chance(3) { exchange.responseFields.append(("Mcp-Session-Id", session)) }
        random.chance(2) ? exchange.stream(session, using: &random) : exchange.answer(using: &random)
        return exchange
    }

    private mutating func ask(using random: inout SeededGenerator) {
        guard !random.chance(4) else {
            method = random.chance(3) ? "DELETE" : "GET"
            if random.chance(3) { requestFields.append(("Last-Event-ID", "e\(random.below(9))")) }
            return
        }
        requestBody = Array(RPC.fromClient(using: &random).utf8)
        requestFields.append(("Content-Type", "application/json"))
        if random.chance(3) {
            requestFields.append(("Transfer-Encoding", "chunked"))
            requestWire = Self.chunked(requestBody, using: &random).wire
        } else {
            requestFields.append(("Content-Length", "\(requestBody.count)"))
            requestWire = requestBody
        }
    }

    private mutating func answer(using random: inout SeededGenerator) {
        status = random.chance(6) ? [400, 404, 500].randomElement(using: &random) ?? 400 : 200
        responseBody =
            random.chance(6)
            ? (0..<random.below(40_000)).map { _ in UInt8.random(in: 0...255, using: &random) }
            : Array(RPC.fromServer(using: &random).utf8)
        responseFields.append(("Content-Type", "application/json"))
        frame(using: &random)
    }

    private mutating func stream(_ session: String, using random: inout SeededGenerator) {
        isStream = true
        responseFields.append(("Content-Type", "text/event-stream"))
        var text = random.chance(3) ? "event: endpoint\ndata: /messages/?session_id=\(session)\n\n" : ""
        for id in 0..<random.below(12) {
            let end = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
            switch random.below(6) {
            case 0: text += ": ping\(end)\(end)"
            case 1: text += "id: e\(id)\(end)data:\(end)\(end)"
            case 2: text += "retry: 10\(end)\(end)"
            default: text += "event: message\(end)id: e\(id)\(end)data: \(RPC.fromServer(using: &random))\(end)\(end)"
            }
        }
        if random.chance(4) { text += "data: unfinis" }
        responseBody = Array(text.utf8)
        frame(using: &random)
    }

    private mutating func frame(using random: inout SeededGenerator) {
        switch random.below(isStream ? 3 : 4) {
        case 0:
            endsByClose = true
            responseWire = responseBody
        case 1, 2:
            responseFields.append(("Transfer-Encoding", "chunked"))
            let (wire, sizes) = Self.chunked(responseBody, using: &random)
            chunks = sizes
            responseWire = wire
            leavesEarly = random.chance(5)
            // Without the last chunk there is more to come.
            if leavesEarly { responseWire.removeLast(5) }
        default:
            responseFields.append(("Content-Length", "\(responseBody.count)"))
            responseWire = responseBody
        }
    }

    private static func chunked(
        _ content: [UInt8], using random: inout SeededGenerator
    ) -> (wire: [UInt8], sizes: [Int]) {
        let pieces = content.pieces(upTo: random.chance(2) ? max(60, content.count / 20) : 6000, using: &random)
        var wire: [UInt8] = []
        for piece in pieces { wire += Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + [13, 10] }
        return (wire + Array("0\r\n\r\n".utf8), pieces.map(\.count))
    }
}

/// JSON-RPC messages as text.
enum RPC {
    static func fromClient(using random: inout SeededGenerator) -> String {
        let id = random.below(6)
        return switch random.below(11) {
        case 8: modern(id, "tools/call", #","name":"echo","arguments":{}"#)
        case 9:
            modern(
                id, "tools/call", #","name":"echo","arguments":{},"inputResponses":{"k":{}},"requestState":"s\#(id)""#)
        case 10: modern(id, "subscriptions/listen", #","notifications":{}"#)
        case 0: initialize
        case 1: #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#
        case 2: #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":\#(id)}}"#
        case 3: #"{"jsonrpc":"2.0","id":\#(id),"result":{}}"#
        case 4: #"[{"jsonrpc":"2.0","id":\#(id),"method":"ping"},{"jsonrpc":"2.0","id":9,"method":"tools/list"}]"#
        case 5: "no JSON"
        default:
            #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"echo","arguments":{"password":"topsecret"},"_meta":{"progressToken":\#(id)}}}"#
        }
    }

    static func fromServer(using random: inout SeededGenerator) -> String {
        let id = random.below(6)
        return switch random.below(11) {
        case 8:
            #"{"jsonrpc":"2.0","id":\#(id),"result":{"resultType":"input_required","requestState":"s\#(id)","inputRequests":{"k":{"method":"m"}}}}"#
        case 9: #"{"jsonrpc":"2.0","id":\#(id),"result":{"resultType":"task","taskId":"t\#(id)"}}"#
        case 10:
            #"{"jsonrpc":"2.0","method":"notifications/x","params":{"_meta":{"io.modelcontextprotocol/subscriptionId":\#(id)}}}"#
        case 0:
            #"{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{"name":"srv","version":"9"}}}"#
        case 1: #"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":\#(id),"progress":1}}"#
        case 2: #"{"jsonrpc":"2.0","id":\#(id),"error":{"code":-32600,"message":"no"}}"#
        case 3: #"{"jsonrpc":"2.0","id":\#(id),"method":"ping"}"#
        case 4: "{"
        default: #"{"jsonrpc":"2.0","id":\#(id),"result":{"content":[{"type":"text","text":"ü"}]}}"#
        }
    }

    /// Of a revision without sessions. (MCP 2026-07-28)
    private static func modern(_ id: Int, _ method: String, _ more: String) -> String {
        let meta = #""io.modelcontextprotocol/protocolVersion":"2026-07-28""#
        return #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":{"_meta":{\#(meta)}\#(more)}}"#
    }

    private static let initialize =
        #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"demo","version":"1"}}}"#
}
