import WireFormats

/// Which elements of two lists mean the same thing, by the member that names them.
struct NamedList {
    /// Indices of elements of either list that have one name, in the recorded order.
    private(set) var pairs: [(Int, Int)] = []
    private(set) var missing: [Int] = []
    private(set) var extra: [Int] = []
    private(set) var recordedNames: [JSONTree] = []
    private(set) var liveNames: [JSONTree] = []

    /// The member that names what a list of the protocol lists; nil for every other list.
    static func key(of path: JSONPath) -> String? {
        switch path.description {
        case "$.result.tools", "$.result.prompts": "name"
        case "$.result.resources", "$.result.roots": "uri"
        case "$.result.resourceTemplates": "uriTemplate"
        default: nil
        }
    }

    /// nil where an element has no name, or two have the same.
    init?(_ recorded: [JSONTree], _ live: [JSONTree], by key: String) {
        recordedNames = recorded.compactMap { $0[key] }
        liveNames = live.compactMap { $0[key] }
        let places = Dictionary(liveNames.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let known = Set(recordedNames)
        guard recordedNames.count == recorded.count, liveNames.count == live.count,
            known.count == recorded.count, places.count == live.count
        else { return nil }
        for (index, name) in recordedNames.enumerated() {
            if let other = places[name] { pairs.append((index, other)) } else { missing.append(index) }
        }
        extra = live.indices.filter { !known.contains(liveNames[$0]) }
    }

    /// Whether what both have comes in one order.
    var isInOrder: Bool { zip(pairs, pairs.dropFirst()).allSatisfy { $0.1 < $1.1 } }
}
