import Testing
import Traffic
import WireFormats

/// Heads that a proxy refuses, or takes for none, however a secret stands in them.
struct UnreadHeadTests {
    private static let secret = "s3cr3tValue"

    private func row(_ request: String, response: String? = nil, _ extra: [String] = []) throws -> ExchangeRow {
        var steps = [
            Step(part: .opened(client: "a:1", server: "b:2"), connection: 1, exchange: 0, at: 1),
            Step(part: .requestHead, connection: 1, exchange: 1, at: 2, bytes: Array(request.utf8)),
        ]
        if let response {
            steps.append(Step(part: .responseHead, connection: 1, exchange: 1, at: 3, bytes: Array(response.utf8)))
        }
        steps.append(Step(part: .ended(by: .recorder, reason: .httpError), connection: 1, exchange: 1, at: 4))
        let rows = Rows(steps, redactor: Redactor(key: Array(0..<32), extraHeaders: extra))
        return try #require(rows.exchange(1))
    }

    /// What comes behind the start line.
    @Test(arguments: [
        "Authorization : Bearer $\r\nUser-Agent: shown\r\n\r\n",
        "User-Agent: shown\r\nAuthorization:\r\n Bearer $\r\n\r\n",
        "User-Agent: shown\r\nAuthorization: Bearer\r\n\t$\r\n\r\n",
        "User-Agent: shown\r\nAccept: */*\r\n x: $\r\n\r\n",
        "User-Agent: shown\r\nAuthorization Bearer $\r\n\r\n", "User-Agent: shown\r\n\"Authorization\": $\r\n\r\n",
        "User-Agent: shown\r\nAutho\rrization: Bearer $\r\n\r\n", "User-Agent: shown\r\nX: a\rCookie: $\r\n\r\n",
        "User-Agent: shown\r\nAccept: a\rCookie: $\r\n\r\n", "User-Agent: shown\r\nAccept: a\u{0}Cookie: $\r\n\r\n",
        "User-Agent: shown\r\nAuthorization\u{0}: $\r\n\r\n", "User-Agent: shown\r\nauth orization: $\r\n\r\n",
        "User-Agent: shown\r\nX-Own: $\r\n : $\r\n\r\n", "User-Agent: shown\nX-Own : $\n\n{\"password\":\"$\"}",
        "User-Agent: shown\r\nno colon\r\n\r\ngrant=x&code=$\r\n\r\n$", "User-Agent: shown\r\nAuthorization : Bearer $",
        "User-Agent: shown\r\nAuthorization: Bearer $",
    ])
    func `nothing of a head that may be read in two ways is shown but what is certain`(lines: String) throws {
        let lines = lines.replacing("$", with: Self.secret)
        let row = try row("POST /mcp?a=1 HTTP/1.1\r\n" + lines, response: "HTTP/1.1 200 OK\r\n" + lines)
        for text in [row.request.target, try #require(row.response?.reason)] {
            #expect(!text.contains(Self.secret) && text.contains("hmac:") && text.contains("shown"))
        }
        #expect(
            row.request.target.hasPrefix("POST /mcp?a=1 HTTP/1.1\r\nUser-Agent: shown")
                || row.request.target.contains("Authorization : Bearer hmac:"))
        #expect(!"\(row)".contains(Self.secret) && row.redacted >= 2)
    }

    @Test(arguments: [
        "ation: Bearer $\r\nUser-Agent: shown\r\n\r\n", "$\r\nUser-Agent: shown\r\n\r\n",
        "Bearer $ HTTP\r\nUser-Agent: shown\r\n\r\n", "{\"password\":\"$\"} /\r\nUser-Agent: shown\r\n\r\n",
        "GET /?token=$ HTTP/1.1\r\nUser-Agent: shown\r\nx\r\n\r\n", "\u{16}\u{3}\u{1}$\r\nUser-Agent: shown\r\n\r\n",
    ])
    func `what begins in the middle of a head is no start line`(head: String) throws {
        let head = head.replacing("$", with: Self.secret)
        let row = try row(head, response: head)
        #expect(!"\(row)".contains(Self.secret))
        #expect(row.request.target.contains("User-Agent: shown") && row.request.target.contains("hmac:"))
    }

    @Test func `a head that is refused for its framing has its fields, and what follows is none of it`() throws {
        let row = try row(
            "POST /mcp HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer \(Self.secret)\r\nContent-Length: 9\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n{\"password\":\"\(Self.secret)\"}\r\n\r\n")
        #expect(row.request.method == "POST" && row.request.target == "/mcp" && row.request.fields.count == 4)
        #expect(row.request.fields.first("authorization")?.hasPrefix("Bearer hmac:") == true)
        #expect(!"\(row)".contains(Self.secret))
    }

    @Test func `ids of sessions are shown there too, unless they shall not be`() throws {
        let head = "POST / HTTP/1.1\r\nMcp-Session-Id : \(Self.secret)\r\n\r\n"
        #expect(try row(head).request.target == head)
        #expect(try !row(head, ["mcp-session-id"]).request.target.contains(Self.secret))
    }
}

extension [HTTPField] {
    fileprivate func first(_ name: String) -> String? { first { $0.name.lowercased() == name }?.value }
}
