import Traffic
import WireFormats

/// Values that the server made up: others in each conversation, for the same thing.
extension ComparisonRun {
    /// Learns what the client sent back of what it had been given. A replay sends nothing else that differs; where both
    /// conversations were recorded, an answer must have brought the value before it was sent for the first time.
    mutating func learnMinted(_ pairs: [Pair]) throws(StoreFailure) {
        var sent: [(values: MintedPair, atNs: Int64)] = []
        for pair in pairs {
            for difference in try paramsDifferences(pair) where !difference.path.keys.contains("_meta") {
                if let values = difference.values { sent.append((values, difference.recordedNs)) }
            }
        }
        guard !isReplay, !sent.isEmpty else { return sent.forEach { context.learn($0.values) } }
        let given = try answerDifferences(pairs)
        var own: Set<MintedPair> = []
        for (values, atNs) in sent.sorted(by: { $0.atNs < $1.atNs }) where !own.contains(values) {
            if given.contains(where: { $0.recordedNs < atNs && $0.brought(values) }) {
                context.learn(values)
            } else {
                own.insert(values)
            }
        }
    }

    func paramsDifferences(_ pair: Pair) throws(StoreFailure) -> [Difference] {
        guard let recorded = pair.recorded.flatMap({ old.requests[$0.id] }),
            let live = pair.live.flatMap({ new.requests[$0.id] })
        else { return [] }
        var context = DifferenceContext(
            method: recorded.method ?? "", name: recorded.name, recordedNs: recorded.atNs, liveNs: live.atNs)
        context.place = .params
        return TreeComparison.differences(
            try old.tree(of: recorded)?["params"], try new.tree(of: live)?["params"],
            at: JSONPath.root.key("params"), in: context)
    }

    private func answerDifferences(_ pairs: [Pair]) throws(StoreFailure) -> [Difference] {
        var found: [Difference] = []
        for pair in pairs {
            guard let recorded = pair.recorded.flatMap({ old.answers[$0.id]?.last }),
                let live = pair.live.flatMap({ new.answers[$0.id]?.last })
            else { continue }
            let context = DifferenceContext(method: "", recordedNs: recorded.atNs, liveNs: live.atNs)
            found += TreeComparison.differences(
                try old.tree(of: recorded)?["result"], try new.tree(of: live)?["result"], at: JSONPath.root,
                in: context)
        }
        return found
    }
}

extension Difference {
    /// Both values, where each could be a name for something.
    fileprivate var values: MintedPair? {
        switch (recorded, live) {
        case (.string(let one)?, .string(let other)?): MintedPair(recorded: one, live: other)
        case (.number(let one)?, .number(let other)?): MintedPair(recorded: one.text, live: other.text)
        default: nil
        }
    }

    /// Whether these are the values that differ, or words within them. A word of less than four bytes is too common.
    fileprivate func brought(_ pair: MintedPair) -> Bool {
        guard let values else { return false }
        if values == pair { return true }
        guard case .string? = recorded, min(pair.recorded.count, pair.live.count) >= 4 else { return false }
        return values.recorded.hasWord(pair.recorded) && values.live.hasWord(pair.live)
    }
}

extension [UInt8] {
    fileprivate func hasWord(_ word: [UInt8]) -> Bool {
        guard count >= word.count else { return false }
        return (0...count - word.count).contains { start in
            let end = start + word.count
            return self[start..<end].elementsEqual(word) && (start == 0 || !self[start - 1].isWordByte)
                && (end == count || !self[end].isWordByte)
        }
    }
}
