import WireFormats

/// Calls that take several rounds: the server asks for input in its result, the client asks again with it.
/// (MCP 2026-07-28 mrtr)
extension Fold {
    /// How many calls of a session may wait for the client's input; older ones are given up.
    static let awaitingLimit = 64

    /// The server wants input first: the round is over, the call is not.
    mutating func awaitInput(_ state: FoldCall, _ message: ScannedMessage, _ row: MessageRow, exchange id: Int64) {
        guard let session = state.row.sessionID, sessions[session] != nil else { return }
        letGo(state, .answered(by: SettledCall.Answer(messageID: row.id, digest: MessageDigest(message.text))))
        var state = state
        state.row.reason = .inputRequired
        state.row.responseID = row.id
        state.row.responseExchangeID = id
        state.row.responseBytes = (state.row.responseBytes ?? 0) + row.bytes
        let awaited = AwaitedInput(message, of: state.question)
        state.awaited = awaited
        state.question = nil
        state.progressToken = nil
        let call = state.row.id
        calls[call] = state
        dirtyCalls.insert(call)
        if let digest = awaited.state { states[digest, default: []].append(call) }
        sessions[session]?.awaiting.append(call)
        if let oldest = sessions[session]?.awaiting.first, sessions[session]?.awaiting.count ?? 0 > Self.awaitingLimit {
            giveUp(oldest, .inputRequired)
        }
    }

    /// The call of the session that the request goes on with.
    func continued(by message: ScannedMessage, in session: Int64) -> Int64? {
        guard let awaiting = sessions[session]?.awaiting, !awaiting.isEmpty, let retry = CallRetry(message) else {
            return nil
        }
        var likely: Int64?
        for id in awaiting {
            guard let call = calls[id], let awaited = call.awaited, call.row.method == message.method else { continue }
            switch retry.fit(awaited) {
            case .exact: return id
            case .likely: likely = likely ?? id
            case .none: continue
            }
        }
        return likely
    }

    /// The session, on whichever connection it was, of a call that the request goes on with.
    func sessionAwaiting(_ message: ScannedMessage, _ request: RequestFacts, at: Int64) -> Int64? {
        guard !states.isEmpty, let retry = CallRetry(message), let state = retry.state else { return nil }
        var speaker = Speaker(message)
        for id in states[state] ?? [] {
            guard let call = calls[id], let awaited = call.awaited, call.row.method == message.method,
                retry.fit(awaited) == .exact, let session = call.row.sessionID,
                sessions[session]?.path == request.path, isSameClient(&speaker, session), isLive(session, at: at)
            else { continue }
            return session
        }
        return nil
    }

    /// The next round of a call begins.
    mutating func goOn(_ id: Int64, with message: ScannedMessage, _ row: MessageRow, exchange: Int64) {
        guard var state = calls[id], let rpcID = message.id else { return }
        forgetAwaited(state)
        state.awaited = nil
        state.row.reason = nil
        state.row.rounds += 1
        state.row.requestBytes += row.bytes
        state.rpcID = rpcID
        state.requestID = row.id
        state.exchangeID = exchange
        state.progressToken = message.progressToken
        state.question = question(message, exchange: exchange)
        calls[id] = state
        wait(state)
    }

    /// The call waits for the client's input no more.
    mutating func forgetAwaited(_ state: FoldCall) {
        guard let awaited = state.awaited else { return }
        if let session = state.row.sessionID { sessions[session]?.awaiting.removeAll { $0 == state.row.id } }
        guard let digest = awaited.state, let waiting = states[digest] else { return }
        let rest = waiting.filter { $0 != state.row.id }
        states[digest] = rest.isEmpty ? nil : rest
    }

    /// What a further round of the request would repeat. Its text is held only where its exchange holds it as well.
    func question(_ message: ScannedMessage, exchange id: Int64) -> CallQuestion? {
        guard let exchange = exchanges[id], exchange.modern != nil || message.version != nil,
            let params = message.envelope.params
        else { return nil }
        let isOwn = exchange.modern != nil && !message.isElement
        return isOwn ? .text(message.text, params) : .digest(CallQuestion.digest(of: params, in: message.text))
    }
}

/// What a call asked, so that its repetition is known.
enum CallQuestion: Sendable {
    case text([UInt8], Range<Int>)
    case digest(Int?)

    /// The same for both.
    var digest: Int? {
        switch self {
        case .text(let text, let params): Self.digest(of: params, in: text)
        case .digest(let digest): digest
        }
    }

    /// Of parameters but for what differs from round to round.
    static func digest(of params: Range<Int>, in text: [UInt8]) -> Int? {
        JSONScan.digest(of: params, in: text.span.bytes, without: ["_meta", "inputResponses", "requestState"])
    }
}

/// What a server asked for before it answers.
struct AwaitedInput: Sendable {
    let state: MessageDigest?
    let params: Int?
    let keys: Set<Int>

    init(_ message: ScannedMessage, of question: CallQuestion?) {
        state = message.string(message.envelope.requestState).map { MessageDigest(Array($0.utf8)) }
        params = question?.digest
        keys = message.keys(of: message.envelope.inputRequests)
    }
}

/// What a request says of the round before it.
struct CallRetry: Sendable {
    enum Fit: Sendable { case exact, likely, none }

    let state: MessageDigest?
    private let params: Int?
    private let keys: Set<Int>

    /// Nil where the request is no round after another.
    init?(_ message: ScannedMessage) {
        guard message.kind == .request,
            message.envelope.requestState != nil || message.envelope.inputResponses != nil
        else { return nil }
        state = message.string(message.envelope.requestState).map { MessageDigest(Array($0.utf8)) }
        params = message.envelope.params.flatMap { CallQuestion.digest(of: $0, in: message.text) }
        keys = message.keys(of: message.envelope.inputResponses)
    }

    /// Equal states decide; else the same question, with answers to nothing but what was asked.
    func fit(_ awaited: AwaitedInput) -> Fit {
        let asksTheSame = params != nil && params == awaited.params
        if state != nil, state == awaited.state { return asksTheSame ? .exact : .likely }
        guard asksTheSame, keys.isSubset(of: awaited.keys) else { return .none }
        return state == awaited.state ? .exact : .likely
    }
}

extension ScannedMessage {
    /// How many keys of an object are looked at.
    private static var keyLimit: Int { 256 }

    /// Numbers that stand for the names of the members of the object at one of the envelope's places.
    fileprivate func keys(of part: Range<Int>?) -> Set<Int> {
        guard let part, let members = JSONScan.members(of: text.span.bytes.extracting(part)) else { return [] }
        let span = text.span.bytes.extracting(part)
        return Set(members.prefix(Self.keyLimit).compactMap { JSONScan.digest(of: $0.key, in: span) })
    }
}
