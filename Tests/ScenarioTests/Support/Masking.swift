import WireFormats

@testable import Scenario

/// Asks the built-in masks about a difference.
enum Masking {
    /// 2026-11-25T23:24:17Z
    static let at: Int64 = 1_795_649_057_000_000_000

    /// The mask that takes the difference between two JSON texts at a path; nil where there is none.
    static func name(
        _ recorded: String, _ live: String, at path: String = "$.result.content[0].text",
        method: String = "tools/call", context: MaskContext = MaskContext(), rules: [MaskRule] = [],
        place: Difference.Place = .answer
    ) -> String? {
        let difference = difference(recorded, live, at: path, method: method, place: place)
        return MaskSet(rules: rules).name(of: difference, in: context)
    }

    static func difference(
        _ recorded: String, _ live: String, at path: String, method: String = "tools/call",
        place: Difference.Place = .answer
    ) -> Difference {
        var context = DifferenceContext(
            method: method, name: method == "tools/call" ? "echo" : nil, recordedNs: at,
            liveNs: at + 3_600_000_000_000)
        context.place = place
        return Difference(context, JSONPath(path) ?? .root, JSONTree(recorded), JSONTree(live))
    }
}
