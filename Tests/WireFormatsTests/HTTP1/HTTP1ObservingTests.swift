import Testing
import WireFormats

@Suite struct HTTP1ObservingTests {
    static let deviating: [(String, String, HTTP1Head.Framing, [HTTP1Error.Kind])] = [
        ("GET / HTTP/1.1\nHost: a\n\n", "GET / 1.1", .none, [.bareLF]),
        ("GET  /\t HTTP/1.1 \r\nHost: a\r\n\r\n", "GET / 1.1", .none, [.startLineSpacing]),
        ("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", "GET /a b 1.1", .none, [.invalidTarget]),
        ("GET /caf\u{E9} HTTP/1.1\r\nHost: a\r\n\r\n", "GET /caf\u{E9} 1.1", .none, [.invalidTarget]),
        ("GET / HTTP/1.7\r\nHost: a\r\n\r\n", "GET / 1.1", .none, [.unsupportedVersion]),
        ("GET / HTTP/1.1\r\n\r\n", "GET / 1.1", .none, [.missingHost]),
        ("GET / HTTP/1.1\r\n x\r\nHost: a\r\n\r\n", "GET / 1.1", .none, [.whitespaceBeforeFirstField]),
        ("GET / HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n", "GET / 1.1", .none, [.missingColon]),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\u{0}\r\n\r\n", "GET / 1.1", .none, [.bareCR, .controlCharacter]),
        (Wire.request("Content-Length : 2", body: "ab"), "POST /mcp 1.1", .length(2), [.blankBeforeColon]),
        (Wire.request("Content-Length:\r\n 2", body: "ab"), "POST /mcp 1.1", .length(2), [.obsFold]),
        (Wire.request("Content-Length: 2, 2", body: "ab"), "POST /mcp 1.1", .length(2), [.repeatedContentLength]),
        (
            Wire.request("Content-Length: 2", "Content-Length: 3", body: "ab"), "POST /mcp 1.1", .length(2),
            [.repeatedContentLength, .conflictingContentLength]
        ),
        (Wire.request("Content-Length: two"), "POST /mcp 1.1", .none, [.invalidContentLength]),
        (
            Wire.request("Transfer-Encoding: chunked", "Content-Length: 9", body: "1\r\na\r\n0\r\n\r\n"),
            "POST /mcp 1.1",
            .chunked, [.contentLengthWithTransferCoding]
        ),
        (
            Wire.request("Transfer-Encoding: gzip, chunked", body: "0\r\n\r\n"), "POST /mcp 1.1", .chunked,
            [.unsupportedTransferCoding]
        ),
        (
            "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "POST / 1.0", .chunked,
            [.transferCodingInHTTP10]
        ),
        (Wire.chunked("1\na\n0\n\n"), "POST /mcp 1.1", .chunked, [.bareLF, .missingChunkEnd]),
        (
            Wire.chunked(" 1 \r\na1\r\nb\r\n0\r\n\r\n"), "POST /mcp 1.1", .chunked,
            [.invalidChunkSize, .invalidChunkExtension, .missingChunkEnd]
        ),
        (Wire.chunked("0\r\nHost: x\r\n y\r\n\r\n"), "POST /mcp 1.1", .chunked, [.obsFold, .forbiddenTrailer]),
    ]

    @Test("A deviating request is read as lenient peers read it, and its deviations are noted", arguments: deviating)
    func deviation(
        _ text: String, _ startLine: String, _ framing: HTTP1Head.Framing, _ kinds: [HTTP1Error.Kind]
    ) {
        let transcript = Transcript(text + Wire.request(method: "GET"), .request, .observe)
        #expect(transcript.error == nil)
        #expect(transcript.heads.map(\.startLine) == [startLine, "GET /mcp 1.1"])
        #expect(transcript.heads.first?.framing == framing)
        #expect(transcript.deviations.map(Set.init) == [Set(kinds), []])
        #expect(transcript.skipped == 0)
    }

