import WireFormats

/// What a live subscription asked to hear of, where that is something else than the recorded one did: the mock honours
/// what both did (MCP 2026-07-28 basic/patterns/subscriptions).
package struct SubscribedTo: Sendable, Hashable {
    private let filter: JSONTree

    /// - Parameter filter: The member `notifications` of the live request.
    package init(_ filter: JSONTree) {
        self.filter = filter
    }

    /// The recorded notification as this subscription hears it; nil where it did not ask.
    func heard(_ message: JSONTree) -> JSONTree? {
        switch message["method"]?.string {
        case "notifications/subscriptions/acknowledged": acknowledged(message)
        case "notifications/tools/list_changed": filter["toolsListChanged"]?.bool == true ? message : nil
        case "notifications/prompts/list_changed": filter["promptsListChanged"]?.bool == true ? message : nil
        case "notifications/resources/list_changed": filter["resourcesListChanged"]?.bool == true ? message : nil
        case "notifications/resources/updated": hasResource(message["params"]?["uri"]) ? message : nil
        default: message
        }
    }

    private func hasResource(_ uri: JSONTree?) -> Bool {
        guard let uri else { return false }
        return filter["resourceSubscriptions"]?.elements?.contains(uri) ?? false
    }

    private func acknowledged(_ message: JSONTree) -> JSONTree {
        guard let honoured = message["params"]?["notifications"]?.members else { return message }
        let both = honoured.compactMap { member -> JSONTree.Member? in
            guard let asked = filter[member.key] else { return nil }
            guard let elements = member.value.elements, let others = asked.elements else {
                return asked == member.value ? member : nil
            }
            return JSONTree.Member(member.key, .array(elements.filter(others.contains)))
        }
        return message.setting(["params", "notifications"], to: .object(both))
    }
}
