import Testing
import Traffic
import WireFormats

struct RedactorTests {
    private static let secret = "s3cr3tValue"

    private func redactor(_ extra: [String] = []) -> Redactor {
        Redactor(key: Array(UInt8(0)..<32), extraHeaders: extra)
    }

    private func rows(_ play: Play, _ extra: [String] = []) -> Rows { Rows(play, redactor: redactor(extra)) }

    /// All text of all rows; bodies and blocks as text too.
    private func texts(_ rows: Rows) -> String {
        var all = "\(rows.connections)\(rows.sessions)\(rows.messages)\(rows.calls)\(rows.attributions)\(rows.gaps)"
        for row in rows.exchanges.values {
            all += "\(row)" + String(decoding: (row.requestBody ?? []) + [10] + (row.responseBody ?? []), as: UTF8.self)
        }
        for row in rows.streamEvents {
            all += "\(row)" + String(decoding: row.block.block.raw + [10] + (row.block.block.data ?? []), as: UTF8.self)
        }
        return all
    }

    @Test(arguments: [
        ("Authorization", "Bearer $"), ("authorization", "Basic $"), ("Authorization", "$"),
        ("Proxy-Authorization", "Digest username=$"), ("Cookie", "a=$; b=$"), ("Cookie", "$"), ("X-Api-Key", "$"),
        ("api-key", "$"), ("x-goog-api-key", "$"), ("X-Amz-Security-Token", "$"), ("X-Acme-Token", "$"),
        ("x-client-secret", "$"), ("x-my-password", "$"), ("X-Aws-Credential", "$"), ("X-Own", "$"),
        ("Referer", "https://x/?token=$"), ("Referer", "https://u:$@x/"), ("Referer", "https://x/#access_token=$"),
        ("Mcp-Param-Authorization", "$"), ("mcp-param-api_key", "$"), ("Mcp-Param-id_token", "$"),
        ("X-Forwarded-Authorization", "Bearer $"), ("Token", "$"), ("X_API_KEY", "$"), ("X_Own", "$"),
        ("X-Original-URL", "/a?token=$"), ("Origin", "http://u:$@x"), ("Host", "u:$@x"),
    ])
    func `No secret of a request's headers is left`(name: String, value: String) throws {
        var play = Play()
        let value = value.replacing("$", with: Self.secret)
        play.answer(play.request(1, "GET", "/x", [(name, value), ("X-Plain", "shown")]), 200)
        let rows = rows(play, ["x-OWN"])
        #expect(!texts(rows).contains(Self.secret))
        #expect(texts(rows).contains("hmac:"))
        #expect(texts(rows).contains("shown"))
        #expect(try #require(rows.exchange(1)).redacted == 1)
        #expect(texts(Rows(play)).contains(Self.secret))
    }

    @Test(arguments: [
        ("Set-Cookie", "sid=$; Path=/; HttpOnly"), ("Location", "/cb?state=1&code=$"), ("Location", "/cb#id_token=$"),
        ("X-Auth-Token", "$"), ("Content-Location", "//u:$@host/"), ("Link", "</x?token=$>; rel=next"),
        ("Refresh", "0; url=/x?token=$"), ("WWW-Authenticate", "Bearer resource_metadata=\"http://h/x?token=$\""),
    ])
    func `No secret of a response's headers is left`(name: String, value: String) {
        var play = Play()
        let value = value.replacing("$", with: Self.secret)
        let exchange = play.get(1, "/x")
        play.answer(exchange, 302, "", [(name, value)])
        let rows = rows(play)
        #expect(!texts(rows).contains(Self.secret) && texts(rows).contains("hmac:"))
    }

    @Test(arguments: [
        "access_token", "token", "api_key", "KEY", "client_secret", "code", "sig", "session_token", "X-Amz-Credential",
        "tok%65n", "%61pi_key", "x=1;token", "x=1?token", "token[]", "user[password]",
    ])
    func `No secret of a query is left, in targets, edits and endpoint events`(item: String) {
        var play = Play()
        let target = "/mcp?a=1&\(item)=\(Self.secret)&b=2"
        let stream = play.get(1, target)
        play.edit(stream, Edit(place: .request, what: "target", from: target, to: nil))
        play.edit(stream, Edit(place: .stream, what: "endpoint", from: target, to: "http://h\(target)"))
        play.stream(stream)
        play.event(stream, target, type: "endpoint")
        play.chunk(stream, "event: endpoint\ndata: /x\ndata: ?\(item)=\(Self.secret)\n\n")
        play.chunk(stream, "event: endpoint\ndata: /x?\(item)=\(Self.secret)")
        play.accept(play.post(2, target, RPC.initialize()))
        play.shutdown()
        let rows = rows(play)
        #expect(!texts(rows).contains(Self.secret))
        #expect(rows.exchange(1)?.request.target.hasPrefix("/mcp?a=1&\(item)=hmac:") == true)
        #expect(rows.exchange(1)?.request.target.hasSuffix("&b=2") == true)
        #expect(rows.attributionLines == ["x1 s1 http+sse high", "x2 s1 http+sse high"])
        #expect(rows.derived == rows.refolded(endNs: Rows.endNs(play.steps)).derived)
    }

