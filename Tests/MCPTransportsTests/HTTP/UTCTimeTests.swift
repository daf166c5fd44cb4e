import Testing

@testable import MCPTransports

@Suite struct UTCTimeTests {
    @Test(arguments: [
        (0, "1970-01-01 00:00:00.000000+00:00", "Thu, 01 Jan 1970 00:00:00 GMT"),
        (951_827_696_000_007, "2000-02-29 12:34:56.000007+00:00", "Tue, 29 Feb 2000 12:34:56 GMT"),
        (1_795_377_615_000_001, "2026-11-22 20:00:15.000001+00:00", "Sun, 22 Nov 2026 20:00:15 GMT"),
        (-1, "1969-12-31 23:59:59.999999+00:00", "Wed, 31 Dec 1969 23:59:59 GMT"),
    ])
    func `A moment is written in both forms`(microseconds: Int64, text: String, httpDate: String) {
        let time = UTCTime(microseconds: microseconds)
        #expect(time.text == text)
        #expect(time.httpDate == httpDate)
    }
}
