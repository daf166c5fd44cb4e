import Traffic

/// How answers came, and how long they took.
extension ComparisonRun {
    /// An answer on another stream than the one that it was due on. Another dialect has other streams.
    mutating func compareWay(_ pair: Pair) {
        guard let recorded = pair.recorded, let live = pair.live, recorded.responseID != nil, live.responseID != nil,
            old.dialect == new.dialect
        else { return }
        let elsewhere = [recorded, live].map { $0.reason == .answeredElsewhere }
        guard elsewhere[0] != elsewhere[1] else { return }
        let words = elsewhere.map { $0 ? "answered on another stream" : "answered in its own response" }
        found(Divergence(.stream, path: "stream", recorded: words[0], live: words[1]), pair)
    }

    /// Whether the server lets the client listen. That it was never asked says nothing.
    mutating func compareListening() {
        guard old.dialect == new.dialect, let recorded = old.listening.first, let live = new.listening.first,
            recorded.isStream != live.isStream
        else { return }
        let words = [recorded, live].map { facts in
            facts.isStream ? "opened" : facts.status.map { "refused with \($0)" } ?? "not answered"
        }
        found(Divergence(.stream, path: "listening stream", recorded: words[0], live: words[1]), Pair(nil, nil))
    }

    /// Time is looked at only where it counts: otherwise it stands beside the calls.
    mutating func compareLatency(_ pair: Pair) {
        guard comparer.failOn.contains(.latency), let recorded = pair.recorded?.latencyMs,
            let live = pair.live?.latencyMs, pair.recorded?.hasNoAnswer == false, pair.live?.hasNoAnswer == false,
            !comparer.tolerance.allows(recordedMs: recorded, liveMs: live)
        else { return }
        found(
            Divergence(.latency, path: "latency", recorded: Self.text(recorded), live: Self.text(live)), pair)
    }

    private static func text(_ milliseconds: Double) -> String {
        "\((milliseconds * 10).rounded() / 10) ms"
    }
}
