/// Which of the recorded actions had to be over before others began, from nothing but their times.
///
/// What began when something else was over stays after it; what overlapped stays free. Only the nearest are named: who
/// waits for one of them waits for all that came before. Where those are many, because many were under way at a time, only
/// what ended since the last question is named, and the rest is what was named then: so all answers together are as long
/// as the recording, however much of it overlaps.
struct HappensBefore {
    struct Span: Hashable {
        var start: Int64
        /// nil: it never ended, and nothing waits for it.
        var end: Int64?

        /// An end lies behind its start, so that nothing comes before itself.
        init(start: Int64, end: Int64?) {
            self.start = start
            self.end = end.map { max($0, start + 1) }
        }
    }

    struct Before {
        /// In the order of their numbers.
        var numbers: [Int]
        /// And all that the last question was answered with.
        var hasEarlier: Bool
        /// The latest of the ends; nil where nothing was over.
        var end: Int64?
    }

    /// More than so many are not named again each time.
    static let longest = 32

    /// All that ever ends, by its end.
    private let ended: [(number: Int, start: Int64, end: Int64)]
    /// How many of them are over so far, and how many of those are not among the nearest.
    private var over = 0
    private var further = 0
    /// How many were over at the last question.
    private var told = 0
    /// The latest start of what is over: whatever ended before it stands behind that.
    private var latestStart = Int64.min

    /// `spans` in the order of their starts.
    init(_ spans: [Span]) {
        ended = spans.enumerated().compactMap { number, span in span.end.map { (number, span.start, $0) } }
            .sorted { ($0.end, $0.number) < ($1.end, $1.number) }
    }

    /// What was over at a time. Times are asked in ascending order.
    mutating func before(_ time: Int64) -> Before {
        while over < ended.count, ended[over].end <= time {
            latestStart = max(latestStart, ended[over].start)
            over += 1
        }
        while further < over, ended[further].end <= latestStart { further += 1 }
        defer { told = over }
        let hasEarlier = over - further > Self.longest && told > 0
        return Before(
            numbers: ended[(hasEarlier ? told : further)..<over].map(\.number).sorted(), hasEarlier: hasEarlier,
            end: over > 0 ? ended[over - 1].end : nil)
    }

    /// The nearest of what was over at the last question, however many.
    var nearest: [Int] { ended[further..<over].map(\.number).sorted() }
}
