import WireFormats

/// The cues of a session by time: what was the last of a kind before a moment, found without looking at all of them.
struct CueTimeline {
    /// Some cues in the order of their times.
    private struct Track {
        private(set) var times: [Int64] = []
        private(set) var cues: [Int] = []

        init(_ chosen: [Cue]) {
            let ordered = chosen.sorted { ($0.atNs, $0.index) < ($1.atNs, $1.index) }
            times = ordered.map(\.atNs)
            cues = ordered.map(\.index)
        }

        /// How many of them were there at a time.
        func count(until time: Int64) -> Int {
            var low = 0
            var high = times.count
            while low < high {
                let middle = (low + high) / 2
                if times[middle] <= time { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }

    private let posts: Track
    private let causes: Track
    private let requests: Track
    private let ends: Track
    /// Until when each of the requests, or one before it, was open.
    private var openUntil: [Int64] = []
    private var answeredAt: [Int64] = []
    private var carriers: [JSONTree: Track] = [:]

    /// `answerTime` gives when all that a cue asked was answered; nil: never.
    init(_ cues: [Cue], answerTime: (Int) -> Int64?) {
        posts = Track(cues.filter { $0.httpMethod == "POST" && !$0.isListening })
        causes = Track(
            cues.filter { cue in
                if case .answer = cue.kind { return false }
                return cue.httpMethod == "POST"
            })
        requests = Track(cues.filter { $0.kind == .request && !$0.isListening })
        ends = Track(cues.filter { $0.kind == .end })
        var latest = Int64.min
        for cue in requests.cues {
            answeredAt.append(answerTime(cue) ?? .max)
            latest = max(latest, answeredAt.last ?? .min)
            openUntil.append(latest)
        }
        var tokens: [JSONTree: [Cue]] = [:]
        for cue in cues {
            if let token = cue.message?.progressToken { tokens[token, default: []].append(cue) }
        }
        carriers = tokens.mapValues(Track.init)
    }

    /// The last POST at a time that only says or asks something.
    func latestPost(at time: Int64) -> Int? {
        let count = posts.count(until: time)
        return count == 0 ? nil : posts.cues[count - 1]
    }

    /// The last POST after one time and not after another, but answers to questions and one cue.
    func latestCause(after start: Int64, until end: Int64, but index: Int) -> Int? {
        var position = causes.count(until: end) - 1
        while position >= 0, causes.times[position] > start {
            if causes.cues[position] != index { return causes.cues[position] }
            position -= 1
        }
        return nil
    }

    /// The request that was sent last among those that were open at a time.
    func latestOpen(at time: Int64) -> Int? {
        var position = requests.count(until: time) - 1
        while position >= 0, openUntil[position] >= time {
            if answeredAt[position] >= time { return requests.cues[position] }
            position -= 1
        }
        return nil
    }

    /// The last request before a time that its progress is told under a token.
    func latestCarrier(of token: JSONTree, at time: Int64) -> Int? {
        guard let track = carriers[token] else { return nil }
        let count = track.count(until: time)
        return count == 0 ? nil : track.cues[count - 1]
    }

    /// Whether the session was ended between two times.
    func hasEnd(from start: Int64, to end: Int64) -> Bool {
        let count = ends.count(until: end)
        return count > 0 && ends.times[count - 1] >= start
    }
}
