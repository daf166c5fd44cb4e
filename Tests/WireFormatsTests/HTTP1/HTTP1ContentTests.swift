import Testing
import WireFormats

@Suite struct HTTP1ContentTests {
    @Test func `pipelined requests come one after the other with their bodies`() {
        let transcript = Transcript(
            Wire.request("Content-Length: 3", body: "abc") + Wire.request(method: "GET") + "\r\n"
                + Wire.chunked("2\r\nde\r\n0\r\n\r\n") + Wire.request("Content-Length: 0"))
        #expect(transcript.error == nil)
        #expect(transcript.ending == .clean)
        #expect(transcript.heads.map(\.framing) == [.length(3), .none, .chunked, .length(0)])
        #expect(transcript.bodies == ["abc", "de"])
        #expect(transcript.endCount == 4)
    }

    @Test func `chunks are announced with their size and given without their framing`() {
        let body = "3;a=b; c=\"d;e\"\r\nabc\r\n00A ;x\r\n0123456789\r\n0\r\nX-Sum: 1\r\nY: 2\r\n\r\n"
        let transcript = Transcript(Wire.chunked(body))
        #expect(
            Array(transcript.entries.dropFirst()) == [
                .chunk(3), .body("abc"), .chunk(10), .body("0123456789"), .chunk(0),
                .end(trailers: "X-Sum: 1\r\nY: 2\r\n", deviations: []),
            ])
    }

    @Test func `what calls consume is the wire, byte for byte`() {
        let text =
            Wire.chunked("3;x\r\nabc\r\n0\r\nX: 1\r\n\r\n") + "\r\n" + Wire.request("Content-Length: 1", body: "z")
        let bytes = Wire.bytes(text)
        for size in 1...bytes.count {
            let pieces = stride(from: 0, to: bytes.count, by: size).map {
                Array(bytes[$0..<min($0 + size, bytes.count)])
            }
            #expect(Transcript(pieces, Wire.parser(.request, .strict)).consumed == bytes)
        }
    }

    static let faults: [(String, HTTP1Error.Kind)] = [
        ("\r\nabc\r\n", .invalidChunkSize), ("g\r\n", .invalidChunkSize), ("+3\r\nabc\r\n", .invalidChunkSize),
        ("-1\r\n", .invalidChunkSize), ("0x3\r\nabc\r\n", .invalidChunkSize), (" 3\r\nabc\r\n", .invalidChunkSize),
        ("\t3\r\nabc\r\n", .invalidChunkSize), ("3_0\r\n", .invalidChunkSize), (";x\r\n", .invalidChunkSize),
        ("8000000000000000\r\n", .invalidChunkSize), ("10000000000000003\r\nabc\r\n", .invalidChunkSize),
        ("fffffffffffffffff\r\n", .invalidChunkSize),
        ("3 \r\nabc\r\n", .invalidChunkExtension), ("3 x\r\nabc\r\n", .invalidChunkExtension),
        ("3\nabc\r\n", .bareLF), ("3;x\nabc\r\n", .bareLF), ("3;x\ry\r\nabc\r\n", .bareCR),
        ("3\r\r\nabc\r\n", .bareCR), ("3;\u{0}\r\nabc\r\n", .controlCharacter),
        ("3\r\nabcd\r\n", .missingChunkEnd), ("3\r\nabc\n0\r\n\r\n", .missingChunkEnd),
        ("3\r\nabc\rx", .missingChunkEnd), ("3\r\nabc0\r\n\r\n", .missingChunkEnd),
        ("0\r\nX\r\n\r\n", .missingColon), ("0\r\nX : 1\r\n\r\n", .blankBeforeColon),
        ("0\r\nX: 1\r\n y\r\n\r\n", .obsFold), ("0\r\nX: 1\n\r\n", .bareLF), ("0\r\n\n", .bareLF),
        ("0\r\nX: \u{1}\r\n\r\n", .controlCharacter), ("0\r\nContent-Length: 3\r\n\r\n", .forbiddenTrailer),
        ("0\r\nTRANSFER-encoding: chunked\r\n\r\n", .forbiddenTrailer), ("0\r\nHost: b\r\n\r\n", .forbiddenTrailer),
        ("0\r\nGET / HTTP/1.1\r\n\r\n", .missingColon),
    ]

    @Test("A malformed chunked body is refused for what is wrong with it", arguments: faults)
    func malformedChunks(_ body: String, _ kind: HTTP1Error.Kind) {
        let transcript = Transcript(Wire.chunked(body))
        #expect(transcript.error == kind)
        #expect(transcript.endCount == 0)
    }

    @Test func `the largest chunk size that fits is accepted`() {
        let transcript = Transcript(Wire.chunked("7fffffffffffffff\r\nabc"))
        #expect(transcript.entries.contains(.chunk(UInt64(Int64.max))))
        #expect(transcript.ending == .cut(unreported: 0))
    }

    @Test(arguments: [
        ("", HTTP1Parser.Ending.clean), ("\r\n", .clean), ("\r", .cut(unreported: 1)), ("GET /", .cut(unreported: 5)),
        (Wire.request("Content-Length: 3", body: "ab"), .cut(unreported: 0)), (Wire.chunked("1"), .cut(unreported: 1)),
        (Wire.chunked("1\r\na"), .cut(unreported: 0)), (Wire.chunked("0\r\nX:"), .cut(unreported: 2)),
        (Wire.chunked("0\r\n\r\n"), .clean), (Wire.chunked("0\r\nX: 1\r\n\r\n"), .clean),
    ])
    func `the end of the connection is clean only between messages`(_ text: String, _ ending: HTTP1Parser.Ending) {
        #expect(Transcript(text).ending == ending)
        #expect(Transcript(Wire.bytes(text).map { [$0] }, Wire.parser(.request, .strict)).ending == ending)
    }

    @Test func `an error is thrown again by every later call`() {
        var parser = HTTP1Parser(role: .request, policy: .strict)
        var position = 0
        for text in ["GET /\r\n", Wire.request(), ""] {
            let bytes = Wire.bytes(text)
            position = 0
            #expect(throws: HTTP1Error(.http09)) { try parser.next(bytes.span.bytes, &position) }
        }
    }

    @Test func `behind a switch of protocols every byte is body`() throws {
        let bytes = Wire.bytes(Wire.request(method: "GET") + "\u{81}raw")
        var parser = HTTP1Parser(role: .request, policy: .observe)
        var position = 0
        while try parser.next(bytes.span.bytes, &position) != nil {}
        #expect(parser.switchToTunnel() == Wire.bytes("\u{81}raw"))
        let more = Wire.bytes("GET / HTTP/1.1\r\n\r\n")
        position = 0
        #expect(try parser.next(more.span.bytes, &position) == .body(0..<more.count))
        #expect(parser.finish() == .complete)
    }

    @Test func `an idle parser takes at most 200 bytes`() {
        #expect(MemoryLayout<HTTP1Parser>.stride <= 200)
    }
}
