import Traffic

/// What came of comparing two sessions.
package struct Comparison: Sendable {
    /// A recorded call beside the live one.
    package struct Call: Sendable, Hashable {
        /// nil: only the other side has it.
        package var recordedID: Int64?
        package var liveID: Int64?
        package var method: String
        package var name: String?
        package var recordedStatus: CallRow.Status?
        package var liveStatus: CallRow.Status?
        package var recordedMs: Double?
        package var liveMs: Double?

        /// `tools/call echo`
        package var label: String { name.map { "\(method) \($0)" } ?? method }
    }

    /// All that was found, in the order of the calls, masked or not.
    package internal(set) var divergences: [Divergence] = []
    /// All calls that were compared, in the recorded order, then those that only the live side has.
    package internal(set) var calls: [Call] = []
    package let failOn: Set<FailLevel>

    package init(failOn: Set<FailLevel>) { self.failOn = failOn }

    /// Found, not masked, and of a level that counts.
    package var counted: [Divergence] { divergences.filter { counts($0) } }
    package var masked: [Divergence] { divergences.filter { $0.maskedBy != nil } }
    /// Found and not masked, but of a level that does not count.
    package var noticed: [Divergence] { divergences.filter { $0.maskedBy == nil && !failOn.contains($0.kind.level) } }

    package func counts(_ divergence: Divergence) -> Bool {
        divergence.maskedBy == nil && failOn.contains(divergence.kind.level)
    }

    /// What was found in a call, in its order.
    package func divergences(of call: Call) -> [Divergence] {
        divergences.filter { $0.recordedCallID == call.recordedID && $0.liveCallID == call.liveID }
    }

    /// What was found outside of all calls.
    package var ofSession: [Divergence] { divergences.filter { $0.recordedCallID == nil && $0.liveCallID == nil } }

    /// Lets further rules take what they cover.
    package mutating func mask(by rules: [MaskRule]) {
        let masks = MaskSet(rules: rules, hasBuiltIn: false)
        for index in divergences.indices where divergences[index].maskedBy == nil {
            divergences[index].maskedBy = divergences[index].difference.flatMap { masks.name(of: $0) }
        }
    }

    /// Joins another comparison with the same recording, such as that of another round.
    package mutating func add(_ other: Comparison) {
        divergences += other.divergences
        calls += other.calls
    }

    /// As rows of the capture; their ids come with them.
    package var rows: [DivergenceRow] {
        divergences.map { divergence in
            var row = DivergenceRow(kind: divergence.kind.rawValue, path: divergence.path)
            row.callID = divergence.recordedCallID
            row.liveCallID = divergence.liveCallID
            row.recorded = divergence.recorded
            row.live = divergence.live
            row.maskedBy = divergence.maskedBy
            return row
        }
    }
}
