import Testing
import WireFormats

@Suite("The digest of a JSON value")
struct JSONDigestTests {
    private func digest(_ text: String, without names: [StaticString] = []) -> Int? {
        let bytes = Array(text.utf8)
        return JSONScan.digest(of: 0..<bytes.count, in: bytes.span.bytes, without: names)
    }

    @Test(
        "is the same however a value is written",
        arguments: [
            (#"{"a":1,"b":[true,null]}"#, "{ \"b\" : [true,\n null ], \"a\":1 }"), (#""ab""#, #""\u0061b""#),
            (#"{"é":{}}"#, #"{"\u00e9":{ }}"#), ("[]", "[ ]"), (#""😀""#, #""\ud83d\ude00""#),
        ])
    func same(_ one: String, _ other: String) {
        #expect(digest(one) != nil)
        #expect(digest(one) == digest(other))
    }

    @Test("tells values apart")
    func apart() {
        let texts = [
            "1", "1.0", #""1""#, "[1]", "[1,1]", "[[1]]", "{}", "[]", #"{"a":1}"#, #"{"a":"1"}"#, #"{"a":{"b":1}}"#,
            #"{"a":1,"b":2}"#, #"{"a":2,"b":1}"#, "null", "true", #""""#, #"{"b":{"a":1}}"#, "[1,2]", "[2,1]",
        ]
        #expect(Set(texts.map(digest)).count == texts.count)
    }

    @Test("leaves members out that are not to count, of the value itself alone")
    func without() {
        let plain = digest(#"{"a":1}"#)
        #expect(digest(#"{"_meta":{"x":1},"a":1,"\u005fmeta":2}"#, without: ["_meta"]) == plain)
        #expect(digest(#"{"a":{"_meta":1}}"#, without: ["_meta"]) != digest(#"{"a":{}}"#, without: ["_meta"]))
    }

    @Test(
        "is none of what is no JSON or too deep",
        arguments: ["", "{", #"{"a"}"#, "[1", String(repeating: "[", count: 600)])
    func none(_ text: String) {
        #expect(digest(text) == nil)
    }

    private func digest(_ text: String) -> Int? { digest(text, without: []) }
}
