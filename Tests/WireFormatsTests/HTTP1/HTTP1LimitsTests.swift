import Testing
import WireFormats

@Suite struct HTTP1LimitsTests {
    static let head = "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n\r\n"

    @Test(arguments: [
        (HTTP1Parser.Limits(headBytes: 33), nil), (HTTP1Parser.Limits(headBytes: 32), HTTP1Error.Kind.headTooLong),
        (HTTP1Parser.Limits(fields: 2), nil), (HTTP1Parser.Limits(fields: 1), .tooManyFields),
    ])
    func `a head may be as large as its limits say`(_ limits: HTTP1Parser.Limits, _ error: HTTP1Error.Kind?) {
        #expect(Transcript(Self.head, limits: limits).error == error)
    }

    @Test(arguments: [
        (HTTP1Parser.Limits(chunkLineBytes: 5), nil),
        (HTTP1Parser.Limits(chunkLineBytes: 4), HTTP1Error.Kind.chunkLineTooLong),
        (HTTP1Parser.Limits(trailerBytes: 8), nil), (HTTP1Parser.Limits(trailerBytes: 7), .trailersTooLong),
    ])
    func `chunk lines and trailers may be as long as their limits say`(
        _ limits: HTTP1Parser.Limits, _ error: HTTP1Error.Kind?
    ) {
        let text = Wire.chunked("1;x\r\na\r\n0\r\nX: y\r\n\r\n")
        #expect(Transcript(text, limits: limits).error == error)
    }

    @Test(arguments: [
        ("GET /" + String(repeating: "a", count: 100_000), HTTP1Error.Kind.headTooLong),
        (Wire.chunked(String(repeating: "0", count: 100_000)), .chunkLineTooLong),
        (Wire.chunked("0\r\n" + String(repeating: "X: y\r\n", count: 10_000)), .trailersTooLong),
    ])
    func `what never ends is refused before it takes more than its limit`(_ text: String, _ kind: HTTP1Error.Kind) {
        let pieces = Wire.bytes(text).map { [$0] }
        #expect(Transcript(pieces, HTTP1Parser(role: .request, policy: .strict)).error == kind)
    }

    @Test func `a head of the largest size arrives byte by byte`() throws {
        let line = "X-Field: 0123456789012345678901234567890123456789\r\n"
        let lines = String(repeating: line, count: 190) + "Y: " + String(repeating: "y", count: 50_000)
        let text = "GET / HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n\r\n"
        let transcript = Transcript(Wire.bytes(text).map { [$0] }, HTTP1Parser(role: .request, policy: .strict))
        #expect(try #require(transcript.heads.first).bytes == text)
        #expect(try #require(transcript.heads.first).fields.count == 192)
    }

    @Test func `one who looks on keeps a bounded number of fields and goes on`() {
        let text = "GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "X: y\r\n", count: 300) + "\r\n"
        let transcript = Transcript(text + Self.head, .request, .observe)
        #expect(transcript.heads.map(\.fields.count) == [200, 2])
        #expect(transcript.deviations == [[.tooManyFields], []])
    }

    @Test func `one who looks on skips a head that is too long and finds the next`() {
        let long = "GET / HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "y", count: 200) + "\r\n\r\n"
        let limits = HTTP1Parser.Limits(headBytes: 64)
        let transcript = Transcript(long + Self.head, .request, .observe, limits: limits)
        #expect(transcript.skipped == long.utf8.count - 2)
        #expect(transcript.heads.map(\.bytes) == [Self.head])
    }

    @Test func `one who looks on keeps little of a line without end`() throws {
        var parser = HTTP1Parser(role: .request, policy: .observe)
        let junk = [UInt8](repeating: UInt8(ascii: "x"), count: 1000)
        var skipped = 0
        for _ in 0..<1000 {
            var position = 0
            while let part = try parser.next(junk.span.bytes, &position) {
                if case .skipped(let count) = part { skipped += count }
            }
        }
        guard case .cut(let unreported) = parser.finish() else {
            Issue.record("bytes are still unreported")
            return
        }
        #expect(unreported <= 20 * 1024)
        #expect(skipped + unreported == 1_000_000)
    }
}
