/// What a report tells of: comparisons, each with a name.
package struct ComparisonReport: Sendable {
    package struct Run: Sendable {
        /// What was compared with the recording: a session's name, or a URL.
        package var name: String
        /// The recorded session, where the runs of a report are of several.
        package var recorded: String?
        package var comparison: Comparison

        package init(name: String, recorded: String? = nil, comparison: Comparison) {
            self.name = name
            self.recorded = recorded
            self.comparison = comparison
        }
    }

    /// The recorded session.
    package var recorded: String
    package var runs: [Run]

    package init(recorded: String, runs: [Run]) {
        self.recorded = recorded
        self.runs = runs
    }

    /// Differences that count.
    package var divergences: Int { runs.map(\.comparison.counted.count).reduce(0, +) }
}

extension Comparison {
    /// How many differences each mask took, by its name.
    var maskCounts: [(name: String, count: Int)] {
        Dictionary(masked.map { ($0.maskedBy ?? "", 1) }, uniquingKeysWith: +)
            .map { (name: $0.key, count: $0.value) }.sorted { $0.name < $1.name }
    }

    /// What was found by call: those of a call stand together, in the recorded order; first what is of no call.
    var grouped: [(call: Call?, divergences: [Divergence])] {
        var byPair: [[Int64?]: [Divergence]] = [:]
        for divergence in divergences {
            byPair[[divergence.recordedCallID, divergence.liveCallID], default: []].append(divergence)
        }
        var groups: [(call: Call?, divergences: [Divergence])] = []
        if let session = byPair[[nil, nil]] { groups.append((nil, session)) }
        for call in calls { groups.append((call, byPair[[call.recordedID, call.liveID]] ?? [])) }
        return groups
    }
}
