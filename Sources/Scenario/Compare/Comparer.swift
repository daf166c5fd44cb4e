import Traffic
import WireFormats

/// Compares a recorded session with what was said live, or with another recorded one.
///
/// JSON or event stream, chunks, header fields, the order of members, the spelling of numbers, and the order of answers
/// to calls that overlap are no difference. What is compared of a call: its answer, its rounds of input, what became of
/// it, what the server told and asked meanwhile, how long it took. Nothing is compared of `ping`.
package struct Comparer: Sendable {
    package var masks: MaskSet
    package var failOn: Set<FailLevel>
    package var tolerance: LatencyTolerance

    package init(
        masks: MaskSet = MaskSet(), failOn: Set<FailLevel> = .standard,
        tolerance: LatencyTolerance = LatencyTolerance()
    ) {
        self.masks = masks
        self.failOn = failOn
        self.tolerance = tolerance
    }

    /// `pairs`: which live call repeats which recorded one; nil: two conversations that are paired by what they say,
    /// and whose requests are compared too. Recorded calls of `skipping` have no live one on purpose; `leftOut` says what
    /// is not expected for that.
    package func compare(
        recorded: any TrafficArchive, session: Int64, live: any TrafficArchive, sessions: [Int64],
        pairs: [Int64: Int64]? = nil, skipping: Set<Int64> = [], leftOut: LeftOut = LeftOut()
    ) throws(StoreFailure) -> Comparison {
        let old = try SessionContents(recorded, sessions: [session])
        let new = try SessionContents(live, sessions: sessions)
        let pairing: CallPairing
        if let pairs {
            pairing = CallPairing(old, new, given: pairs, skipping: skipping)
        } else {
            pairing = try CallPairing(old, new, masks: masks)
        }
        var run = ComparisonRun(self, old, new, isReplay: pairs != nil, leftOut)
        try run.compare(pairing)
        return run.comparison
    }
}

/// One comparison under way.
struct ComparisonRun {
    let comparer: Comparer
    let old: SessionContents
    let new: SessionContents
    let isReplay: Bool
    let leftOut: LeftOut
    var context = MaskContext()
    var comparison: Comparison

    init(
        _ comparer: Comparer, _ old: SessionContents, _ new: SessionContents, isReplay: Bool, _ leftOut: LeftOut
    ) {
        self.comparer = comparer
        self.old = old
        self.new = new
        self.isReplay = isReplay
        self.leftOut = leftOut
        comparison = Comparison(failOn: comparer.failOn)
        context.hasOverlap = old.hasOverlap || new.hasOverlap
        for (recorded, live) in [(old.host, new.host), (old.targetHost, new.targetHost)] {
            if let recorded, let live { context.learn(MintedPair(recorded: recorded, live: live)) }
        }
    }

    mutating func compare(_ pairing: CallPairing) throws(StoreFailure) {
        try learnMinted(pairing.pairs)
        for pair in pairing.handshakes { try compare(handshake: pair) }
        for pair in pairing.pairs { try compare(pair) }
        for call in pairing.missing { lone(call, .missing) }
        for call in pairing.extra { lone(call, .extra) }
        try compareNotifications(Pair(nil, nil))
        try compareQuestions(pairing.pairs)
        compareListening()
        compareTaking()
    }

    /// Calls of either side that are the same, or the sessions as such.
    struct Pair {
        let recorded: CallRow?
        let live: CallRow?

        init(_ recorded: CallRow?, _ live: CallRow?) {
            self.recorded = recorded
            self.live = live
        }
    }

    mutating func compare(_ pair: Pair) throws(StoreFailure) {
        guard let recorded = pair.recorded, let live = pair.live else { return }
        note(recorded, live)
        if !isReplay { try compareParams(pair) }
        try compareAnswers(pair, kind: Self.kind(of: recorded.method))
        try compareNotifications(pair)
        compareWay(pair)
        compareLatency(pair)
    }

    private mutating func compare(handshake pair: Pair) throws(StoreFailure) {
        guard let recorded = pair.recorded, let live = pair.live else { return }
        note(recorded, live)
        try compareAnswers(pair, kind: .handshake)
    }

    private static func kind(of method: String) -> Divergence.Kind {
        method.hasSuffix("/list") && method != "tasks/list" ? .schema : .result
    }

    private mutating func note(_ recorded: CallRow, _ live: CallRow) {
        comparison.calls.append(
            Comparison.Call(
                recordedID: recorded.id, liveID: live.id, method: recorded.method, name: recorded.name,
                recordedStatus: recorded.status, liveStatus: live.status, recordedMs: recorded.latencyMs,
                liveMs: live.latencyMs))
    }

    private mutating func lone(_ call: CallRow, _ kind: Divergence.Kind) {
        let isRecorded = kind == .missing
        comparison.calls.append(
            Comparison.Call(
                recordedID: isRecorded ? call.id : nil, liveID: isRecorded ? nil : call.id, method: call.method,
                name: call.name, recordedStatus: isRecorded ? call.status : nil,
                liveStatus: isRecorded ? nil : call.status, recordedMs: isRecorded ? call.latencyMs : nil,
                liveMs: isRecorded ? nil : call.latencyMs))
        var divergence = Divergence(
            kind, path: "call", recorded: isRecorded ? call.label : nil, live: isRecorded ? nil : call.label)
        divergence.recordedCallID = isRecorded ? call.id : nil
        divergence.liveCallID = isRecorded ? nil : call.id
        comparison.divergences.append(divergence)
    }

    /// Keeps what was found in a pair.
    mutating func found(_ divergence: Divergence, _ pair: Pair) {
        var divergence = divergence
        divergence.recordedCallID = pair.recorded?.id
        divergence.liveCallID = pair.live?.id
        comparison.divergences.append(divergence)
    }

    /// The same of a difference between two JSON texts.
    mutating func found(_ difference: Difference, _ kind: Divergence.Kind, _ pair: Pair) {
        found(divergence(difference, kind), pair)
    }

    func divergence(_ difference: Difference, _ kind: Divergence.Kind) -> Divergence {
        Divergence(
            kind, path: difference.place.prefix + difference.path.description, recorded: difference.recorded?.text,
            live: difference.live?.text, maskedBy: comparer.masks.name(of: difference, in: context),
            difference: difference)
    }

    /// Whether the two texts mean the same, masks considered.
    func isSame(_ differences: [Difference]) -> Bool {
        differences.allSatisfy { comparer.masks.name(of: $0, in: context) != nil }
    }
}

extension CallRow {
    /// `tools/call echo`
    var label: String { name.map { "\(method) \($0)" } ?? method }

    /// Nothing came of it that could be compared.
    package var hasNoAnswer: Bool { [.cancelled, .pending, .unanswered].contains(status) }
}
