import WireFormats

/// What recorded ids are called in the live conversation. Pure.
package struct LiveNames: Sendable {
    /// Ids of the client's requests: recorded to live.
    package var requests: [JSONTree: JSONTree] = [:]
    /// Progress tokens: recorded to live; a live client that asks for no progress has none.
    package var tokens: [JSONTree: JSONTree] = [:]
    /// Ids of requests that opened subscriptions.
    package var subscriptions: [JSONTree: JSONTree] = [:]
    /// What the subscription wants to hear of.
    package var subscribedTo: SubscribedTo?
    /// Ids of the server's requests.
    package var questions: [JSONTree: JSONTree] = [:]
    /// The revision that the live handshake asked for.
    package var askedRevision: String?

    package init() {}

    /// Learns the names of a request that repeats a recorded one; both may be arrays.
    package mutating func learn(recorded: JSONTree, live: JSONTree) {
        if case .array(let elements) = recorded, case .array(let others) = live {
            for (element, other) in zip(elements, others) { learn(recorded: element, live: other) }
            return
        }
        guard let id = recorded["id"], let liveID = live["id"] else { return }
        requests[id] = liveID
        if let token = recorded.progressToken { tokens[token] = live.progressToken }
        if recorded["method"]?.string == "subscriptions/listen" {
            subscriptions[id] = liveID
            subscribedTo = live["params"]?["notifications"].map(SubscribedTo.init)
        }
        if recorded["method"]?.string == "initialize" {
            askedRevision = live["params"]?["protocolVersion"]?.string
        }
    }

    /// A recorded message of the server under its live names; nil where the live client did not ask for it.
    package func live(_ message: JSONTree) -> JSONTree? {
        if case .array(let elements) = message { return .array(elements.compactMap(live)) }
        guard let method = message["method"]?.string else { return liveAnswer(message) }
        var message = message
        if let id = message["id"] {
            return questions[id].map { message.setting(["id"], to: $0) } ?? message
        }
        if method == "notifications/progress", let token = message["params"]?["progressToken"] {
            guard let live = tokens[token] else { return nil }
            message = message.setting(["params", "progressToken"], to: live)
        }
        if method == "notifications/cancelled", let id = message["params"]?["requestId"] {
            message = message.setting(["params", "requestId"], to: questions[id] ?? subscriptions[id] ?? id)
        }
        guard let heard = subscribedTo.map({ $0.heard(message) }) ?? message else { return nil }
        return withLiveSubscription(heard, in: "params")
    }

    private func liveAnswer(_ message: JSONTree) -> JSONTree {
        var message = message
        if let id = message["id"], let live = requests[id] { message = message.setting(["id"], to: live) }
        if let asked = askedRevision, let recorded = message["result"]?["protocolVersion"]?.string {
            let revision = Self.negotiated(asked: asked, recorded: recorded)
            message = message.setting(["result", "protocolVersion"], to: .string(revision))
        }
        return withLiveSubscription(message, in: "result")
    }

    private func withLiveSubscription(_ message: JSONTree, in member: String) -> JSONTree {
        let key = "io.modelcontextprotocol/subscriptionId"
        guard let id = message[member]?["_meta"]?[key], let live = subscriptions[id] else {
            return message
        }
        return message.setting([member, "_meta", key], to: live)
    }

    /// The revision to answer a handshake with: the one asked for where the recorded server is known to be as new, else
    /// the newest that it is known for (MCP 2025-11-25 basic/lifecycle, version negotiation).
    static func negotiated(asked: String, recorded: String) -> String {
        let known = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"]
        return known.contains(asked) && asked < recorded ? asked : recorded
    }
}
