import Testing
import WireFormats

@Suite struct HTTP1CharacterTests {
    static let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

    /// Is a request with `byte` in the place of `?` accepted?
    static func isAccepted(_ byte: UInt8, in template: String) -> Bool {
        let bytes = Wire.bytes(template).map { $0 == UInt8(ascii: "?") ? byte : $0 }
        let transcript = Transcript([bytes], Wire.parser(.request, .strict))
        return transcript.error == nil && transcript.endCount == 1
    }

    static func accepted(in template: String) -> [UInt8] { (0...255).filter { isAccepted($0, in: template) } }

    @Test func `methods and field names are made of token characters`() {
        let token = Wire.bytes(Self.letters + "!#$%&'*+-.^_`|~").sorted()
        #expect(Self.accepted(in: "M?M / HTTP/1.1\r\nHost: a\r\n\r\n") == token)
        // A colon ends the name, which leaves a valid line.
        let name = Self.accepted(in: "GET / HTTP/1.1\r\nHost: a\r\nX?X: y\r\n\r\n")
        #expect(name == (token + [UInt8(ascii: ":")]).sorted())
    }

    @Test func `field values have any byte but control characters, at every distance from their start`() {
        let wanted = (0...255).filter { $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }.map(UInt8.init)
        for distance in 0..<17 {
            let padding = String(repeating: "\t", count: distance)
            #expect(Self.accepted(in: "GET / HTTP/1.1\r\nHost: a\r\nX: a\(padding)?b\r\n\r\n") == wanted)
        }
    }

    @Test func `targets have visible characters but no fragment, and a blank ends them`() {
        let wanted = (0x21...0x7E).map(UInt8.init).filter { $0 != UInt8(ascii: "#") }
        #expect(Self.accepted(in: "GET /a?b HTTP/1.1\r\nHost: a\r\n\r\n") == wanted)
    }

    @Test func `hosts have the characters of a host and a port`() {
        let wanted = Wire.bytes(Self.letters + "-._~%!$&'()*+,;=:[]").sorted()
        #expect(Self.accepted(in: "GET / HTTP/1.1\r\nHost: a?b\r\n\r\n") == wanted)
    }

    @Test func `a parser tells whether a head is under way`() throws {
        var parser = HTTP1Parser(role: .request, policy: .strict)
        let expected = [
            ("", true, true), ("GET /", true, false), (" HTTP/1.0\r\nContent-Length: 1\r\n\r", true, false),
        ]
        for (text, isReadingHead, isBetweenMessages) in expected + [("\n", false, false), ("x", true, true)] {
            let bytes = Wire.bytes(text)
            var position = 0
            while try parser.next(bytes.span.bytes, &position) != nil {}
            #expect(parser.isReadingHead == isReadingHead, "behind \(text.debugDescription)")
            #expect(parser.isBetweenMessages == isBetweenMessages, "behind \(text.debugDescription)")
        }
    }

    @Test func `what responses answer can be forgotten`() {
        var parser = Wire.parser(.response, .observe, to: [.head, .get])
        parser.forgetExpectedResponses()
        #expect(parser.outstandingResponses == 0)
    }
}
