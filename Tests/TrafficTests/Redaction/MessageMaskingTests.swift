import TestSupport
import Testing
import WireFormats

@testable import Traffic

struct MessageMaskingTests {
    private func masked(_ text: String, _ extra: [String] = []) -> (text: String, count: Int64)? {
        var redactor = Redactor(key: Array(0..<32), keys: SecretKeys(extra: extra))
        return redactor.maskedMessage(Array(text.utf8)).map { (String(decoding: $0.text, as: UTF8.self), $0.count) }
    }

    private func mask(_ secret: String) -> String {
        var redactor = Redactor(key: Array(0..<32))
        return redactor.mask(secret)
    }

    /// `$` stands for the secret before, and for its mask after.
    @Test(arguments: [
        #"{"password":"$"}"#, #" { "Client_Secret" : "$" , "b" : [ 1 ] } "#, #"[{"a":{"api_key":"$"}},{"secret":"$"}]"#,
        #"{"a":"{\"password\":\"$\",\"n\":1}"}"#, #"{"a":"{\"b\":\"[{\\\"id_token\\\":\\\"$\\\"}]\"}"}"#,
        #"{"pass\u0077ord":"$","\u0061":"\u0041"}"#, #"{"a":"\u007b\u0022password\u0022:\u0022$\u0022}"}"#,
        #"{"secret":["$",["$"]]}"#, #"{"a":"see {\"password\": \"$\"} there"}"#,
        #"{"a":"{\"password\":\"$\"}\n{\"secret\":[\"$\", \"$\"]}\n"}"#,
        #"{"a":"log: {\"b\":\"{\\\"apikey\\\":\\\"$\\\"}\"} and \"token\""}"#,
        #"{"authorization":"Bearer $","refresh_token":"$"}"#, #"{"password":{"secret":"$","type":"string"}}"#,
        #"{"password":{"value":"$","type":"string","of":[{"a":"$","description":"d"}]},"b":"shown"}"#,
        #"{"a":"log: {\"pass\\u0077ord\":\"$\"}"}"#, #"{"a":"log: {\"password\":[null,\"$\"]} {\"b\":\"c\"}"}"#,
        #"{"a":"log: {\"password\":[\"$\",true,\"$\"],\"b\":\"c\"}"}"#,
        #"{"a":"log: {\"secret\":[[\"$\"],[]],\"b\":1}"}"#,
        #"{"a":"log: {\"secret\":{\"type\":\"string\",\"value\":\"$\"},\"b\":\"c\"}"}"#,
        #"{"a":"log: {\"b\":\"{\\\"secret\\\":[\\\"$\\\", null, \\\"$\\\"]}\",\"c\":\"d\"}"}"#,
    ])
    func `only secrets are masked, and every other byte stays`(pattern: String) throws {
        let secret = "s3cr3t-Wert"
        let found = try #require(masked(pattern.replacing("$", with: secret)))
        #expect(found.text == pattern.replacing("$", with: mask(secret)))
        #expect(Int(found.count) == pattern.count { $0 == "$" })
    }

    @Test(arguments: [
        #"{"password":""}"#, #"{"password":null,"secret":true}"#, #"{"required":["password","secret"]}"#,
        #"{"password":{"type":"string","description":"of the user"}}"#, #"{"passwords":"x","token":"y"}"#,
        #"{"progressToken":"a","nextCursor":"b","cursor":"c","requestState":"d"}"#,
        #"{"text":"the \"password\" is not here: see \"secret\""}"#, "password: x", "<input name=\"password\">",
    ])
    func `what is no secret stays`(text: String) { #expect(masked(text) == nil) }

    @Test func `numbers become masks in quotes, as deep as they stand`() {
        #expect(masked(#"{"secret":-12.5e3,"n":1}"#)?.text == #"{"secret":"\#(mask("-12.5e3"))","n":1}"#)
        #expect(masked(#"{"a":"{\"pin\":[1]}"}"#, ["pin"])?.text == #"{"a":"{\"pin\":[\"\#(mask("1"))\"]}"}"#)
        #expect(masked(#"{"a":"no: \"pin\": 77, x"}"#, ["pin"])?.text == #"{"a":"no: \"pin\": \"\#(mask("77"))\", x"}"#)
    }

    @Test(arguments: ["12s3cr3t", "s3cr3t", "s3 cr3t"])
    func `a value without quotes is masked to its end`(secret: String) {
        #expect(masked("log: {\"secret\":\(secret)}")?.text == "log: {\"secret\":\"\(mask(secret))\"}")
        #expect(masked("a \"secret\": \(secret)\nb")?.text == "a \"secret\": \"\(mask(secret))\"\nb")
    }

    @Test func `however a secret is spelled, its mask is the same`() {
        let text = masked(#"{"secret":"a\/\u0062","a":"{\"secret\":\"a\/\\u0062\"}"}"#)?.text
        #expect(text == #"{"secret":"\#(mask("a/b"))","a":"{\"secret\":\"\#(mask("a/b"))\"}"}"#)
    }

    @Test(arguments: [
        #"{"password":"s3cr3t"#, #"{"a":1,"password":"s3cr3t"}}"#, #"[{"secret":"s3cr3t"},"#,
        #"{'a':1,"secret":"s3cr3t"}"#, #"{"a":"{\"secret\":\"s3cr3t"#,
    ])
    func `what begins as JSON and is none is masked as a whole`(text: String) {
        #expect(masked(text)?.text == mask(text) && masked(text)?.count == 1)
        #expect(masked(text.replacing("password", with: "x").replacing("secret", with: "y")) == nil)
    }

    @Test func `text with JSON in it is masked where it names a secret, to its end where that is cut`() {
        #expect(masked(#"event {"secret":"s3"} x"#)?.text == #"event {"secret":"\#(mask("s3"))"} x"#)
        #expect(masked(#"event {"secret":"s3"#)?.text == #"event {"secret":"\#(mask("s3"))"#)
    }

    @Test func `JSON in strings deeper than anybody means is masked as a whole`() throws {
        var text = #"{"secret":"s3cr3t"}"#
        for _ in 0..<12 {
            text = #"{"a":"\#(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))"}"#
        }
        let found = try #require(masked(text)).text
        let isJSON = JSONScan.validate(Array(found.utf8).span.bytes)
        #expect(isJSON && !found.contains("s3cr3t"))
    }

    @Test(arguments: 0..<60)
    func `any message with secrets anywhere becomes the same with their masks`(seed: Int) {
        var random = SeededGenerator(seed)
        let tree = SecretTree.random(depth: 5, using: &random)
        let text = tree.text(seed: seed) { $0 }
        let expected = tree.text(seed: seed) { mask($0) }
        #expect((masked(text)?.text ?? text) == expected)
    }
}
