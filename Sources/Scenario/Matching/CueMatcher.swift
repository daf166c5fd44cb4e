import WireFormats

/// Finds for each request of a live client the recorded one that it repeats: the same ones in their recorded order,
/// and when all were asked for the last one again.
package struct CueMatcher: Sendable {
    package let score: Score
    private var used: Set<Int> = []

    package init(_ score: Score) {
        self.score = score
    }

    /// What was found for a request.
    package struct Match: Sendable, Hashable {
        package let cue: Int
        /// How often it has been asked for before.
        package let isRepeat: Bool
    }

    /// The cue that a message of a client repeats; nil: the recording has none like it.
    package mutating func match(_ message: JSONTree, at path: String, _ trait: RequestTrait) -> Match? {
        guard let pattern = RequestPattern(message) else { return nil }
        let found = candidate(pattern, path, trait)
        if let found { used.insert(found.cue) }
        return found
    }

    /// Whether a message repeats one that was not asked for so far.
    package func hasUnused(_ message: JSONTree, at path: String, _ trait: RequestTrait) -> Bool {
        guard let pattern = RequestPattern(message) else { return false }
        return candidate(pattern, path, trait).map { !$0.isRepeat } ?? false
    }

    /// Whether a message repeats any, asked for or not.
    package func knows(_ message: JSONTree, at path: String, _ trait: RequestTrait) -> Bool {
        RequestPattern(message).flatMap { candidate($0, path, trait) } != nil
    }

    /// The next cue of another kind: GET, DELETE and all that is no message.
    package mutating func match(httpMethod: String, path: String, body: [UInt8], _ trait: RequestTrait) -> Match? {
        let cues = score.plainCues.filter { index in
            let cue = score.cues[index]
            guard cue.httpMethod == httpMethod, cue.body == body else { return false }
            if case .resume = cue.kind { return false }
            return cue.isAt(path) && isFit(cue, for: trait)
        }
        let found = choose(among: cues)
        if let found { used.insert(found.cue) }
        return found
    }

    /// A cue has been met by other means.
    package mutating func use(_ cue: Int) { used.insert(cue) }

    private func candidate(_ pattern: RequestPattern, _ path: String, _ trait: RequestTrait) -> Match? {
        let exact = (score.cuesByPattern[pattern] ?? []).filter {
            score.cues[$0].isAt(path) && isFit(score.cues[$0], for: trait)
        }
        let likeliest = exact.filter { score.cues[$0].trait == trait }
        // One that is refused for its head is refused again.
        if let match = choose(among: likeliest), !match.isRepeat || (score.cues[match.cue].status ?? 0) >= 400 {
            return match
        }
        if let match = choose(among: exact) { return match }
        let loose = (score.cuesByMethod[pattern.method] ?? []).filter { index in
            guard score.cues[index].isAt(path), isFit(score.cues[index], for: trait) else { return false }
            if pattern.method == "subscriptions/listen" { return true }
            return score.pattern(of: index)?.agrees(with: pattern, minted: score.minted) ?? false
        }
        return choose(among: loose)
    }

    /// Whether what the request was answered with had not to do with its head, or the live one has the same head.
    private func isFit(_ cue: Cue, for trait: RequestTrait) -> Bool {
        (cue.status ?? 0) < 400 || cue.trait == trait
            || cue.trait.isAuthorized == trait.isAuthorized && cue.trait.isRouted == trait.isRouted
                && cue.trait.hasMediaTypes == trait.hasMediaTypes
    }

    private func choose(among cues: [Int]) -> Match? {
        if let next = cues.first(where: { !used.contains($0) }) { return Match(cue: next, isRepeat: false) }
        return cues.last.map { Match(cue: $0, isRepeat: true) }
    }
}
