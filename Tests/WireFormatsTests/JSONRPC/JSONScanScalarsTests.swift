import Testing
import WireFormats

struct JSONScanScalarsTests {
    private func scalars(_ text: String) -> [String]? {
        let bytes = Array(text.utf8)
        var found: [String] = []
        let isJSON = JSONScan.forEachScalar(in: bytes.span.bytes) { key, _, value in
            let name = key.map { String(decoding: bytes[$0], as: UTF8.self) } ?? "-"
            found.append(name + "=" + String(decoding: bytes[value], as: UTF8.self))
        }
        return isJSON ? found : nil
    }

    @Test func `strings and numbers come in order with the key they stand under`() {
        let text = #" {"a": "x", "b" : [1, ["y", true], {"c":-2e3, "d":{}}, "z"], "e":null, "\u0066":""} "#
        #expect(
            scalars(text) == [
                #""a"="x""#, #""b"=1"#, #""b"="y""#, #""c"=-2e3"#, #""b"="z""#, #""\u0066"="""#,
            ])
        #expect(scalars(#""x""#) == [#"-="x""#] && scalars("[3]") == ["-=3"] && scalars("null") == [])
    }

    @Test func `what stands under a marked key is known at any depth`() {
        let text = Array(#"{"m":[1,{"a":{"b":2}}],"a":3,"c":{"m":4}}"#.utf8)
        var found: [String] = []
        let isJSON = JSONScan.forEachScalar(
            in: text.span.bytes, under: { text[$0.lowerBound + 1] == UInt8(ascii: "m") }
        ) {
            if $1 { found.append(String(decoding: text[$2], as: UTF8.self)) }
        }
        #expect(isJSON && found == ["1", "2", "4"])
    }

    @Test func `members of an object, or of those in an array, come with its number`() {
        func members(_ text: String) -> [String]? {
            let bytes = Array(text.utf8)
            var found: [String] = []
            let isJSON = JSONScan.forEachMember(in: bytes.span.bytes) {
                found.append("\($0)" + String(decoding: bytes[$1.lowerBound..<$2.upperBound], as: UTF8.self))
            }
            return isJSON ? found : nil
        }
        #expect(members(#" {"a":{"b":1},"c":"d"}"#) == [#"0"a":{"b":1}"#, #"0"c":"d""#])
        #expect(members(#"[1,{"a":2},[{"b":3}],{"c": 4}]"#) == [#"1"a":2"#, #"3"c": 4"#])
        #expect(members("7") == [] && members(#"{"a":1"#) == nil)
    }

    @Test(arguments: ["", "{", #"{"a":"x"} y"#, #"{"a":1,}"#])
    func `what is no JSON has none`(text: String) { #expect(scalars(text) == nil) }

    @Test func `each byte of a string's value is known to come from somewhere`() throws {
        let text = Array(#" "a\n\u00e9é\ud83d\ude00\ud800" "#.utf8)
        let found = JSONScan.unescaped(at: 1..<text.count - 1, in: text.span.bytes)
        let (value, origins) = try #require(found)
        #expect(String(decoding: value, as: UTF8.self) == "a\néé😀\u{FFFD}")
        #expect(origins == [2, 3, 5, 5, 11, 11, 13, 13, 13, 13, 25, 25, 25, 31])
        let none = JSONScan.unescaped(at: 0..<3, in: text.span.bytes)
        #expect(none == nil)
    }
}
