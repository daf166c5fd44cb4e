import Testing
import WireFormats

@testable import Traffic

/// Texts that cost a reader the more the longer they are, were they read again and again: each is far beyond what could
/// be, so that the time limit tells.
@Suite(.timeLimit(.minutes(1)))
struct HostileTextTests {
    private static let length = 1 << 20

    private func masked(_ text: String) -> String? {
        var redactor = Redactor(key: Array(0..<32))
        return redactor.maskedMessage(Array(text.utf8)).map { String(decoding: $0.text, as: UTF8.self) }
    }

    private func run(_ text: String, _ count: Int = length) -> String { String(repeating: text, count: count) }

    @Test func `a long run of backslashes is passed once`() throws {
        let text = #"x \"password\": "# + run("\\") + #" \"secret\": \"s3cr3t\""#
        #expect(try !#require(masked(text)).contains("s3cr3t"))
        let element = #"x \"password\": [ "# + run("\\") + #" x, \"s3cr3t\"]"#
        #expect(try !#require(masked(element)).contains("s3cr3t"))
        let escaped = try #require(
            masked(#"{"a":"\#(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))"}"#))
        #expect(!escaped.contains("s3cr3t") && escaped.hasPrefix(#"{"a":"x "#))
    }

    @Test func `backslashes in a name are passed once`() throws {
        let text = #"x "password": "s3cr3t" ""# + run("\\") + #"a": 1 "\u0061"# + run("\\") + #"b""#
        #expect(try !#require(masked(text)).contains("s3cr3t"))
        #expect(Array(text.utf8).namesSecretItem)
        #expect(Array(run("\\").utf8).withoutUnicodeEscapes.count == Self.length)
        #expect(Array((#"p"# + run("\\", 9) + #"u0061ss"#).utf8).withoutUnicodeEscapes == Array("pass".utf8))
    }

    @Test func `quotes deeper than anybody means hide what follows`() throws {
        let text = #"x "password"# + run("\\", 100_000) + #"": ["# + run("1,", 200_000) + #""s3cr3t"] y"#
        #expect(try #require(masked(text)).hasPrefix(#"x "password"#))
        #expect(try #require(masked(text)).utf8.count < 100_100)
    }

    @Test func `a text with more secrets than anybody has is masked as a whole`() throws {
        let numbers = #"{"n":1,"secret":["# + run("1,") + "1]}"
        let mask = try #require(masked(numbers))
        #expect(mask.isMask)
        #expect(masked("x " + numbers)?.isMask == true)
        let inner = numbers.replacing("\"", with: "\\\"")
        let nested = try #require(masked(#"{"a":"\#(inner)","b":"shown"}"#))
        #expect(nested == #"{"a":"\#(mask)","b":"shown"}"#)
        let few = #"{"secret":["# + run("1,", 2000) + "1]}"
        #expect(try #require(masked(few)).hasPrefix(#"{"secret":["hmac:"#))
    }

    @Test func `forms and answers with too many of them are masked from there on`() throws {
        var redactor = Redactor(key: Array(0..<32))
        var count: Int64 = 0
        let form = redactor.form(Array((run("token=1&", 200_000) + "password=s3cr3t").utf8), &count)
        #expect(!String(decoding: form, as: UTF8.self).contains("s3cr3t") && count < 60_000)
        count = 0
        let document = redactor.document("{" + run(#""token":"s3cr3t","#, 100_000) + #""n":1}"#, &count)
        #expect(document.isMask && count == 1)
    }

    @Test func `URLs in URLs are gone into so deep, and masked beyond`() {
        var redactor = Redactor(key: Array(0..<32))
        var count: Int64 = 0
        func nested(_ depth: Int, _ inner: String) -> String {
            var text = inner
            for _ in 0..<depth { text = "?a=" + Self.escaped(text) }
            return text
        }
        // Each of them has the next in its value.
        let deep = "a=" + (1..<1500).map { "%" + run("25", $0) + "3Fa" }.joined(separator: "%3D")
        _ = redactor.form(Array(deep.utf8), &count)
        let shallow = nested(4, "b=1")
        #expect(redactor.url("/x" + shallow, &count) == "/x" + shallow)
        let masked = redactor.url("/x" + nested(12, "b=1"), &count)
        #expect(masked.hasPrefix("/x?a=hmac:") && masked.utf8.count == "/x?a=hmac:".utf8.count + 16)
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing("?", with: "%3F").replacing("=", with: "%3D")
    }
}