    @Test(arguments: [
        ("zz\r\nabc\r\n", 9), ("5\r\nabcdeXX\r\n1\r\n", 7), ("fffffffffffffffff\r\n", 19),
        (String(repeating: "0", count: 2000) + "\r\n", 2002), ("1\r\na\r\n\r\n", 0),
    ])
    func `lost framing ends the message, and what follows is skipped up to the next head`(
        _ body: String, _ skipped: Int
    ) {
        let next = Wire.request("Content-Length: 1", body: "z")
        let transcript = Transcript(Wire.chunked(body) + next, .request, .observe)
        #expect(transcript.heads.count == 2)
        #expect(transcript.bodies.last == "z")
        #expect(transcript.deviations.first?.contains(.framingLost) == true)
        #expect(transcript.deviations.last == [])
        #expect(transcript.skipped == skipped)
    }

    @Test(arguments: [
        ("", 0), ("\":1}", 4), ("\":1}\r\n", 6), ("e\r\n0\r\n\r\n", 6), ("a\nb\nc", 5), ("HTTP/1.1\r\n", 10),
        ("x GET HTTP/1.1\r\n", 16), (String(repeating: "y", count: 40_000) + "\n", 40_001),
    ])
    func `one may join in the middle of requests`(_ before: String, _ skipped: Int) {
        let transcript = Transcript(before + Wire.request("Content-Length: 2", body: "ab"), .request, .observe)
        #expect(transcript.skipped == skipped)
        #expect(transcript.heads.map(\.startLine) == ["POST /mcp 1.1"])
        #expect(transcript.bodies == ["ab"])
        #expect(transcript.deviations == [[]])
    }

    @Test(arguments: [("", 0), ("data: x\n\n", 8), ("{}", 2), ("0\r\n\r\n", 3), ("HTTP/1.1 2 ", 11)])
    func `one may join in the middle of responses`(_ before: String, _ skipped: Int) {
        let text = before + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
        let transcript = Transcript(text, .response, .observe, to: [.get])
        #expect(transcript.skipped == skipped)
        #expect(transcript.heads.map(\.startLine) == ["1.1 200 OK"])
        #expect(transcript.bodies == ["ok"])
    }

    @Test func `a client that speaks HTTP/2 is told apart`() {
        #expect(Transcript("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", .request, .observe).error == .http2Preface)
    }

    @Test func `bytes lost inside content of known length leave the framing intact`() throws {
        let start = Wire.bytes(Wire.request("Content-Length: 10", body: "abc"))
        let rest = Wire.bytes("ij" + Wire.request(method: "GET"))
        var parser = HTTP1Parser(role: .request, policy: .observe)
        var position = 0
        while try parser.next(start.span.bytes, &position) != nil {}
        let goesOn = parser.lose(5)
        #expect(goesOn)
        position = 0
        #expect(try parser.next(rest.span.bytes, &position) == .body(0..<2))
        #expect(try parser.next(rest.span.bytes, &position) == .end)
        #expect(parser.head.deviations.kinds == [.bytesLost])
        #expect(try parser.next(rest.span.bytes, &position) == .head)
    }

    @Test(arguments: ["Content-Length: 4", "Transfer-Encoding: chunked"])
    func `bytes lost beyond content of known length end the message`(_ line: String) throws {
        let start = Wire.bytes(Wire.request(line, body: "5\r\n"))
        let rest = Wire.bytes("tail\r\n" + Wire.request(method: "GET"))
        var parser = HTTP1Parser(role: .request, policy: .observe)
        var position = 0
        while try parser.next(start.span.bytes, &position) != nil {}
        let goesOn = parser.lose(7)
        #expect(!goesOn)
        position = 0
        #expect(try parser.next(rest.span.bytes, &position) == .skipped(6))
        #expect(try parser.next(rest.span.bytes, &position) == .head)
    }
}
