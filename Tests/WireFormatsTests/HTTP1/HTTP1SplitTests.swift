import Testing
import WireFormats

@Suite struct HTTP1SplitTests {
    static let requests =
        HTTP1RequestHeadTests.cases.map(\.text) + HTTP1RequestHeadTests.faults.map(\.0)
        + HTTP1ContentTests.faults.map { Wire.chunked($0.0) } + SmugglingCorpus.all.map(\.text) + [
            Wire.chunked("3;a=b\r\nabc\r\n0\r\nX: 1\r\nY: 2\r\n\r\n") + "\r\n" + Wire.request(method: "GET"),
            "junk\r\nmore\r\n{\"a\":1}" + Wire.request("Content-Length: 2", body: "ab") + "\r\n\r\nzzz",
            Wire.chunked("zz\r\nabc\r\n") + Wire.request(method: "DELETE") + "PRI * HTTP/2.0\r\n\r\n",
        ]

    static let responses =
        HTTP1ResponseTests.cases.map(\.text) + HTTP1ResponseTests.faults.map(\.0) + [
            "HTTP/1.1 100 Go\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nT: 1\r\n\r\n",
            "tail of a body\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 204 No\r\n\r\n",
        ]

    /// Small enough that limits are met inside the corpus.
    static let tight = HTTP1Parser.Limits(headBytes: 60, fields: 2, chunkLineBytes: 4, trailerBytes: 12)

    static func check(_ text: String, _ parser: HTTP1Parser) {
        let bytes = Wire.bytes(text)
        let whole = Transcript([bytes], parser)
        for index in 1..<max(bytes.count, 2) {
            let split = Transcript([Array(bytes.prefix(index)), Array(bytes.dropFirst(index))], parser)
            #expect(split.entries == whole.entries, "\(text.debugDescription) split at \(index)")
            #expect(split.error == whole.error, "\(text.debugDescription) split at \(index)")
            #expect(split.ending == whole.ending, "\(text.debugDescription) split at \(index)")
        }
        let single = Transcript(bytes.map { [$0] }, parser)
        #expect(single.entries == whole.entries && single.error == whole.error, "\(text.debugDescription) by bytes")
        #expect(single.ending == whole.ending, "\(text.debugDescription) by bytes")
    }

    @Test(arguments: [HTTP1Parser.Policy.strict, .observe])
    func `requests give the same parts and errors wherever the bytes are split`(_ policy: HTTP1Parser.Policy) {
        for text in Self.requests { Self.check(text, Wire.parser(.request, policy)) }
    }

    @Test(arguments: [HTTP1Parser.Policy.strict, .observe])
    func `responses give the same parts and errors wherever the bytes are split`(_ policy: HTTP1Parser.Policy) {
        for text in Self.responses {
            Self.check(text, Wire.parser(.response, policy, to: [.post, .get]))
            Self.check(text, Wire.parser(.response, policy, to: [.head, .connect]))
        }
    }

    @Test(arguments: [HTTP1Parser.Policy.strict, .observe])
    func `limits are met at the same byte wherever the bytes are split`(_ policy: HTTP1Parser.Policy) {
        for text in Self.requests { Self.check(text, Wire.parser(.request, policy, limits: Self.tight)) }
        for text in Self.responses {
            Self.check(text, Wire.parser(.response, policy, to: [.post, .get], limits: Self.tight))
        }
    }
}
