import WireFormats

/// Masks for what differs between two runs of the same server, as narrow as the two runs allow.
package enum MaskLearning {
    /// `comparison` is of two live runs. What it found that no mask can take is left out; `remaining` says what.
    package static func rules(
        from comparison: Comparison, reason: String = "differs between two runs of the same server"
    ) -> (rules: [MaskRule], remaining: [Divergence]) {
        var rules: [MaskRule] = []
        var remaining: [Divergence] = []
        for divergence in comparison.divergences where divergence.maskedBy == nil && divergence.kind != .latency {
            guard let difference = divergence.difference, let rule = rule(for: difference, reason) else {
                remaining.append(divergence)
                continue
            }
            if !rules.contains(where: { $0.covers(difference) }) { rules.append(rule) }
        }
        return (rules, remaining)
    }

    private static func rule(for difference: Difference, _ reason: String) -> MaskRule? {
        guard difference.aspect == .value else { return nil }
        var rule = MaskRule(difference.path)
        rule.method = difference.method
        rule.name = difference.name
        let place = difference.place.prefix.prefix { $0 != "[" && $0 != " " }
        rule.place = place.isEmpty ? nil : String(place)
        switch (difference.recorded, difference.live) {
        case (.string(let old)?, .string(let new)?):
            rule.shape = .template(TextTemplate(old, new))
            rule.reason = reason
        case (let old?, let new?) where old.kind == new.kind:
            rule.shape = .type(old.kind)
            rule.reason = "\(reason): \(old.shortText), \(new.shortText)"
        case (let old?, let new?):
            rule.shape = .any
            rule.reason = "\(reason): \(old.kind.rawValue), \(new.kind.rawValue)"
        default:
            rule.shape = .any
            rule.reason = "is there in one of two runs of the same server"
        }
        return rule
    }
}

extension JSONTree {
    /// At most 40 characters of the value's text.
    var shortText: String {
        let text = text
        return text.count <= 40 ? text : text.prefix(39) + "…"
    }
}
