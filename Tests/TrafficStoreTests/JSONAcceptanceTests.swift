import Testing
import WireFormats

@Suite struct JSONAcceptanceTests {
    private let shell: Shell

    init() throws { shell = try Shell(":memory:") }

    private func accepts(_ text: String) -> Bool {
        let literal = text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
        return shell.rows("SELECT json_valid('\(literal)')") == [["1"]]
    }

    private func scannerAccepts(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return JSONScan.validate(bytes.span.bytes)
    }

    /// What a message body may be for the envelope scanner must not make a query over `messages.body` fail.
    @Test(arguments: [
        "{}", "[]", "0", "-0", "-0.0e-0", "1E400", "1e5", "12345678901234567890123", "0.1", "true", "false", "null",
        #""""#, #""\u0000\uD800\udfff\ud83d\ude00""#, #""\"\\\/\b\f\n\r\t""#, "\"\u{7f}\u{2028}\u{1F600}é\"",
        " \t\r\n{ \"a\" : [ 1 , { } , [ ] ] , \"a\" : null }\n", #"{"":1,"'":"'"}"#, #"{"\u0061":1}"#,
        String(repeating: "[", count: 512) + String(repeating: "]", count: 512),
        String(repeating: #"{"a":"#, count: 511) + "1" + String(repeating: "}", count: 511),
    ])
    func `SQLite takes the JSON that the scanner takes`(_ text: String) {
        #expect(scannerAccepts(text))
        #expect(accepts(text))
    }

    @Test func `any text of a few JSON characters that the scanner takes SQLite takes too`() {
        let alphabet = #"{}[]",:0123.eE+-tfnu\ "#.map(String.init) + ["true", "null", "\"a\"", "\\u00e9"]
        // Any sequence will do, the same in every run.
        var state: UInt64 = 42
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var taken = 0
        for _ in 0..<20_000 {
            let text = (0...random(6)).map { _ in alphabet[random(alphabet.count)] }.joined()
            guard scannerAccepts(text) else { continue }
            taken += 1
            #expect(accepts(text), "\(text)")
        }
        #expect(taken > 100)
    }
}