    @Test func `Equal secrets stay equal, other ones differ, and so do those of another key`() throws {
        var play = Play()
        for value in ["Bearer one", "Bearer two", "Bearer one"] {
            play.answer(play.request(1, "GET", "/?token=one", [("Authorization", value)]), 200)
        }
        let rows = rows(play)
        let masks = try (1...3).map { try #require(rows.exchange($0)?.request.fields.first("authorization")) }
        #expect(masks[0] == masks[2] && masks[0] != masks[1])
        #expect(masks[0].hasPrefix("Bearer hmac:") && masks[0].count == "Bearer hmac:".count + 16)
        let target = try #require(rows.exchange(1)?.request.target)
        #expect(target.hasSuffix(masks[0].dropFirst("Bearer ".count)))
        let other = Rows(play, redactor: Redactor(key: Array(repeating: 9, count: 32)))
        #expect(other.exchange(1)?.request.fields.first("authorization") != masks[0])
    }

    @Test func `Cookies keep their names and attributes`() throws {
        var play = Play()
        play.answer(
            play.request(1, "GET", "/", [("Cookie", "a=1; flag; b=2")]), 200, "",
            [("Set-Cookie", "a=1; Max-Age=5; Secure")])
        let row = try #require(rows(play).exchange(1))
        let cookie = try #require(row.request.fields.first("cookie"))
        #expect(cookie.hasPrefix("a=hmac:") && cookie.contains("; b=hmac:") && !cookie.contains("flag"))
        #expect(row.response?.fields.first("set-cookie")?.hasSuffix("; Max-Age=5; Secure") == true)
    }

    @Test func `Ids of the wire stay unless asked, then every named one is masked alike`() throws {
        var play = Play()
        play.begin(1, session: "id-1")
        let home = play.beginSSE(3, 4, session: "id-2")
        play.end(home, by: .client, .fin)
        play.begin(5, session: "/id-3")
        play.shutdown()
        let shown = rows(play)
        #expect(shown.sessions.values.map(\.wireID).sorted { ($0 ?? "") < ($1 ?? "") } == ["/id-3", "id-1", "id-2"])
        let masked = rows(play, ["MCP-Session-ID"])
        #expect(["id-1", "id-2", "/id-3"].allSatisfy { !texts(masked).contains($0) })
        let id = try #require(masked.session(1)?.wireID)
        #expect(masked.exchange(1)?.response?.fields.first("mcp-session-id") == id)
        #expect(masked.exchange(2)?.request.fields.first("mcp-session-id") == id)
        #expect(masked.callLines == shown.callLines)
    }

    @Test(arguments: [
        ("application/x-www-form-urlencoded", "grant_type=authorization_code&code=$&client_secret=$&scope=mcp"),
        ("application/json", #"{"client_secret":"$","scope":"mcp","n":[1]}"#),
    ])
    func `OAuth forms and token answers are masked, though they come in pieces`(type: String, body: String) throws {
        var play = Play()
        let body = body.replacing("$", with: Self.secret)
        let exchange = play.request(1, "POST", "/token", [("Content-Type", type)], body: body)
        play.respond(exchange, 200, [("Content-Type", "application/json;charset=utf-8")])
        play.body(exchange, #"{"access_token":"\#(Self.secret)","refresh_"#)
        play.body(exchange, #"token": "\#(Self.secret)","expires_in":3600}"#)
        play.end(exchange)
        var redactor = redactor()
        var recorder = TrafficRecorder(recordingID: 7, name: nil, redactor: redactor)
        var last: ExchangeRow?
        for step in play.steps {
            recorder.feed(
                step.part, connection: step.connection, exchange: step.exchange, at: step.at,
                bytes: step.bytes.span.bytes)
            let batch = recorder.drain()
            for row in batch.exchanges {
                last = row
                let kept = String(decoding: (row.requestBody ?? []) + (row.responseBody ?? []), as: UTF8.self)
                #expect(!kept.contains(Self.secret))
            }
        }
        let row = try #require(last)
        let answer = String(decoding: try #require(row.responseBody), as: UTF8.self)
        var empty = RowBatch()
        redactor.redact(&empty)
        #expect(answer.hasPrefix(#"{"access_token":"hmac:"#) && answer.hasSuffix(#","expires_in":3600}"#))
        #expect(String(decoding: try #require(row.requestBody), as: UTF8.self).contains("scope"))
        #expect(row.redacted >= 3)
    }

    @Test func `What a document was rewritten from and to is masked as the body is`() {
        var play = Play()
        let document = #"{"issuer":"http://h","client_secret":"\#(Self.secret)","token":"\#(Self.secret)"}"#
        let exchange = play.get(1, "/.well-known/oauth-authorization-server")
        play.edit(exchange, Edit(place: .response, what: "body", from: document, to: document + " "))
        play.answer(exchange, 200, document)
        let edit = rows(play).exchange(1)?.edits.first
        #expect(edit?.from?.contains(Self.secret) == false && edit?.to?.contains(Self.secret) == false)
        #expect(edit?.from?.hasPrefix(#"{"issuer":"http://h","client_secret":"hmac:"#) == true)
    }

    @Test func `A parameter of a tool has the mask that it has in the message`() throws {
        var play = Play()
        let text = RPC.request(
            "1", "tools/call", #"{"name":"t","arguments":{"authorization":"Bearer \#(Self.secret)"}}"#)
        play.answer(
            play.request(1, "POST", "/", [("Mcp-Param-Authorization", "Bearer \(Self.secret)")], body: text), 200)
        let row = try #require(rows(play).exchange(1))
        let mask = try #require(row.request.fields.first("mcp-param-authorization"))
        #expect(mask.hasPrefix("Bearer hmac:"))
        #expect(String(decoding: row.requestBody ?? [], as: UTF8.self).contains(mask))
    }

    @Test(arguments: [
        ("/x?q={%22password%22:%22$%22}", "/x?q=#"), ("/x?to=%2Fcb%3Ftoken%3D$&b=2", "/x?to=#&b=2"),
        ("/x?password=$?$;$&b=2", "/x?password=#&b=2"), ("/x?a=%7B%22b%22%3A1%7D", "/x?a=%7B%22b%22%3A1%7D"),
    ])
    func `A value of a query that hides a secret is masked as a whole`(target: String, masked: String) throws {
        var play = Play()
        play.answer(play.get(1, target.replacing("$", with: Self.secret)), 200)
        let found = try #require(rows(play).exchange(1)).request.target
        let parts = masked.split(separator: "#", omittingEmptySubsequences: false)
        #expect(found.hasPrefix(parts[0]) && found.hasSuffix(parts[parts.count - 1]) && !found.contains(Self.secret))
    }

    @Test(arguments: ["a=1\r\npassword=$", "a=1&data=%7B%22password%22%3A%22$%22%7D", "+token=$&b=2", "token=$\r\n$"])
    func `Forms are masked however their items are parted`(form: String) {
        var play = Play()
        let body = form.replacing("$", with: Self.secret)
        play.answer(
            play.request(1, "POST", "/", [("Content-Type", "application/x-www-form-urlencoded")], body: body), 200)
        #expect(!texts(rows(play)).contains(Self.secret))
    }

    @Test func `Token answers in an array are masked`() {
        var play = Play()
        let answer = #"[{"token":"$"},{"note":"shown"},{"c\u006fde":"$","n":1}]"#
        play.answer(play.get(1, "/"), 200, answer.replacing("$", with: Self.secret))
        let body = String(decoding: rows(play).exchange(1)?.responseBody ?? [], as: UTF8.self)
        #expect(body.hasPrefix(#"[{"token":"hmac:"#) && body.contains(#"},{"note":"shown"},{"c\u006fde":"hmac:"#))
        #expect(!body.contains(Self.secret) && body.hasSuffix(#"","n":1}]"#))
    }

    @Test func `A body that was cut is masked as a whole where it names a secret`() throws {
        var play = Play()
        let cut = #"{"client_secret":"\#(Self.secret)","a"#
        let token = play.request(1, "POST", "/token", [("Content-Type", "application/json")], body: cut)
        play.end(token, by: .client, .rst)
        let other = play.request(
            1, "POST", "/other", [("Content-Type", "application/json")], body: #"{"note":"plain","a"#)
        play.end(other, by: .client, .rst)
        let rows = rows(play)
        #expect(!texts(rows).contains(Self.secret))
        #expect(texts(rows).contains("plain"))
    }

    @Test func `Messages are kept as they were said where that is asked for, other content is not`() throws {
        var play = Play()
        play.begin(1, session: "abc")
        let text = RPC.request("1", "tools/call", #"{"name":"login","arguments":{"password":"p"}}"#)
        play.answer(play.post(1, "/mcp", text, session: "abc"), 200, RPC.result("1"))
        let token = play.request(1, "POST", "/token", [("Content-Type", "application/json")], body: "{}")
        play.answer(token, 200, #"{"access_token":"\#(Self.secret)"}"#)
        let rows = Rows(play, redactor: Redactor(key: Array(0..<32), keys: .none))
        #expect(rows.exchange(3)?.requestBody == Array(text.utf8))
        #expect(rows.messages.allSatisfy { $0.redacted == 0 } && !texts(rows).contains(Self.secret))
    }
}
