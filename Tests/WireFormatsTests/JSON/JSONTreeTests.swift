import TestSupport
import Testing

@testable import WireFormats

struct JSONTreeTests {
    @Test(arguments: [
        ("1", "1.0"), ("1", "10e-1"), ("100", "1E+2"), ("0", "-0.00e7"), ("0.5", "5e-1"), ("-12.30", "-1.23e1"),
        ("9007199254740993", "9007199254740993.0"),
    ])
    func `numbers are equal where their values are`(_ left: String, _ right: String) throws {
        let (left, right) = (try #require(JSONTree(left)), try #require(JSONTree(right)))
        #expect(left == right && left.hashValue == right.hashValue)
    }

    @Test(arguments: [
        ("9007199254740993", "9007199254740992"), ("1", "-1"), ("1e2", "1e3"), ("0.1", "0.01"), ("1", "\"1\""),
        ("1e999999999999999999999", "1e99"), ("null", "0"), ("[]", "{}"), ("[1,2]", "[2,1]"), ("\"é\"", "\"e\u{301}\""),
    ])
    func `what differs in any digit or byte is not equal`(_ left: String, _ right: String) throws {
        #expect(try #require(JSONTree(left)) != #require(JSONTree(right)))
    }

    @Test func `the order of members means nothing, and the last of a key counts`() throws {
        let left = try #require(JSONTree(#"{"a":1,"b":[{"c":2,"d":null}],"a":3}"#))
        let right = try #require(JSONTree(#"{"b":[{"d":null,"c":2.0}],"a":3}"#))
        #expect(left == right && left.hashValue == right.hashValue)
        #expect(left["a"]?.int == 3)
        #expect(left.serialized() == Array(#"{"a":1,"b":[{"c":2,"d":null}],"a":3}"#.utf8))
    }

    @Test func `text comes back with every digit, and with only the escapes that must be`() throws {
        let text =
            #" { "x" : [ 1.50e+3 , "a\u0000\u000a\"\\\/\u00e9\ud83d\ude00" , true , false , null , { } , [ ] ] } "#
        let written = #"{"x":[1.50e+3,"a\u0000\n\"\\/é😀",true,false,null,{},[]]}"#
        #expect(JSONTree(text)?.serialized() == Array(written.utf8))
    }

    @Test(arguments: ["", " ", "{", "[1,]", "{\"a\"}", "01", "1 2", "\"\u{1}\"", "nul", "{\"a\":1,}", "[1}", "-"])
    func `what is no JSON is refused`(_ text: String) { #expect(JSONTree(text) == nil) }

    @Test func `invalid UTF-8 and depth beyond 256 are refused`() {
        #expect(JSONTree([0x22, 0xFF, 0x22]) == nil)
        let deep = { String(repeating: "[", count: $0) + String(repeating: "]", count: $0) }
        #expect(JSONTree(deep(256)) != nil && JSONTree(deep(257)) == nil && JSONTree(deep(100_000)) == nil)
    }

    @Test func `any truncation of a text is refused or is a number`() {
        let text = Array(#"{"a":[1,2.5,"x\n",{"b":null}],"c":true}"#.utf8)
        for count in 0..<text.count { #expect(JSONTree(Array(text.prefix(count))) == nil) }
    }

    @Test(.timeLimit(.minutes(1))) func `objects are compared once at every depth`() throws {
        let deep = { (inner: String) in
            JSONTree(String(repeating: #"{"a":"#, count: 250) + inner + String(repeating: "}", count: 250))
        }
        #expect(deep("1") != nil && deep("1") != deep("2") && deep("1") == deep("1.0"))
        let twice = try #require(JSONTree(#"{"a":1,"b":0,"a":2}"#))
        #expect(twice == JSONTree(#"{"a":3,"b":0,"a":2}"#) && twice != JSONTree(#"{"a":1,"b":0,"a":3}"#))
        #expect(twice == JSONTree(#"{"b":0,"a":2}"#))
    }

    @Test func `members are set in their place, added at the end, and taken out`() {
        var tree = JSONTree(#"{"a":1,"b":2}"#)
        tree?.set("a", .string("x"))
        tree?.set("c", .null)
        tree?.set("b", nil)
        #expect(tree.map { String(decoding: $0.serialized(), as: UTF8.self) } == #"{"a":"x","c":null}"#)
    }
}
