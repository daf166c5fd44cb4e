import Testing
import TrafficStore

@testable import InspectCommands

struct QueryOutputTests {
    private static let rows: [[StoredValue]] = [
        [.integer(5), .text("a,\"b\"\nc"), .real(0.5), .null], [.integer(-12), .text(""), .null, .blob([0, 255])],
    ]

    private static func written(_ format: TableFormat, _ rows: [[StoredValue]] = rows) -> [String] {
        var lines: [String] = []
        withoutActuallyEscaping({ lines.append($0) }) { write in
            var output = QueryOutput(columns: ["n", "text", "x", "blob"], format: format, style: .plain, write: write)
            for row in rows { output.add(row) }
            output.finish()
        }
        return lines
    }

    @Test func `a table aligns numbers at the right and keeps a row on a line`() {
        #expect(
            Self.written(.table) == [
                "  n  text         x  blob", #"  5  a,"b"\nc   0.5  NULL"#, "-12            NULL  x'00ff'",
            ])
    }

    @Test func `csv quotes what must be and leaves null empty`() {
        #expect(
            Self.written(.csv) == ["n,text,x,blob", "5,\"a,\"\"b\"\"\nc\",0.5,", "-12,,,x'00ff'"])
    }

    @Test func `json keeps types`() {
        let objects = [
            #"{"n":5,"text":"a,\"b\"\nc","x":0.5,"blob":null}"#, #"{"n":-12,"text":"","x":null,"blob":"00ff"}"#,
        ]
        #expect(Self.written(.ndjson) == objects)
        #expect(Self.written(.json) == ["[", objects[0] + ",", objects[1], "]"])
    }

    @Test func `no rows are still an answer`() {
        #expect(Self.written(.table, []) == ["n  text  x  blob"])
        #expect(Self.written(.csv, []) == ["n,text,x,blob"])
        #expect(Self.written(.ndjson, []) == [])
    }

    @Test func `rows beyond the sample are printed as they come`() {
        let rows = (0..<QueryOutput.sampleSize + 2).map { [StoredValue.integer(Int64($0))] }
        var lines: [String] = []
        withoutActuallyEscaping({ lines.append($0) }) { write in
            var output = QueryOutput(columns: ["n"], format: .table, style: .plain, write: write)
            for (index, row) in rows.enumerated() {
                output.add(row)
                if index == QueryOutput.sampleSize { #expect(lines.count == QueryOutput.sampleSize + 2) }
            }
            output.finish()
        }
        #expect(lines.first == "  n")
        #expect(lines.last == "501")
        #expect(lines.count == rows.count + 1)
    }
}
