import Testing
import WireFormats

@Suite struct HTTP1RequestHeadTests {
    struct Case: CustomTestStringConvertible {
        var text: String
        var startLine: String
        var framing = HTTP1Head.Framing.none
        var keepAlive = true
        var testDescription: String { text.debugDescription }
    }

    static let cases = [
        Case(text: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", startLine: "GET / 1.1"),
        Case(text: "\r\n\r\nGET /sse HTTP/1.1\r\nhost:a:80\r\n\r\n", startLine: "GET /sse 1.1"),
        Case(text: "GET / HTTP/1.1\r\nHost:\r\n\r\n", startLine: "GET / 1.1"),
        Case(text: "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", startLine: "GET / 1.1"),
        Case(text: "GET / HTTP/1.1\r\nHost: a\r\nConnection: Close\r\n\r\n", startLine: "GET / 1.1", keepAlive: false),
        Case(
            text: "GET / HTTP/1.1\r\nHost: a\r\nConnection: x , close,\r\n\r\n", startLine: "GET / 1.1",
            keepAlive: false),
        Case(text: "GET / HTTP/1.0\r\n\r\n", startLine: "GET / 1.0", keepAlive: false),
        Case(text: "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", startLine: "GET / 1.0"),
        Case(
            text: "GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n", startLine: "GET / 1.0", keepAlive: false),
        Case(
            text: "POST /mcp?x=1|2 HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", startLine: "POST /mcp?x=1|2 1.1",
            framing: .length(0)),
        Case(
            text: "PUT http://a/b HTTP/1.1\r\nHost: a\r\ncontent-LENGTH: \t 0017 \t\r\n\r\n",
            startLine: "PUT http://a/b 1.1", framing: .length(17)),
        Case(
            text: "BREW /pot HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: ChunKed\r\n\r\n", startLine: "BREW /pot 1.1",
            framing: .chunked),
        Case(text: "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", startLine: "OPTIONS * 1.1"),
        Case(text: "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", startLine: "CONNECT a:443 1.1"),
    ]

    @Test("A valid request head gives its start line, framing and persistence", arguments: cases)
    func validHead(_ expected: Case) throws {
        let transcript = Transcript(expected.text)
        #expect(transcript.error == nil)
        let head = try #require(transcript.heads.first)
        #expect(head.startLine == expected.startLine)
        #expect(head.framing == expected.framing)
        #expect(head.keepAlive == expected.keepAlive)
        let withoutEmptyLines = String(expected.text.drop { $0 == "\r\n" })
        #expect(head.bytes == withoutEmptyLines)
    }

    static let faults: [(String, HTTP1Error.Kind)] = [
        (" GET / HTTP/1.1\r\nHost: a\r\n\r\n", .invalidMethod),
        ("\u{16}\u{3}\u{1}\u{2}", .invalidMethod),
        ("GET\r\n\r\n", .invalidMethod),
        ("G(T / HTTP/1.1\r\n\r\n", .invalidMethod),
        ("GET\t/ HTTP/1.1\r\n\r\n", .invalidMethod),
        ("GET  / HTTP/1.1\r\n\r\n", .invalidTarget),
        ("GET /\u{E9} HTTP/1.1\r\n\r\n", .invalidTarget),
        ("GET /\u{0} HTTP/1.1\r\n\r\n", .invalidTarget),
        ("GET /a#b HTTP/1.1\r\n\r\n", .invalidTarget),
        ("GET a HTTP/1.1\r\n\r\n", .invalidTarget),
        ("GET * HTTP/1.1\r\n\r\n", .invalidTarget),
        ("CONNECT /a HTTP/1.1\r\n\r\n", .invalidTarget),
        ("GET /\r\n", .http09),
        ("GET / \r\n\r\n", .invalidVersion),
        ("GET / http/1.1\r\n\r\n", .invalidVersion),
        ("GET / HTTP/1.1 \r\n\r\n", .invalidVersion),
        ("GET / HTTP/1.10\r\n\r\n", .invalidVersion),
        ("GET /a b HTTP/1.1\r\n\r\n", .invalidVersion),
        ("GET / HTTP/1.2\r\n\r\n", .unsupportedVersion),
        ("GET / HTTP/2.0\r\n\r\n", .unsupportedVersion),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", .http2Preface),
        ("GET / HTTP/1.1\nHost: a\n\n", .bareLF),
        ("\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", .bareLF),
        ("\rGET / HTTP/1.1\r\nHost: a\r\n\r\n", .bareCR),
        ("GET /\r HTTP/1.1\r\n\r\n", .bareCR),
        ("GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", .bareCR),
        ("GET / HTTP/1.1\r\nHost: a\r\nX\rY: b\r\n\r\n", .bareCR),
        ("GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", .bareLF),
        ("GET / HTTP/1.1\r\nHost: a\r\n\n", .bareLF),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: a\u{0}b\r\n\r\n", .controlCharacter),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: a\u{7F}b\r\n\r\n", .controlCharacter),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: 123456789\u{1F}\r\n\r\n", .controlCharacter),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n", .obsFold),
        ("GET / HTTP/1.1\r\n Host: a\r\n\r\n", .whitespaceBeforeFirstField),
        ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", .blankBeforeColon),
        ("GET / HTTP/1.1\r\nHost: a\r\nX\t: a\r\n\r\n", .blankBeforeColon),
        ("GET / HTTP/1.1\r\nHost: a\r\n: a\r\n\r\n", .invalidFieldName),
        ("GET / HTTP/1.1\r\nHost: a\r\nX Y: a\r\n\r\n", .invalidFieldName),
        ("GET / HTTP/1.1\r\nHost: a\r\nX\u{E9}: a\r\n\r\n", .invalidFieldName),
        ("GET / HTTP/1.1\r\nHost: a\r\nX\u{0}: a\r\n\r\n", .invalidFieldName),
        ("GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n", .missingColon),
        ("GET / HTTP/1.1\r\n\r\n", .missingHost),
        ("GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n", .repeatedHost),
        ("GET / HTTP/1.0\r\nHost: a\r\nhost: b\r\n\r\n", .repeatedHost),
        ("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", .invalidHost),
        ("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", .invalidHost),
        ("GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", .invalidHost),
    ]

    @Test("A malformed request head is refused for what is wrong with it", arguments: faults)
    func malformedHead(_ text: String, _ kind: HTTP1Error.Kind) {
        let transcript = Transcript(text)
        #expect(transcript.error == kind)
        #expect(transcript.entries.isEmpty)
    }

    @Test func `a head that cannot be read is at hand from its beginning, wherever it was cut`() throws {
        let head = Wire.bytes("GET / HTTP/1.1\r\nHost: h\r\nX : y\r\n\r\n")
        for cut in 0..<head.count {
            var parser = HTTP1Parser(role: .request, policy: .strict)
            var failure: HTTP1Error?
            var rest: [UInt8] = []
            for piece in [head[..<cut], head[cut...]] where failure == nil {
                let bytes = Array(piece)
                var position = 0
                do { while try parser.next(bytes.span.bytes, &position) != nil {} } catch { failure = error }
                rest = Array(bytes[position...])
            }
            #expect(failure?.kind == .blankBeforeColon)
            let seen = parser.unreadHead + rest
            #expect(seen == Array(head[..<seen.count]) && seen.count >= head.count - 4)
        }
    }

    @Test func `fields are found by name in any case, in order, without blanks around their values`() throws {
        let text = Wire.request("X-A: \t one \t", "x-a:two", "Empty:", "Latin: caf\u{E9}", method: "GET")
        let bytes = Wire.bytes(text)
        var parser = HTTP1Parser(role: .request, policy: .strict)
        var position = 0
        #expect(try parser.next(bytes.span.bytes, &position) == .head)
        let range = try #require(parser.headRange)
        #expect(range == 0..<bytes.count)
        let head = parser.head
        #expect(head.method == .get)
        let first = head.first(named: "x-A", in: bytes.span.bytes)
        #expect(try Array(bytes[#require(first)]) == Wire.bytes("one"))
        let count = head.count(named: "X-a", in: bytes.span.bytes)
        #expect(count == 2)
        let absent = head.first(named: "X-B", in: bytes.span.bytes)
        #expect(absent == nil)
        #expect(head.fieldCount == 5)
        #expect(bytes[head.field(3).value].isEmpty)
        #expect(try #require(Transcript(text).heads.first).fields[4] == "Latin: caf\u{E9}")
    }

    @Test(arguments: RequestMethodKind.allCases)
    func `every method is known by its name in upper case only`(_ kind: RequestMethodKind) throws {
        let name = kind == .other ? "TRACE" : "\(kind.name)"
        for (spelling, expected) in [(name, kind), (name.lowercased(), .other), (name + "X", .other)] {
            let target = expected == .connect ? "a:1" : "/"
            let bytes = Wire.bytes("\(spelling) \(target) HTTP/1.1\r\nHost: a\r\n\r\n")
            var parser = HTTP1Parser(role: .request, policy: .strict)
            var position = 0
            #expect(try parser.next(bytes.span.bytes, &position) == .head)
            #expect(parser.head.method == expected)
        }
    }

    @Test(arguments: [
        ("Expect: 100-Continue", true, false), ("Expect: other", false, false),
        ("Connection: keep-alive, Upgrade\r\nUpgrade: websocket", false, true),
        ("Upgrade: websocket", false, false), ("Connection: upgrade", false, false),
    ])
    func `expectations and upgrades are recognised`(_ lines: String, _ expects: Bool, _ upgrades: Bool) throws {
        let bytes = Wire.bytes(Wire.request(lines, method: "GET"))
        var parser = HTTP1Parser(role: .request, policy: .strict)
        var position = 0
        #expect(try parser.next(bytes.span.bytes, &position) == .head)
        #expect(parser.head.expectContinue == expects)
        #expect(parser.head.isUpgrade == upgrades)
    }
}
