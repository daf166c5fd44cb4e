import NIOCore
import Testing

@testable import MCPTransports

struct RefusalsTests {
    @Test(
        "What a refusal says is one line of what people read",
        arguments: [
            ("bad gateway", "bad gateway"), ("\r\n  \nfirst\nsecond", "first"), ("a\u{1B}[31mb", "a[31mb"),
            ("<html><head><TITLE>502 Bad Gateway</TITLE></head>", "502 Bad Gateway"), ("<p>no title</p>", nil),
            (
                #"{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Session not found"}}"#,
                "Session not found"
            ),
            (#"{"error":"invalid_token"}"#, "invalid_token"), (#"{"detail":"Not Found"}"#, "Not Found"),
            (#"{"x":1}"#, nil), ("", nil), ("\u{0}\u{1}", nil),
        ] as [(String, String?)])
    func line(body: String, said: String?) {
        #expect(Refusals.line(of: Array(body.utf8)) == said)
    }

    @Test func `a long line is cut, and a body is kept in part`() {
        var refusals = Refusals()
        refusals.began(1, status: 502)
        for _ in 0..<100 { refusals.body(1, ByteBuffer(repeating: UInt8(ascii: "x"), count: 100)) }
        #expect(refusals.said(with: 502) == String(repeating: "x", count: 199) + "…")
    }

    @Test func `each status has what was said last beside it, and success is none`() {
        var refusals = Refusals()
        for (number, status, text) in [(1, 404, "a"), (2, 200, "b"), (3, 500, "c"), (4, 404, "d")]
            as [(UInt32, Int, String)]
        {
            refusals.began(number, status: status)
            refusals.body(number, ByteBuffer(string: text))
        }
        #expect(refusals.first?.status == 404 && refusals.first?.said == "a")
        #expect(refusals.said(with: 404) == "d" && refusals.said(with: 500) == "c" && refusals.said(with: 200) == nil)
        for number in 5...8 as ClosedRange<UInt32> { refusals.began(number, status: 405) }
        #expect(refusals.first?.status == 405 && refusals.said(with: 405) == nil)
        refusals.forget()
        #expect(refusals.first == nil)
    }
}
