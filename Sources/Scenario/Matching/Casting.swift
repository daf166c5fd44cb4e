import Traffic
import WireFormats

/// Which of several recorded sessions a new conversation of a mock server is played from: each is taken once, in
/// recorded order, then the last one that fits again.
package struct Casting: Sendable {
    package let scores: [Score]
    private var taken: Set<Int> = []

    package init(_ scores: [Score]) {
        self.scores = scores
    }

    /// The recorded session whose client named this session by itself, and was served nevertheless.
    package func score(namedByClient id: String) -> Int? {
        scores.indices.first { index in
            scores[index].cues.contains { $0.sessionID == id && ($0.status ?? 400) < 400 }
                && scores[index].cuesByMethod["initialize"] == nil
        }
    }

    /// Whether a recorded session that was not taken so far began so, by a client of this name.
    package func hasFree(openedBy message: JSONTree, path: String, name: String?) -> Bool {
        scores.indices.contains { index in
            !taken.contains(index) && fits(scores[index], message, path) && scores[index].clientName == name
        }
    }

    /// For a conversation that begins with this message, or with a GET at this path; nil: no recorded session began so.
    package mutating func take(openedBy message: JSONTree?, path: String) -> Int? {
        let fitting = scores.indices.filter { fits(scores[$0], message, path) }
        let name = message?.clientName
        let free = fitting.filter { !taken.contains($0) }
        let choice =
            free.first { name != nil && scores[$0].clientName == name } ?? free.first
            ?? fitting.last { name != nil && scores[$0].clientName == name } ?? fitting.last
        if let choice { taken.insert(choice) }
        return choice
    }

    /// Whether the score has been taken.
    package func hasTaken(_ index: Int) -> Bool { taken.contains(index) }

    private func fits(_ score: Score, _ message: JSONTree?, _ path: String) -> Bool {
        guard let message else { return score.listens(at: path) && (score.dialect == .httpSSE || !score.hasWireID) }
        // Where sessions have ids, a message without one can only open one, or try to.
        let isOpening = ["initialize", "server/discover"].contains(message["method"]?.string)
        guard score.dialect != .httpSSE, isOpening || !score.hasWireID else { return false }
        return score.opens(with: message, at: path)
    }
}
