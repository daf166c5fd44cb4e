import Testing
import WireFormats

@Suite("The JSON scan")
struct JSONScanTests {
    @Test("takes what RFC 8259 takes", arguments: JSONCorpus.valid + JSONCorpus.messages)
    func valid(_ text: String) {
        #expect(JSONScan.validate(Array(text.utf8)))
    }

    @Test("refuses what RFC 8259 refuses", arguments: JSONCorpus.invalid)
    func invalid(_ text: String) {
        #expect(!JSONScan.validate(Array(text.utf8)))
    }

    @Test("refuses what is not UTF-8, wherever it stands in a string", arguments: JSONCorpus.notUTF8)
    func notUTF8(_ bytes: [UInt8]) {
        for before in 0...9 {
            let text = [0x22] + [UInt8](repeating: 0x61, count: before) + bytes + Array("bcdefghijk\"".utf8)
            #expect(!JSONScan.validate(text))
        }
        #expect(!JSONScan.validate(([0x22] + bytes + [0x22])))
    }

    @Test func `finds each special byte at each place of a long string`() {
        for length in 0...40 {
            for place in 0...length {
                let bytes = [UInt8](repeating: 0x61, count: length)
                func text(_ inner: [UInt8]) -> [UInt8] { [0x22] + bytes[..<place] + inner + bytes[place...] + [0x22] }
                #expect(JSONScan.validate(text([0x7F])))
                #expect(JSONScan.validate(text([0x5C, 0x22])))
                #expect(JSONScan.validate(text([0xC3, 0xA9])))
                #expect(!JSONScan.validate(text([0x1F])))
                #expect(!JSONScan.validate(text([0x00])))
                #expect(!JSONScan.validate(text([0x80])))
                #expect(!JSONScan.validate(text([0x22])))
            }
        }
    }

    @Test func `takes 512 containers in each other and not one more`() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            for (depth, isValid) in [(511, true), (512, true), (513, false)] {
                let inner = open == "[" ? "" : "1"
                let text = String(repeating: open, count: depth) + inner + String(repeating: close, count: depth)
                #expect(JSONScan.validate(Array(text.utf8)) == isValid, "\(depth)")
            }
        }
        let endless = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
        #expect(!JSONScan.validate(endless))
    }

    @Test("no beginning of a container or string is a text", arguments: JSONCorpus.messages)
    func truncated(_ text: String) {
        let bytes = Array(text.utf8)
        for length in 0..<bytes.count {
            #expect(!JSONScan.validate(Array(bytes[..<length])), "\(length)")
        }
    }

    @Test func `finds values by path, the last of equal names, names by value`() {
        let text = Array(#" {"a":{"b":1},"a":{"b":[10,{"c":"x"}],"\u0063":2}, "é":3}"#.utf8)
        func value(_ path: String...) -> String? {
            JSONScan.value(at: path, in: text).map { String(decoding: text[$0], as: UTF8.self) }
        }
        #expect(value("a", "b", "1", "c") == #""x""#)
        #expect(value("a", "b", "0") == "10")
        #expect(value("a", "c") == "2")
        #expect(value("é") == "3")
        #expect(value("e\u{301}") == nil)
        #expect(value()?.first == "{")
        for path in [
            ["b"], ["a", "b", "2"], ["a", "b", "01"], ["a", "b", "-1"], ["a", "b", "0", "x"], ["a", "c", "0"],
        ] {
            #expect(JSONScan.value(at: path, in: text) == nil)
        }
        let broken = Array(#"{"a":1"#.utf8)
        #expect(JSONScan.value(at: ["a"], in: broken) == nil)
    }

    @Test func `gives elements and members with their places`() throws {
        let text = Array(#" [1 , "a,]" ,{"x":[2]},[]] "#.utf8)
        let elements = try #require(JSONScan.elements(of: text))
        #expect(elements.map { String(decoding: text[$0], as: UTF8.self) } == ["1", #""a,]""#, #"{"x":[2]}"#, "[]"])
        #expect(JSONScan.elements(of: Array("[]".utf8)) == [])
        #expect(JSONScan.elements(of: Array("{}".utf8)) == nil)
        #expect(JSONScan.elements(of: Array("[1".utf8)) == nil)
        let object = Array(#"{"a" : 1, "a":[2]}"#.utf8)
        let members = try #require(JSONScan.members(of: object))
        #expect(members.map { String(decoding: object[$0.key], as: UTF8.self) } == [#""a""#, #""a""#])
        #expect(members.map { String(decoding: object[$0.value], as: UTF8.self) } == ["1", "[2]"])
        #expect(JSONScan.members(of: text) == nil)
    }

    private static let strings: [(text: String, value: String?)] = [
        (#""""#, ""), (#""a\"\\\/\b\f\n\r\tz""#, "a\"\\/\u{8}\u{C}\n\r\tz"), (#""\u0041\u00E9\u00e9""#, "Aéé"),
        (#""\ud83d\ude00😀""#, "😀😀"), (#""\ud83d""#, "\u{FFFD}"), (#""\ud83dA""#, "\u{FFFD}A"),
        (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"), (#""\ude00\n""#, "\u{FFFD}\n"),
        (#""\u0000""#, "\0"), ("1", nil), ("[\"a\"]", nil), ("\"a", nil), ("\"a\" ", nil),
    ]

    @Test("decodes strings, half a surrogate pair as U+FFFD", arguments: strings)
    func string(_ text: String, _ value: String?) {
        let bytes = Array(text.utf8)
        let decoded = JSONScan.string(at: 0..<bytes.count, in: bytes)
        #expect(decoded.map { Array($0.utf8) } == value.map { Array($0.utf8) })
    }

    private static let integers: [(text: String, value: Int?)] = [
        ("0", 0), ("-0", 0), ("-32600", -32600), ("9223372036854775807", .max), ("-9223372036854775808", .min),
        ("9223372036854775808", nil), ("-9223372036854775809", nil), ("1.0", nil), ("1e3", nil), ("01", nil), ("", nil),
        ("-", nil), ("\"1\"", nil),
    ]

    @Test("decodes integers that fit", arguments: integers)
    func integer(_ text: String, _ value: Int?) {
        let bytes = Array(text.utf8)
        #expect(JSONScan.integer(at: 0..<bytes.count, in: bytes) == value)
    }

    @Test func `tells types, and takes no range beyond the text`() {
        let text = Array(#"{"a":1}"#.utf8)
        #expect(JSONScan.type(of: 0..<7, in: text) == .object)
        #expect(JSONScan.type(of: 1..<4, in: text) == .string)
        #expect(JSONScan.type(of: 5..<6, in: text) == .number)
        #expect(JSONScan.type(of: 0..<8, in: text) == nil)
        #expect(JSONScan.string(at: 1..<9, in: text) == nil)
        #expect(JSONScan.integer(at: 5..<9, in: text) == nil)
        for (text, type) in [("[", JSONScan.ValueType.array), ("true", .boolean), ("null", .null), ("-1", .number)] {
            #expect(JSONScan.type(of: 0..<1, in: Array(text.utf8)) == type)
        }
    }
}
