import WireFormats

/// Links as text, as `replay --explain` prints them.
package enum LinkText {
    private static let longest = 40

    /// Two lines a link, without line ends.
    package static func lines(_ plan: ScenarioPlan) -> [String] {
        guard !plan.links.isEmpty else { return ["no value of a recorded answer appears in a later request"] }
        return plan.links.flatMap { link in
            [
                "step \(link.toStep) \(title(link.toStep, plan)) \(link.toPath)\(part(link.toPart)) = \(value(link.recordedValue))",
                "    from \(source(link, plan)) \(link.fromPath)\(items(link))\(part(link.fromPart)): \(link.reason)",
            ]
        }
    }

    private static func source(_ link: Link, _ plan: ScenarioPlan) -> String {
        switch link.from {
        case .handshake: "the handshake"
        case .step(let step): "step \(step) \(title(step, plan))"
        }
    }

    private static func title(_ step: Int, _ plan: ScenarioPlan) -> String {
        guard plan.steps.indices.contains(step) else { return "" }
        return PlanText.what(plan.steps[step].kind).split(separator: "  ").first.map(String.init) ?? ""
    }

    private static func part(_ part: TextPart?) -> String { part == nil ? "" : " (a part of it)" }

    /// ` (of the element whose name is "a")`
    private static func items(_ link: Link) -> String {
        guard !link.fromItems.isEmpty else { return "" }
        let names = link.fromItems.map { "whose \($0.key) is \(value($0.name))" }
        return " (of the element \(names.joined(separator: ", in it the one ")))"
    }

    static func value(_ value: JSONTree) -> String {
        let text = String(decoding: value.serialized(), as: UTF8.self)
        return text.count <= longest ? text : text.prefix(longest - 1) + "…"
    }
}
