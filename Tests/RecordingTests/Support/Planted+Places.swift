import Traffic

extension Planted {
    /// Secrets in every place that is masked without being told, and in a member `account`.
    static func everywhere() -> Planted {
        var plants = Planted()
        plants.heads()
        plants.messages()
        plants.otherBodies()
        plants.encoded()
        plants.streams()
        plants.cut()
        return plants
    }

    private static func result(_ id: Int, _ text: String) -> [UInt8] {
        Array(#"{"jsonrpc":"2.0","id":\#(id),"result":\#(text)}"#.utf8)
    }

    private static func call(_ id: Int, _ arguments: String, meta: String = "{}") -> [UInt8] {
        Array(
            #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"login","arguments":\#(arguments),"_meta":\#(meta)}}"#
                .utf8)
    }

    private mutating func heads() {
        request(
            "GET", "access_token=\(secret("query"))&%74oken=\(secret("escaped query"))&plain=shown",
            [
                "Authorization: Bearer \(secret("Authorization"))", "Cookie: a=\(secret("cookie")); b=1",
                "X-Api-Key: \(secret("API key"))", "Referer: https://u:\(secret("referer"))@h/",
                "Mcp-Param-api_key: \(secret("parameter"))", "Mcp-Param-account: \(secret("own parameter"))",
                "X-Forwarded-Authorization: Bearer \(secret("forwarded Authorization"))",
                "Token: \(secret("Token"))", "Origin: http://u:\(secret("Origin"))@h",
            ])
        response(
            302,
            [
                "Set-Cookie: sid=\(secret("Set-Cookie")); Path=/", "Location: /cb?code=\(secret("Location"))",
                "X-Auth-Token: \(secret("response token"))", "Link: </next?token=\(secret("Link"))>; rel=next",
            ])
    }

    private mutating func messages() {
        let nested =
            #"{"a":[{"b":{"password":"\#(secret("nested"))"}}],"API_KEY":["\#(secret("list"))"],"secret":\#(number("number"))}"#
        let meta = #"{"progressToken":"kept-token","authorization":"Bearer \#(secret("_meta"))"}"#
        request("POST", "", [], Self.call(1, nested, meta: meta))
        let text =
            #"{\"client_secret\":\"\#(secret("text"))\",\"deep\":\"{\\\"id_token\\\":\\\"\#(secret("deep text"))\\\"}\"}"#
        let content =
            #"{"type":"text","text":"\#(text)"},{"type":"text","text":"use {\"apikey\": \"\#(secret("prose"))\"}"},{"type":"text","text":"log {\"pass\\\\u0077ord\":[null,[\"\#(secret("prose list"))\"]]}"}"#
        response(
            200, [],
            Self.result(
                1,
                #"{"content":[\#(content)],"structuredContent":{"apikey":{"value":"\#(secret("structured"))"}},"nextCursor":"kept-cursor"}"#
            ))
        let elements = (2...3).map {
            String(decoding: Self.call($0, #"{"pass\u0077ord":"\#(secret("batch \($0)"))"}"#), as: UTF8.self)
        }
        request("POST", "", [], Array("[\(elements.joined(separator: ", "))]".utf8))
        let data =
            #"{"refresh_token":"\#(secret("error"))","trace":"{\u0022secret\u0022:\u0022\#(secret("escaped quotes"))\u0022}"}"#
        response(
            200, [],
            Array(
                (#"[{"jsonrpc":"2.0","id":2,"error":{"code":-32000,"message":"m","data":\#(data)}},"#
                    + #"{"jsonrpc":"2.0","id":3,"result":{"password":"\#(secret("batch answer"))"}}]"#).utf8))
    }

    private mutating func otherBodies() {
        request(
            "POST", "", path: "/token", ["Content-Type: application/x-www-form-urlencoded"],
            Array("grant_type=x&code=\(secret("form code"))&client_secret=\(secret("form secret"))".utf8))
        response(
            200, [],
            Array(#"{"access_token":"\#(secret("token answer"))","refresh_token":"\#(secret("refresh answer"))"}"#.utf8)
        )
        request("POST", "", [], Self.call(8, #"{"account":"\#(secret("own name"))"}"#))
        response(200, [], Self.result(8, #"{"text":"{\"ACCOUNT\":\"\#(secret("own name in text"))\"}"}"#))
        request("POST", "", ["Content-Type: text/plain"], Array(#"log {"secret":"\#(secret("plain text"))"}"#.utf8))
        response(500, [], Array(#"<p>{"password": "\#(secret("HTML"))"}</p>"#.utf8), type: "text/html")
    }

    private mutating func encoded() {
        request(
            "POST", "", ["Content-Encoding: gzip"],
            Deflating.whole(Self.call(4, #"{"password":"\#(secret("gzip request"))"}"#), .gzip))
        response(
            200, ["Content-Encoding: deflate"],
            Deflating.whole(Self.result(4, #"{"api_key":"\#(secret("deflate answer"))"}"#), .none))
        request("GET")
        let events = (0..<3).map { Array("data: {\"secret\":\"\(secret("gzip event \($0)"))\"}\n\n".utf8) }
        stream(["Content-Encoding: gzip"], Deflating.pieces(events + [[]], .gzip).flatMap { $0 })
        request("GET")
        response(200, ["Content-Encoding: gzip"], Array(#"{"secret":"\#(secret("no gzip"))"}"#.utf8))
        request("GET")
        response(200, ["Content-Encoding: br"], Array(#"{"secret":"\#(secret("no brotli"))"}"#.utf8))
        request(
            "POST", "", path: "/token", ["Content-Type: application/x-www-form-urlencoded", "Content-Encoding: br"],
            Array("a=1&password=\(secret("no brotli form"))".utf8))
        let plain = Deflating.whole(Self.result(5, "{}"), .gzip)
        let head: [UInt8] = [0x1F, 0x8B, 8, 0x10] + plain[4..<10]
        let comment = Array(#"{"password":"\#(secret("gzip comment"))"}"#.utf8) + [0]
        response(200, ["Content-Encoding: gzip"], head + comment + plain[10...])
    }

    private mutating func streams() {
        request("GET", "session_id=planted")
        let note =
            #"{"jsonrpc":"2.0","method":"notifications/message","params":{"data":{"secret":"\#(secret("event"))"}}}"#
        stream(
            [],
            Array(
                (": /m?token=\(secret("endpoint comment"))\nevent: endpoint\ndata: /messages?session_id=planted&token=\(secret("endpoint"))\n\n"
                    + "event: message\r\nid: 1\r\ndata: \(note)\r\n\r\n: {\"password\":\"\(secret("comment"))\"}\n\n"
                    + "data: {\"secret\":\ndata: \"\(secret("second line"))\"}\n\nx: {\"secret\":\"\(secret("unknown field"))\"}\ndata: y\n\n")
                    .utf8))
    }

    private mutating func cut() {
        let call = Self.call(9, #"{"password":"\#(secret("cut request"))"#)
        request("POST", "", [], Array(call.dropLast(13)), announced: call.count + 100)
        request("GET")
        response(
            200, [], Array(#"{"jsonrpc":"2.0","id":1,"result":{"secret":"\#(secret("cut answer"))"#.utf8),
            announced: 900)
        request("GET")
        stream([], Array("data: {\"secret\":\"\(secret("cut event"))".utf8), isCut: true)
        request("GET")
        let encoded = Deflating.pieces([Array("data: {\"secret\":\"\(secret("cut gzip event"))".utf8), []], .gzip)[0]
        stream(["Content-Encoding: gzip"], encoded, isCut: true)
    }
}
