import WireFormats

/// Why no recorded call answers a live one: which comes closest, and where it differs.
package struct ClosestCue: Sendable, Hashable {
    package let method: String
    package let name: String?
    /// The closest recorded request, as the how manieth of the session's requests, from 1.
    package let number: Int?
    package let differences: [PatternDifference]

    private static let limit = 8

    package init(_ message: JSONTree, in scores: [Score]) {
        let pattern = RequestPattern(message)
        method = pattern?.method ?? "a message without method"
        name = Self.name(in: message)
        var best: (number: Int, differences: [PatternDifference])?
        for score in scores {
            guard let pattern else { break }
            for index in score.cuesByMethod[pattern.method] ?? [] {
                guard let recorded = score.pattern(of: index) else { continue }
                let found = recorded.differences(to: pattern, minted: score.minted, limit: Self.limit)
                guard found.count < best?.differences.count ?? .max else { continue }
                best = (score.number(ofRequest: index), found)
            }
        }
        number = best?.number
        differences = best?.differences ?? []
    }

    /// One sentence.
    package var text: String {
        let call = name.map { "\(method) \($0)" } ?? method
        guard let number else { return "\(call) is not in the recording, nor any other \(method)" }
        guard let first = differences.first else {
            return "\(call) was asked for with other headers than request \(number) of the recording"
        }
        let more = differences.count > 1 ? ", and at \(differences.count - 1) more places" : ""
        let recorded = first.recorded.map(Self.short) ?? "nothing"
        let live = first.live.map(Self.short) ?? "nothing"
        return "\(call) is not in the recording; closest is request \(number), "
            + "which differs at \(first.path): recorded \(recorded), asked \(live)\(more)"
    }

    private static func name(in message: JSONTree) -> String? {
        let params = message["params"]
        return params?["name"]?.string ?? params?["uri"]?.string
    }

    private static func short(_ value: JSONTree) -> String {
        let text = String(decoding: value.serialized(), as: UTF8.self)
        return text.count <= 60 ? text : text.prefix(59) + "…"
    }
}
