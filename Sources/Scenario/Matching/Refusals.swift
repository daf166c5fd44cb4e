import WireFormats

/// Finds for a request that belongs to no conversation how the recorded server refused one like it: for an unknown
/// session, at a path that takes something else, for a body that is no message.
package struct Refusals: Sendable {
    /// A request as far as a refusal depends on it.
    package struct Request: Sendable {
        package var httpMethod: String
        package var path: String
        package var sessionID: String?
        package var message: JSONTree?
        package var body: [UInt8]
        package var trait: RequestTrait

        package init(
            httpMethod: String, path: String, sessionID: String?, message: JSONTree?, body: [UInt8],
            trait: RequestTrait
        ) {
            self.httpMethod = httpMethod
            self.path = path
            self.sessionID = sessionID
            self.message = message
            self.body = body
            self.trait = trait
        }
    }

    package struct Place: Sendable, Hashable {
        package let score: Int
        package let cue: Int
    }

    private let scores: [Score]
    private let places: [Place]
    private var used: Set<Place> = []

    package init(_ scores: [Score]) {
        self.scores = scores
        places = scores.indices.flatMap { index in
            scores[index].cues.filter { $0.status.map { $0 >= 400 } ?? false }
                .map { Place(score: index, cue: $0.index) }
        }
    }

    /// Whether exactly this was refused, for a head in which there is something to refuse.
    package func hasExact(_ request: Request) -> Bool {
        guard !request.trait.isSound else { return false }
        return places.contains { place in
            scores[place.score].cues[place.cue].trait == request.trait && (rank(place, for: request) ?? 0) >= 6
        }
    }

    /// The likest refusal: of those that are equally like, the next in recorded order, then the last again.
    package mutating func match(_ request: Request) -> Place? {
        let ranked = places.compactMap { place in rank(place, for: request).map { (place, $0) } }
        guard let best = ranked.map(\.1).max() else { return nil }
        let likest = ranked.filter { $0.1 == best }.map(\.0)
        let chosen = likest.first { !used.contains($0) } ?? likest.last
        if let chosen { used.insert(chosen) }
        return chosen
    }

    /// How like a refused request is; nil: too little.
    private func rank(_ place: Place, for request: Request) -> Int? {
        let cue = scores[place.score].cues[place.cue]
        guard cue.httpMethod == request.httpMethod, cue.isAt(request.path),
            (cue.sessionID == nil) == (request.sessionID == nil)
        else { return nil }
        var rank = 0
        if cue.sessionID != nil, cue.sessionID == request.sessionID { rank += 8 }
        let pattern = request.message.flatMap(RequestPattern.init)
        if pattern != nil ? scores[place.score].pattern(of: cue.index) == pattern : cue.body == request.body {
            rank += 4
        }
        if cue.trait == request.trait { rank += 2 }
        // A session that is not known is refused whatever is asked of it.
        let isUnknownSession = cue.sessionID != nil && cue.status == 404
        return rank >= 4 || isUnknownSession ? rank : nil
    }
}
