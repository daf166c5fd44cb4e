import Synchronization

/// The stateless calls that are being answered, and which of them wait for their clients to come back.
final class StatelessTable: Sendable {
    private struct State {
        var calls: [ObjectIdentifier: StatelessCall] = [:]
        var suspended: [String: StatelessCall] = [:]
        var keys: [ObjectIdentifier: String] = [:]
        var isClosed = false
    }

    /// What a client is told whose `requestState` was never given out, was used, or has run out.
    static let unknownState = MCPError.invalidParams("The requestState is unknown, was used, or has expired")

    private let limit: Int
    private let makeKey: @Sendable () -> String
    private let state = Mutex(State())

    /// - Parameters:
    ///   - limit: How many calls may wait for their clients.
    ///   - makeKey: Makes a `requestState`: different each time, and nothing that could be guessed.
    init(limit: Int, makeKey: @escaping @Sendable () -> String) {
        self.limit = limit
        self.makeKey = makeKey
    }

    /// How many calls there are, those that wait for their clients included.
    var count: Int { state.withLock { $0.calls.count } }

    /// The handlers that run.
    var handlers: [Task<Void, Never>] { state.withLock { Array($0.calls.values) }.compactMap(\.handler) }

    /// Keeps a call until it has ended. False when no more are taken.
    func insert(_ call: StatelessCall) -> Bool {
        state.withLock { state in
            guard !state.isClosed else { return false }
            state.calls[ObjectIdentifier(call)] = call
            return true
        }
    }

    /// Remembers a call whose client has to come back. Gives what it comes back with; nil when there are too many.
    func suspend(_ call: StatelessCall) -> String? {
        let key = makeKey()
        return state.withLock { state in
            guard !state.isClosed, state.suspended.count < limit else { return nil }
            state.suspended[key] = call
            state.keys[ObjectIdentifier(call)] = key
            return key
        }
    }

    /// The call that a retry goes on with. Each key is good for one retry.
    ///
    /// - Throws: invalid params when there is none, or the retry is not of the same call.
    func takeSuspended(_ request: StatelessRequest, principal: Principal?) throws(MCPError) -> StatelessCall {
        guard let key = request.params["requestState"]?.stringValue else {
            throw .invalidParams("The requestState is not a string")
        }
        if let responses = request.params["inputResponses"] {
            guard let object = responses.objectValue, object.members.allSatisfy({ $0.value.objectValue != nil }) else {
                throw .invalidParams("inputResponses is not an object of objects")
            }
        }
        let fingerprint = StatelessCall.fingerprint(of: request)
        let call: StatelessCall? = state.withLock { state in
            guard let call = state.suspended[key], call.fingerprint == fingerprint,
                call.principal?.subject == principal?.subject
            else { return nil }
            state.suspended[key] = nil
            state.keys[ObjectIdentifier(call)] = nil
            return call
        }
        guard let call else { throw Self.unknownState }
        return call
    }

    /// Forgets a call whose handler has ended.
    func end(_ call: StatelessCall) {
        state.withLock { state in
            let id = ObjectIdentifier(call)
            state.calls[id] = nil
            if let key = state.keys.removeValue(forKey: id) { state.suspended[key] = nil }
        }
    }

    /// Ends all calls and takes no more; returns when their handlers have ended.
    func close() async {
        let calls = state.withLock { state in
            state.isClosed = true
            return Array(state.calls.values)
        }
        for handler in calls.compactMap({ $0.terminate() }) { await handler.value }
    }
}
