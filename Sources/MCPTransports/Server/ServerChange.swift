/// Something about a server that clients may want to hear of.
public enum ServerChange: Sendable, Hashable {
    /// The list of tools is another (`notifications/tools/list_changed`).
    case tools
    /// The list of prompts is another (`notifications/prompts/list_changed`).
    case prompts
    /// The list of resources or of their templates is another (`notifications/resources/list_changed`).
    case resources
    /// The contents of a resource are others (`notifications/resources/updated`).
    case resource(uri: String)

    /// What a server must have promised to announce this.
    var announcement: Announcements {
        switch self {
        case .tools: .toolsListChanged
        case .prompts: .promptsListChanged
        case .resources: .resourcesListChanged
        case .resource: .resourceUpdated
        }
    }

    var method: String {
        switch self {
        case .tools: "notifications/tools/list_changed"
        case .prompts: "notifications/prompts/list_changed"
        case .resources: "notifications/resources/list_changed"
        case .resource: "notifications/resources/updated"
        }
    }

    /// The parameters of the notification, before any `_meta`; nil for none.
    var params: JSONObject? {
        guard case .resource(let uri) = self else { return nil }
        return ["uri": .string(uri)]
    }
}

/// Which changes a server promises to announce. Its capabilities say so, and nothing else is announced.
public struct Announcements: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// `tools.listChanged`
    public static let toolsListChanged = Announcements(rawValue: 1)
    /// `prompts.listChanged`
    public static let promptsListChanged = Announcements(rawValue: 2)
    /// `resources.listChanged`
    public static let resourcesListChanged = Announcements(rawValue: 4)
    /// `resources.subscribe`: clients may subscribe to single resources.
    public static let resourceUpdated = Announcements(rawValue: 8)
    /// All of them.
    public static let all: Announcements = [
        .toolsListChanged, .promptsListChanged, .resourcesListChanged, .resourceUpdated,
    ]
}
