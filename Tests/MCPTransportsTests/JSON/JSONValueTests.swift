import Testing

@testable import MCPTransports

@Suite struct JSONValueTests {
    @Test(arguments: [
        #"null"#, #"true"#, #"-12"#, #"0.5"#, #""é\n\"\\\u0001""#, #"[]"#, #"{}"#, #"[1,[2,{"a":null}]]"#,
        #"{"z":1,"a":{"y":2,"b":3},"m":[]}"#, #"9223372036854775807"#,
    ])
    func `A text survives reading and writing, order included`(text: String) throws {
        #expect(try JSONValue(parsing: Array(text.utf8)).description == text)
    }

    @Test(arguments: [
        "", " ", "{", "[1,]", "{\"a\":1,}", "{a:1}", "01", "1.", "-", "1e", "tru", "\"\u{1}\"", "\"\\x\"", "\"\\u12\"",
        "\"open", "1 2", "[1 2]", "{\"a\" 1}", "1e999", "\u{FEFF}1",
    ])
    func `What is no JSON is refused with an offset inside the text`(text: String) {
        let bytes = Array(text.utf8)
        #expect {
            try JSONValue(parsing: bytes)
        } throws: { error in
            guard let error = error as? JSONError else { return false }
            return (0...bytes.count).contains(error.offset)
        }
    }

    @Test func `Every prefix of a text is refused`() throws {
        let bytes = Array(#"{"a":[1.5e3,"x\u00e9\ud83d\ude80",true,null],"b":{"c":-1}}"#.utf8)
        #expect(try JSONValue(parsing: bytes)["a"]?[1] == "xé🚀")
        for length in 0..<bytes.count {
            #expect(throws: JSONError.self) { try JSONValue(parsing: bytes[..<length]) }
        }
    }

    @Test func `Strings of invalid UTF-8 are refused`() {
        #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
        #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0x5C, 0x6E, 0xC3, 0x22]) }
    }

    @Test func `A lone surrogate becomes the replacement character`() throws {
        #expect(try JSONValue(parsing: Array(#""\ud800x\udc00\ud800\u0041""#.utf8)) == "\u{FFFD}x\u{FFFD}\u{FFFD}A")
    }

    @Test func `Nesting deeper than the limit is refused`() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        #expect(throws: Never.self) { try JSONValue(parsing: nested(256)) }
        #expect(throws: JSONError.self) { try JSONValue(parsing: nested(257)) }
    }

    @Test func `Whole numbers beyond 64 bits are doubles`() throws {
        #expect(try JSONValue(parsing: Array("9223372036854775808".utf8)) == .number(9_223_372_036_854_775_808))
    }

    @Test func `Objects are equal whatever the order of their members, and the last of equal names counts`() throws {
        let first: JSONValue = ["a": 1, "b": 2]
        let second: JSONValue = ["b": 2, "a": 1]
        #expect(first == second)
        #expect(first.hashValue == second.hashValue)
        #expect(try JSONValue(parsing: Array(#"{"a":1,"a":2}"#.utf8))["a"] == 2)
    }

    @Test func `Setting a member keeps its place and nil removes it`() {
        var object: JSONObject = ["a": 1, "b": 2]
        object["a"] = 3
        object["c"] = 4
        object["b"] = nil
        #expect(JSONValue.object(object).description == #"{"a":3,"c":4}"#)
    }

    @Test func `A number that JSON cannot hold is written as null`() {
        #expect(JSONValue.number(.infinity).description == "null")
    }
}
