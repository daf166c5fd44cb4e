import WireFormats

/// What a request asks for, without what differs from one run to the next: its id, progress tokens and all else in
/// `_meta`. Equal patterns ask for the same.
package struct RequestPattern: Sendable, Hashable {
    package let method: String
    package let params: JSONTree?

    /// Methods of which a session has one meaning, whatever their parameters.
    private static let bare: Set<String> = ["initialize", "server/discover", "ping"]

    /// Nil where the message names no method. An array stands for all its requests.
    package init?(_ message: JSONTree) {
        if case .array(let elements) = message {
            let patterns = elements.compactMap(RequestPattern.init)
            guard let first = patterns.first else { return nil }
            method = first.method
            params = patterns.count == 1 ? first.params : .array(patterns.map { $0.params ?? .null })
            return
        }
        guard let method = message["method"]?.string else { return nil }
        self.method = method
        params = Self.bare.contains(method) ? nil : message["params"]?.without(["_meta"]).nonEmpty
    }

    /// Whether a live request asks for what this recorded one did, apart from values that a server mints and that were
    /// masked when they were recorded.
    package func agrees(with live: RequestPattern, minted: Set<String>) -> Bool {
        guard method == live.method else { return false }
        var comparison = PatternComparison(minted: minted, limit: 1)
        comparison.compare(params ?? .object([]), live.params ?? .object([]))
        return comparison.differences.isEmpty
    }

    /// Where a live request differs from this recorded one, at most so many places.
    package func differences(to live: RequestPattern, minted: Set<String>, limit: Int) -> [PatternDifference] {
        var comparison = PatternComparison(minted: minted, limit: limit)
        comparison.compare(params ?? .object([]), live.params ?? .object([]))
        return comparison.differences
    }
}

/// A place where two requests differ; nil: there is nothing.
package struct PatternDifference: Sendable, Hashable {
    package let path: JSONPath
    package let recorded: JSONTree?
    package let live: JSONTree?
}

/// Walks over the parameters of a recorded and a live request.
struct PatternComparison {
    let minted: Set<String>
    let limit: Int
    private(set) var differences: [PatternDifference] = []

    private static let params = JSONPath.root.key("params")
    /// Members of `params` that a server mints.
    private static let free: Set<String> = ["cursor", "requestState", "taskId", "_meta"]

    init(minted: Set<String>, limit: Int) {
        self.minted = minted
        self.limit = limit
    }

    mutating func compare(_ recorded: JSONTree, _ live: JSONTree) {
        guard case .object(let members) = recorded, case .object(let others) = live else {
            return compare(recorded, live, at: Self.params)
        }
        for member in members where !Self.free.contains(member.key) {
            let other = live[member.key]
            if member.key == "inputResponses" {
                // Which questions are answered counts, not how.
                let keys = (member.value.keys, other?.keys ?? [])
                if Set(keys.0) != Set(keys.1) { note(Self.params.key("inputResponses"), member.value, other) }
            } else {
                compare(member.value, other, at: Self.params.key(member.key))
            }
        }
        for member in others where !Self.free.contains(member.key) && recorded[member.key] == nil {
            note(Self.params.key(member.key), nil, member.value)
        }
    }

    private mutating func compare(_ recorded: JSONTree, _ live: JSONTree?, at path: JSONPath) {
        guard differences.count < limit, recorded != live else { return }
        switch (recorded, live) {
        case (.object(let members), .object(let others)):
            for member in members { compare(member.value, live?[member.key], at: path.key(member.key)) }
            for other in others where recorded[other.key] == nil {
                note(path.key(other.key), nil, other.value)
            }
        case (.array(let elements), .array(let others)):
            for index in 0..<max(elements.count, others.count) {
                let place = path.index(index)
                guard elements.indices.contains(index) else { return note(place, nil, others[index]) }
                compare(elements[index], others.indices.contains(index) ? others[index] : nil, at: place)
            }
        case (.string(let text), .some) where Self.isMasked(text) || minted.contains(text): return
        default: note(path, recorded, live)
        }
    }

    private mutating func note(_ path: JSONPath, _ recorded: JSONTree?, _ live: JSONTree?) {
        guard differences.count < limit else { return }
        differences.append(PatternDifference(path: path, recorded: recorded, live: live))
    }

    /// Whether a recorded value is the mask of a secret.
    private static func isMasked(_ text: String) -> Bool {
        text.hasPrefix("hmac:") && text.utf8.count == 21
    }
}
