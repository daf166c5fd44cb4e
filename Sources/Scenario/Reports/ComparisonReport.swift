/// What a report tells of: comparisons, each with a name.
package struct ComparisonReport: Sendable {
    package struct Run: Sendable {
        /// What was compared with the recording: a session's name, or a URL.
        package var name: String
        /// The recorded session, where the runs of a report are of several.
        package var recorded: String?
        package var comparison: Comparison
        /// Recorded calls that were left out on purpose.
        package var skipped: [UnsentCall] = []
        /// Recorded calls that were to be sent and were not.
        package var undone: [UnsentCall] = []
        /// Why not all was done or heard that was to be; nil where it was.
        package var ended: String?

        package init(name: String, recorded: String? = nil, comparison: Comparison) {
            self.name = name
            self.recorded = recorded
            self.comparison = comparison
        }

        var isWhole: Bool { ended == nil && undone.isEmpty }
    }

    /// A recorded call that has no live one.
    package struct UnsentCall: Sendable, Hashable {
        package var callID: Int64
        package var method: String
        package var name: String?
        package var reason: String

        package init(callID: Int64, method: String, name: String?, reason: String) {
            self.callID = callID
            self.method = method
            self.name = name
            self.reason = reason
        }
    }

    /// The recorded session.
    package var recorded: String
    package var runs: [Run]
    /// Why runs are missing that were to be; nil where none is.
    package var ended: String?
    /// Written masks that were to take something.
    package var rules: [MaskRule] = []

    package init(recorded: String, runs: [Run]) {
        self.recorded = recorded
        self.runs = runs
    }

    /// Differences that count.
    package var divergences: Int { runs.map(\.comparison.counted.count).reduce(0, +) }

    /// Those of `rules` that took nothing: what they are for may be gone. None where something was not done.
    package var idleMasks: [String] {
        guard ended == nil, runs.allSatisfy(\.isWhole) else { return [] }
        let used = Set(runs.lazy.flatMap(\.comparison.divergences).compactMap(\.maskedBy))
        return rules.filter { !used.contains($0.label) }.map(\.selector)
    }
}

extension Comparison {
    /// How many differences each mask took, by its name.
    var maskCounts: [(name: String, count: Int)] {
        Dictionary(masked.map { ($0.maskedBy ?? "", 1) }, uniquingKeysWith: +)
            .map { (name: $0.key, count: $0.value) }.sorted { $0.name < $1.name }
    }

    /// What was found by call: those of a call stand together, in the recorded order; first what is of none of them.
    var grouped: [(call: Call?, divergences: [Divergence])] {
        var byPair: [[Int64?]: [Divergence]] = [:]
        var ofSession: [Divergence] = []
        let pairs = Set(calls.map { [$0.recordedID, $0.liveID] })
        for divergence in divergences {
            let pair = [divergence.recordedCallID, divergence.liveCallID]
            if pairs.contains(pair) {
                byPair[pair, default: []].append(divergence)
            } else {
                ofSession.append(divergence)
            }
        }
        var groups: [(call: Call?, divergences: [Divergence])] = []
        if !ofSession.isEmpty { groups.append((nil, ofSession)) }
        for call in calls { groups.append((call, byPair[[call.recordedID, call.liveID]] ?? [])) }
        return groups
    }
}
