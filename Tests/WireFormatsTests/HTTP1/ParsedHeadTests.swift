import Testing
import WireFormats

@Suite struct ParsedHeadTests {
    @Test func `a request head is given as text, a code point a byte`() throws {
        let text = Wire.request("X-Name: caf\u{E9}", "x-name: \t2 ", "Folded: a\r\n  b \r\n\tc", "Empty:")
        let head = try ParsedHead(requestHead: Wire.bytes(text).span.bytes)
        #expect(head.startLine == .request(method: "POST", target: "/mcp"))
        #expect(head.version == "HTTP/1.1")
        #expect(head.method == "POST")
        #expect(head.target == "/mcp")
        #expect(head.status == nil)
        #expect(
            head.fields == [
                HTTPField(name: "Host", value: "localhost"), HTTPField(name: "X-Name", value: "caf\u{E9}"),
                HTTPField(name: "x-name", value: "2"), HTTPField(name: "Folded", value: "a b c"),
                HTTPField(name: "Empty", value: ""),
            ])
        #expect(head.first(named: "X-NAME") == "caf\u{E9}")
        #expect(head.values(named: "X-NAME") == ["caf\u{E9}", "2"])
        #expect(head.deviations.kinds == [.obsFold])
    }

    @Test func `a response head is given as text`() throws {
        let bytes = Wire.bytes("HTTP/1.0 404 Not Found\r\nContent-Type: text/plain\r\n\r\n")
        let head = try ParsedHead(responseHead: bytes.span.bytes)
        #expect(head.startLine == .response(status: 404, reason: "Not Found"))
        #expect(head.version == "HTTP/1.0")
        #expect(head.reason == "Not Found")
        #expect(head.method == nil)
        #expect(head.first(named: "content-type") == "text/plain")
        #expect(head.deviations.isEmpty)
    }

    @Test func `heads of every status are parsed, without their bodies`() throws {
        for status in ["100 Continue", "101 Switching", "204 None", "200 OK"] {
            let bytes = Wire.bytes("HTTP/1.1 \(status)\r\nTransfer-Encoding: chunked\r\n\r\n")
            #expect(try ParsedHead(responseHead: bytes.span.bytes).fields.count == 1)
        }
    }

    @Test(arguments: ["", "GET", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\r\nbody", "nonsense\r\n\r\n"])
    func `what is no complete request head is refused`(_ text: String) {
        #expect(throws: HTTP1Error(.invalidMethod)) { try ParsedHead(requestHead: Wire.bytes(text).span.bytes) }
        #expect(throws: HTTP1Error(.invalidStatusLine)) { try ParsedHead(responseHead: Wire.bytes(text).span.bytes) }
    }

    @Test func `text and bytes are each other's inverse`() {
        let bytes = (0...255).map(UInt8.init)
        #expect(Latin1.bytes(of: Latin1.text(bytes.span.bytes)) == bytes)
        #expect(Latin1.bytes(of: "€") == nil)
    }
}
