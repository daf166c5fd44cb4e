import Synchronization

/// The open streams of `subscriptions/listen` (MCP 2026-07-28 basic/patterns/subscriptions). A stream is a row here, no
/// task and no timer.
final class SubscriptionTable: Sendable {
    private struct Subscription {
        let id: RequestID
        let filter: SubscriptionFilter
        let exchange: HTTPExchange
    }

    private struct State {
        var subscriptions: [ObjectIdentifier: Subscription] = [:]
        var isClosed = false
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) {
        self.limit = limit
    }

    /// How many there are.
    var count: Int { state.withLock { $0.subscriptions.count } }

    /// Opens a stream; what is honoured is its first message, so nothing can come before it. False when there are too many.
    func open(_ id: RequestID, _ filter: SubscriptionFilter, on exchange: HTTPExchange) -> Bool {
        let key = ObjectIdentifier(exchange)
        let isOpen = state.withLock { state in
            guard !state.isClosed, state.subscriptions.count < limit else { return false }
            exchange.openStream(carriesRequests: false)
            let acknowledged = Self.notification(
                "notifications/subscriptions/acknowledged", ["notifications": filter.json], id)
            exchange.send(acknowledged.event)
            state.subscriptions[key] = Subscription(id: id, filter: filter, exchange: exchange)
            return true
        }
        if isOpen {
            exchange.onClose { [weak self] in self?.state.withLock { $0.subscriptions[key] = nil } }
        }
        return isOpen
    }

    /// Tells those who listen to a change. Gives how many they are.
    func announce(_ change: ServerChange) -> Int {
        state.withLock { state in
            let interested = state.subscriptions.values.filter { $0.filter.matches(change) }
            for subscription in interested {
                let message = Self.notification(change.method, change.params ?? [:], subscription.id)
                subscription.exchange.send(message.event)
            }
            return interested.count
        }
    }

    /// Ends all streams with their result and opens no more.
    func close(_ dressing: ResultDressing) {
        let subscriptions = state.withLock { state in
            state.isClosed = true
            defer { state.subscriptions = [:] }
            return Array(state.subscriptions.values)
        }
        for subscription in subscriptions {
            let result: JSONValue = ["_meta": Self.meta(subscription.id)]
            let complete = dressing.complete(result, of: "subscriptions/listen")
            subscription.exchange.send(JSONRPCMessage.response(id: subscription.id, result: complete).event)
            subscription.exchange.finishStream()
        }
    }

    private static func notification(_ method: String, _ params: JSONObject, _ id: RequestID) -> JSONRPCMessage {
        var params = params
        params["_meta"] = meta(id)
        return .notification(method: method, params: .object(params))
    }

    private static func meta(_ id: RequestID) -> JSONValue { .object([MetaKey.subscriptionID: id.json]) }
}
