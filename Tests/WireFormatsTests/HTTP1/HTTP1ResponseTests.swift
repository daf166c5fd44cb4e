import Testing
import WireFormats

@Suite struct HTTP1ResponseTests {
    struct Case: CustomTestStringConvertible {
        var text: String
        var method = RequestMethodKind.post
        var framing: HTTP1Head.Framing
        var bodies: [String] = []
        var ending = HTTP1Parser.Ending.clean
        var testDescription: String { text.debugDescription }
    }

    static let cases = [
        Case(text: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", framing: .length(2), bodies: ["ok"]),
        Case(text: "HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n", framing: .length(0)),
        Case(
            text: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", framing: .chunked,
            bodies: ["a"]),
        Case(
            text: "HTTP/1.1 200 OK\r\n\r\nto the end\r\n", framing: .untilClose, bodies: ["to the end\r\n"],
            ending: .complete),
        Case(text: "HTTP/1.0 200 OK\r\n\r\nx", framing: .untilClose, bodies: ["x"], ending: .complete),
        Case(text: "HTTP/1.1 204 No Content\r\nContent-Length: 9\r\n\r\n", framing: .none),
        Case(text: "HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n", framing: .none),
        Case(text: "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", method: .head, framing: .none),
        Case(text: "HTTP/1.1 200 OK\r\n\r\n", method: .head, framing: .none),
        Case(
            text: "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nraw", method: .connect, framing: .tunnel,
            bodies: ["raw"],
            ending: .complete),
        Case(
            text: "HTTP/1.1 403 No\r\nContent-Length: 1\r\n\r\nx", method: .connect, framing: .length(1), bodies: ["x"]),
        Case(
            text: "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nraw", framing: .tunnel, bodies: ["raw"],
            ending: .complete),
    ]

    @Test("A response is framed by its status, its fields and the method it answers", arguments: cases)
    func framing(_ expected: Case) throws {
        let transcript = Transcript(expected.text, .response, to: [expected.method])
        #expect(transcript.error == nil)
        #expect(transcript.heads.map(\.framing) == [expected.framing])
        #expect(transcript.bodies == expected.bodies)
        #expect(transcript.ending == expected.ending)
        let persists = expected.framing != .untilClose && expected.framing != .tunnel
        #expect(try #require(transcript.heads.first).keepAlive == persists)
    }

    static let faults: [(String, HTTP1Error.Kind)] = [
        ("\r\nHTTP/1.1 200 OK\r\n\r\n", .invalidStatusLine), ("HTTP/1.1  200 OK\r\n\r\n", .invalidStatusLine),
        ("HTTP/1.1 20 OK\r\n\r\n", .invalidStatusLine), ("HTTP/1.1 2000 OK\r\n\r\n", .invalidStatusLine),
        ("HTTP/1.1 099 OK\r\n\r\n", .invalidStatusLine), ("HTTP 200 OK......\r\n\r\n", .invalidStatusLine),
        ("\u{0}\u{0}\u{4}", .invalidStatusLine), ("ICY 200 OK\r\n\r\n", .invalidStatusLine),
        ("HTTP/2.0 200 OK\r\n\r\n", .unsupportedVersion), ("HTTP/1.1 200 O\u{0}K\r\n\r\n", .controlCharacter),
        ("HTTP/1.1 200 O\rK\r\n\r\n", .bareCR), ("HTTP/1.1 200 OK\n\n", .bareLF),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            .contentLengthWithTransferCoding
        ),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", .unsupportedTransferCoding),
        ("HTTP/1.1 204 No\r\nTransfer-Encoding: chunked\r\n\r\n", .transferCodingNotAllowed),
        ("HTTP/1.1 100 Go\r\nTransfer-Encoding: chunked\r\n\r\n", .transferCodingNotAllowed),
        ("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", .transferCodingInHTTP10),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", .conflictingContentLength),
    ]

    @Test("A malformed response is refused for what is wrong with it", arguments: faults)
    func malformed(_ text: String, _ kind: HTTP1Error.Kind) {
        #expect(Transcript(text, .response, to: [.get]).error == kind)
    }

    @Test func `a response without a request is refused, and noted where one only looks on`() {
        let text = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        #expect(Transcript(text + text, .response, to: [.get]).error == .unexpectedResponse)
        #expect(Transcript(text, .response, .observe).deviations == [[.unexpectedResponse]])
    }

    @Test func `informational heads are followed by the final one without an end between`() {
        let text =
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
            + "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na"
        let transcript = Transcript(text, .response, to: [.post])
        #expect(transcript.heads.map(\.startLine) == ["1.1 100 Continue", "1.1 103 Early Hints", "1.1 200 OK"])
        #expect(transcript.endCount == 1)
        #expect(transcript.ending == .clean)
    }

    @Test func `a status line may end behind its code, which is noted`() {
        let transcript = Transcript("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", .response, to: [.get])
        #expect(transcript.deviations == [[.missingReasonSpace]])
    }

    @Test func `pipelined responses answer the methods in the order they were told`() throws {
        let methods: [RequestMethodKind] = (0..<100).map { $0 % 3 == 0 ? .head : .get }
        let texts = methods.map { "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + ($0 == .head ? "" : "x") }
        var parser = HTTP1Parser(role: .response, policy: .strict)
        for method in methods { parser.expectResponse(to: method) }
        #expect(parser.outstandingResponses == 100)
        let transcript = Transcript([Wire.bytes(texts.joined())], parser)
        #expect(transcript.error == nil)
        #expect(transcript.endCount == 100)
        #expect(transcript.bodies.count == 66)
    }

    @Test func `expectations told between responses keep their order`() throws {
        var parser = HTTP1Parser(role: .response, policy: .strict)
        var told = 0
        for answered in 0..<200 {
            while told < min(200, answered * 2 + 40) {
                parser.expectResponse(to: told % 7 == 0 ? .head : .get)
                told += 1
            }
            let bytes = Wire.bytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            var position = 0
            #expect(try parser.next(bytes.span.bytes, &position) == .head)
            #expect(parser.head.framing == (answered % 7 == 0 ? .none : .length(0)))
            #expect(try parser.next(bytes.span.bytes, &position) == .end)
        }
        #expect(parser.outstandingResponses == 0)
    }
}
