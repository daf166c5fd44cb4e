import Testing

@testable import InspectCommands

struct FiguresTests {
    @Test(
        "Durations take the unit that reads best",
        arguments: [
            (0, "0.0 ms"), (0.04, "0.0 ms"), (99.94, "99.9 ms"), (99.95, "100 ms"), (999.4, "999 ms"),
            (999.5, "1.00 s"), (59_994, "59.99 s"), (60_000, "1m 00s"), (3_599_999, "59m 59s"), (3_600_000, "1h 00m"),
            (86_400_000, "1d 00h"), (1e30, "11574074074d 01h"),
        ] as [(Double, String)])
    func duration(ms: Double, text: String) {
        #expect(Figures.duration(ms: ms) == text)
    }

    @Test(
        "Offsets round to milliseconds and grow minutes and hours when they need them",
        arguments: [
            (0, "+0.000"), (499_999, "+0.000"), (500_000, "+0.001"), (-1_000_000, "-0.001"),
            (59_999_499_999, "+59.999"), (59_999_500_000, "+1:00.000"), (3_661_001_000_000, "+1:01:01.001"),
        ] as [(Int64, String)])
    func offset(ns: Int64, text: String) {
        #expect(Figures.offset(ns: ns) == text)
    }

    @Test(
        "Instants are UTC, leap years included",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (951_782_400_123_999_999, "2000-02-29T00:00:00.123Z"),
            (1_795_389_600_000_000_000, "2026-11-22T23:20:00.000Z"),
            (4_107_542_399_999_000_000, "2100-02-28T23:59:59.999Z"),
        ] as [(Int64, String)])
    func instant(ns: Int64, text: String) {
        #expect(Figures.instant(ns: ns) == text)
    }

    @Test(
        "Sizes are decimal", arguments: [(999, "999 B"), (1000, "1.0 kB"), (1_250_000, "1.2 MB")] as [(Int64, String)])
    func bytes(count: Int64, text: String) {
        #expect(Figures.bytes(count) == text)
    }

    @Test func `what a peer sent cannot steer the terminal`() {
        #expect("a\u{1B}[31mb\r\n\t\u{9B}\u{202E}é".visible == #"a\u{1b}[31mb\r\n\t\u{9b}\u{202e}é"#)
    }
}
