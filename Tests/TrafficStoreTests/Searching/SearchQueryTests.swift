import Testing

@testable import TrafficStore

@Suite struct SearchQueryTests {
    @Test func `a text is asked for by its parts of three characters`() {
        #expect(SearchQuery("abc")?.match == #""abc""#)
        #expect(SearchQuery("abcde")?.match == #""abc" AND "bcd" AND "cde""#)
        #expect(SearchQuery("é\u{301}ü𝄞")?.match.unicodeScalars.count == 15)
    }

    @Test func `quotes stand for themselves`() {
        #expect(SearchQuery(#"a"b"#)?.match == #""a""b""#)
        let quotes = String(repeating: "\"", count: 3)
        #expect(SearchQuery(quotes)?.match == String(repeating: "\"", count: 2 * 3 + 2))
    }

    @Test(arguments: ["", "a", "ab", "日本", "ab\0cd"]) func `what the index does not know is not asked for`(
        text: String
    ) {
        #expect(SearchQuery(text) == nil)
    }

    @Test func `of a long text some parts say enough`() throws {
        let query = try #require(SearchQuery(String(repeating: "abcdefg", count: 1000)))
        #expect(query.match.split(separator: " AND ").count == 24)
    }
}
