import Synchronization

/// The listeners of the broadcast dialect: all hear the same.
final class ListenerTable: Sendable {
    private struct State {
        var listeners: [ObjectIdentifier: HTTPExchange] = [:]
        /// Set by whoever set it last, for all.
        var minimumLogLevel: LogLevel?
        var isClosed = false
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) {
        self.limit = limit
    }

    /// How many there are.
    var count: Int { state.withLock { $0.listeners.count } }

    /// Below which severity no log messages are sent; nil: all are.
    var minimumLogLevel: LogLevel? {
        get { state.withLock { $0.minimumLogLevel } }
        set { state.withLock { $0.minimumLogLevel = newValue } }
    }

    /// Opens the stream of a listener. False when there are too many.
    func open(_ exchange: HTTPExchange) -> Bool {
        let key = ObjectIdentifier(exchange)
        let isOpen = state.withLock { state in
            guard !state.isClosed, state.listeners.count < limit else { return false }
            exchange.openStream(carriesRequests: true)
            state.listeners[key] = exchange
            return true
        }
        if isOpen {
            exchange.onClose { [weak self] in self?.state.withLock { $0.listeners[key] = nil } }
        }
        return isOpen
    }

    /// Says something to all. Gives how many they are.
    @discardableResult
    func send(_ message: JSONRPCMessage) -> Int {
        let event = message.event
        return state.withLock { state in
            for exchange in state.listeners.values { exchange.send(event) }
            return state.listeners.count
        }
    }

    /// Ends all streams and opens no more.
    func close() {
        let listeners = state.withLock { state in
            state.isClosed = true
            defer { state.listeners = [:] }
            return Array(state.listeners.values)
        }
        for exchange in listeners { exchange.finishStream() }
    }
}
