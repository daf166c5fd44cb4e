import Testing
import WireFormats

@testable import Scenario

@Suite struct TimesTests {
    @Test(arguments: [
        ("2026-11-25T23:24:17Z", "2026-11-25T23:30:00Z"), ("2026-11-25T23:24:17.123Z", "2026-11-26T00:00:00Z"),
        ("2026-11-25 23:24:17+01:00", "2026-11-25 23:25:17+01:00"), ("2026-11-25T23:24", "2026-11-25T23:25"),
        ("Wed, 25 Nov 2026 23:24:17 GMT", "Thu, 26 Nov 2026 00:24:17 GMT"),
        ("Wed Nov 25 23:24:17 2026", "Wed Nov 25 23:24:18 2026"),
        ("Sun Nov  1 23:24:17 2026", "Sun Nov  1 23:24:18 2026"),
    ])
    func `a time of now is masked, and what is around it is not`(_ recorded: String, _ live: String) {
        let isOld = recorded.contains("Nov  1")
        #expect(Masking.name("\"\(recorded)\"", "\"\(live)\"") == (isOld ? nil : "time"))
        #expect(Masking.name("\"at \(recorded).\"", "\"at \(live).\"") == (isOld ? nil : "time"))
        #expect(Masking.name("\"at \(recorded).\"", "\"or \(live).\"") == nil)
    }

    @Test func `a time that is far away, written otherwise, or part of a word counts`() {
        #expect(Masking.name("\"2019-01-01T00:00:00Z\"", "\"2019-01-01T00:00:01Z\"") == nil)
        #expect(Masking.name("\"2026-11-25T23:24:17Z\"", "\"2026-11-25 23:24:18Z\"") == nil)
        #expect(Masking.name("\"2026-11-25T23:24:17Z\"", "\"2026-11-25T23:24:17+00:00\"") == nil)
        #expect(Masking.name("\"x2026-11-25T23:24:17Z\"", "\"x2026-11-25T23:24:18Z\"") == nil)
        #expect(Masking.name("\"2026-11-25\"", "\"2026-11-26\"") == nil)
        #expect(Masking.name("\"2026-13-25T23:24:17Z\"", "\"2026-13-25T23:24:18Z\"") == nil)
    }

    @Test func `when something was last modified means nothing`() {
        let path = "$.result.resources[0].annotations.lastModified"
        #expect(Masking.name("\"2019-01-01T00:00:00Z\"", "\"2020-01-01T00:00:00Z\"", at: path) == "time")
        #expect(Masking.name("\"2019-01-01T00:00:00Z\"", "1", at: path) == nil)
    }

    @Test func `days are counted as the calendar has them`() throws {
        for (text, seconds) in [
            ("1970-01-01T00:00:00Z", 0), ("2000-02-29T12:00:00Z", 951_825_600), ("2026-11-25T23:24:17Z", 1_795_649_057),
        ] {
            let time = try #require(WrittenTime(Array(text.utf8), from: 0))
            #expect(time.seconds == Double(seconds))
            #expect(time.end == text.utf8.count)
        }
    }
}
