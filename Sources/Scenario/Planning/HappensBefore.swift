/// Which of the recorded actions had to be over before others began, from nothing but their times.
///
/// What began when something else was over stays after it; what overlapped stays free. Only the nearest are named: who
/// waits for one of them waits for all that came before.
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

    /// Over so far, by their ends.
    private let ended: [(number: Int, span: Span)]
    private var next = 0
    /// The latest start of what is over: whatever ended before it stands behind that.
    private var latestStart = Int64.min
    private var nearest: [Int] = []
    private var nearestEnds: [Int64] = []
    private let spans: [Span]

    /// `spans` in the order of their starts.
    init(_ spans: [Span]) {
        self.spans = spans
        ended = spans.indices.filter { spans[$0].end != nil }.map { ($0, spans[$0]) }
            .sorted { ($0.span.end ?? 0, $0.number) < ($1.span.end ?? 0, $1.number) }
    }

    /// The nearest of what was over at a time, in the order of their numbers, and the latest of their ends. Times are asked
    /// in ascending order; neighbours that wait for the same share one array.
    mutating func before(_ time: Int64) -> (numbers: [Int], end: Int64?) {
        let start = next
        while next < ended.count, let end = ended[next].span.end, end <= time {
            latestStart = max(latestStart, ended[next].span.start)
            next += 1
        }
        if next > start {
            var kept: [(number: Int, end: Int64)] = []
            for (number, end) in zip(nearest, nearestEnds) where end > latestStart { kept.append((number, end)) }
            for (number, span) in ended[start..<next] {
                if let end = span.end, end > latestStart { kept.append((number, end)) }
            }
            kept.sort { $0.number < $1.number }
            nearest = kept.map(\.number)
            nearestEnds = kept.map(\.end)
        }
        return (nearest, nearestEnds.max())
    }
}
