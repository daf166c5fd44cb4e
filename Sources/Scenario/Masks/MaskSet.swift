import WireFormats

/// The rules that one comparison masks by: the built-in ones, and those that were written or learned.
package struct MaskSet: Sendable {
    package var rules: [MaskRule]
    private let builtIn: [any Mask.Type]

    /// `hasBuiltIn`: false compares everything, as it stands.
    package init(rules: [MaskRule] = [], hasBuiltIn: Bool = true) {
        self.rules = rules
        builtIn = hasBuiltIn ? AllMasks.masks : []
    }

    /// The name of the mask that takes the difference, or nil where it counts.
    package func name(of difference: Difference, in context: MaskContext = MaskContext()) -> String? {
        if let rule = rules.first(where: { $0.covers(difference) }) { return rule.label }
        if let mask = builtIn.first(where: { $0.covers(difference, context) }) { return mask.name }
        guard difference.aspect == .value, case .string(let recorded)? = difference.recorded,
            case .string(let live)? = difference.live
        else { return nil }
        return names(recorded, live, difference, context)
    }

    /// The masks without whose matter the two texts are equal.
    private func names(
        _ recorded: String, _ live: String, _ difference: Difference, _ context: MaskContext
    ) -> String? {
        var (old, new) = (Array(recorded.utf8), Array(live.utf8))
        var names: [String] = []
        for mask in builtIn {
            let oldText = mask.replacing(in: old, atNs: difference.recordedNs, context, side: .recorded)
            let newText = mask.replacing(in: new, atNs: difference.liveNs, context, side: .live)
            guard oldText != old, newText != new else { continue }
            (old, new) = (oldText, newText)
            names.append(mask.name)
            if old == new { return names.joined(separator: "+") }
        }
        return nil
    }
}
