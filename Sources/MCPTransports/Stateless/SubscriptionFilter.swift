/// Which changes a client listens to (MCP 2026-07-28 basic/patterns/subscriptions).
struct SubscriptionFilter: Sendable, Hashable {
    /// The most resources that one subscription names; more are not honoured.
    static let maximumResources = 1024

    let lists: Announcements
    let resources: Set<String>

    /// What a client asked for, as far as the server promises to announce it.
    ///
    /// - Throws: invalid params when it asked in another shape.
    init(_ params: JSONObject, honouring announces: Announcements) throws(MCPError) {
        guard let notifications = params["notifications"]?.objectValue else {
            throw .invalidParams("notifications is not an object")
        }
        var lists: Announcements = []
        for (key, announcement) in Self.keys where notifications[key] != nil {
            guard let isWanted = notifications[key]?.boolValue else { throw .invalidParams("\(key) is not a boolean") }
            if isWanted { lists.insert(announcement) }
        }
        self.lists = lists.intersection(announces)
        var resources: Set<String> = []
        if let wanted = notifications["resourceSubscriptions"] {
            guard let uris = wanted.arrayValue?.map(\.stringValue), uris.allSatisfy({ $0 != nil }) else {
                throw .invalidParams("resourceSubscriptions is not a list of URIs")
            }
            if announces.contains(.resourceUpdated) {
                resources = Set(uris.compactMap { $0 }.prefix(Self.maximumResources))
            }
        }
        self.resources = resources
    }

    private static let keys: [(String, Announcements)] = [
        ("toolsListChanged", .toolsListChanged), ("promptsListChanged", .promptsListChanged),
        ("resourcesListChanged", .resourcesListChanged),
    ]

    /// Whether the client wants to hear of a change.
    func matches(_ change: ServerChange) -> Bool {
        if case .resource(let uri) = change { return resources.contains(uri) }
        return lists.contains(change.announcement)
    }

    /// The honoured part as it travels.
    var json: JSONValue {
        var object: JSONObject = [:]
        for (key, announcement) in Self.keys where lists.contains(announcement) { object[key] = true }
        if !resources.isEmpty { object["resourceSubscriptions"] = .array(resources.sorted().map(JSONValue.string)) }
        return .object(object)
    }
}
