import Foundation
import Testing

@testable import InspectCommands

struct JSONTextTests {
    @Test func `members keep their order and texts of the capture their spelling`() {
        let object = JSONText.object([
            .init("b", Int64(1)), .init("a", .array([.null, .boolean(true), .real(2), .real(0.25)])),
            .init("quoted \"\\\n\u{1}", "é\t"), .init("body", .text(Array("{ \"x\" : [1.50, \"a \\\" b\"] }\n".utf8))),
        ])
        #expect(
            object.line == #"{"b":1,"a":[null,true,2.0,0.25],"quoted \"\\\n\u0001":"é\t","body":{"x":[1.50,"a \" b"]}}"#
        )
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(object.line.utf8)) }
    }

    @Test func `what JSON has no number for is null`() {
        #expect(JSONText.array([.real(.infinity), .real(.nan), .real(1e300)]).line == "[null,null,1e+300]")
    }

    @Test(
        "JSON is laid out on lines without touching its tokens",
        arguments: [
            ("{}", "{}"), ("[ ]", "[]"), (" 1.0e5 ", "1.0e5"), (#""a: {,}""#, #""a: {,}""#),
            (
                #"{"a":{},"b":[1,{"c":"x\\"}]}"#,
                "{\n  \"a\": {},\n  \"b\": [\n    1,\n    {\n      \"c\": \"x\\\\\"\n    }\n  ]\n}"
            ),
        ])
    func layout(text: String, lines: String) {
        #expect(JSONLayout.lines(Array(text.utf8)).joined(separator: "\n") == lines)
    }

    @Test func `a list is one array or one object a line, also when it is empty`() {
        func written(_ isArray: Bool, _ count: Int) -> [String] {
            var lines: [String] = []
            withoutActuallyEscaping({ lines.append($0) }) { write in
                var list = ObjectList(isArray: isArray, write: write)
                for index in 0..<count { list.add(.integer(Int64(index))) }
                list.finish()
            }
            return lines
        }
        #expect(written(true, 0) == ["[", "]"])
        #expect(written(true, 2) == ["[", "0,", "1", "]"])
        #expect(written(false, 0) == [])
        #expect(written(false, 2) == ["0", "1"])
    }
}
