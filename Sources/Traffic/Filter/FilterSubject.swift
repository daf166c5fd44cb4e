/// The facts about one entry of a timeline that a filter asks for. What is not known, or does not apply, is nil.
///
/// What is said of a call holds for the request and for everything that answers it or belongs to it: progress, the
/// answer, the HTTP error that came instead of one.
package struct FilterSubject: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case request, response, error, notification, invalid
        /// What a server sends only to keep a stream alive.
        case heartbeat
        /// What else a stream carries that is no message: an event, a reconnection time, a block cut off.
        case event
        /// An HTTP exchange as such: its status, its stream opened and closed, what a proxy changed in it.
        case exchange
        /// Bytes that were missed.
        case gap
        /// The end of a session.
        case end
        case problem

        package var isMessage: Bool {
            switch self {
            case .request, .response, .error, .notification, .invalid: true
            case .heartbeat, .event, .exchange, .gap, .end, .problem: false
            }
        }
    }

    package var kind: Kind
    /// The kind of a problem.
    package var problem: String?
    package var sessionID: Int64?
    /// `<client>/<n>`
    package var sessionName: String?
    package var dialect: Dialect?
    package var direction: Direction?
    /// JSON text of the id: its own, else its call's.
    package var rpcID: String?
    /// Its own, else its call's.
    package var method: String?
    /// The tool that is called.
    package var tool: String?
    /// Whether it belongs to a call.
    package var hasCall = false
    package var callStatus: CallRow.Status?
    package var latencyMs: Double?
    package var httpStatus: Int?
    /// Row id.
    package var exchangeID: Int64?
    /// Whether it came on an event stream, or is one.
    package var isOnStream = false
    package var bytes: Int64?
    /// On its stream, since the last byte before it or since the response began.
    package var silenceMs: Double?
    /// As sent; asked for only where the filter `readsText`.
    package var text: [UInt8]?

    package init(_ kind: Kind) { self.kind = kind }
}

extension FilterSubject {
    /// A message in the exchange that it came in. `silenceMs` and `text` are the caller's to add.
    package init(_ row: MessageRow, call: CallRow?, in exchange: ExchangeRow?) {
        self.init(Kind(row.kind))
        self.take(exchange)
        direction = row.direction
        rpcID = row.rpcID ?? call?.rpcID
        method = row.method ?? call?.method
        hasCall = row.callID != nil
        callStatus = call?.status
        latencyMs = call?.latencyMs
        if (call?.method ?? row.method) == "tools/call" { tool = call?.name ?? row.name }
        sessionID = row.sessionID
        exchangeID = row.exchangeID
        isOnStream = row.streamEventID != nil
        bytes = row.bytes
    }

    /// A block of a stream that carries no message. `silenceMs` is the caller's to add.
    package init(_ row: StreamEventRow, in exchange: ExchangeRow?) {
        let block = row.block.block
        self.init(block.heartbeat == nil ? .event : .heartbeat)
        self.take(exchange)
        direction = .serverToClient
        exchangeID = row.exchangeID
        isOnStream = true
        text = block.data ?? block.comment
        bytes = text.map { Int64($0.count) }
    }

    /// An exchange as such. `call`: the first that the client asked for in it.
    package init(_ row: ExchangeRow, call: CallRow?) {
        self.init(.exchange)
        self.take(row)
        direction = .serverToClient
        isOnStream = row.isStream
        if let call { take(call) }
        text = row.responseBody
        bytes = text.map { Int64($0.count) }
    }

    /// `exchange`: the one that misses something.
    package init(_ row: GapRow, in exchange: ExchangeRow?) {
        self.init(.gap)
        self.take(exchange)
        exchangeID = row.exchangeID
        bytes = row.bytes
    }

    /// Where and in which call it happened; its text is its sentence.
    package init(_ problem: Problem, call: CallRow?, in exchange: ExchangeRow?) {
        self.init(.problem)
        self.take(exchange)
        self.problem = problem.kind
        exchangeID = problem.exchangeID
        sessionID = problem.sessionID
        isOnStream = exchange?.isStream ?? false
        if let call { take(call) }
        text = Array(problem.text.utf8)
    }

    /// What is known of a call, for what is told of it but is no message of it.
    package mutating func take(_ call: CallRow) {
        hasCall = true
        rpcID = call.rpcID
        method = call.method
        callStatus = call.status
        latencyMs = call.latencyMs
        if call.method == "tools/call" { tool = call.name }
    }

    private mutating func take(_ exchange: ExchangeRow?) {
        guard let exchange else { return }
        exchangeID = exchange.id
        sessionID = exchange.attribution?.sessionID
        dialect = exchange.attribution?.dialect
        httpStatus = exchange.response?.status
    }

    /// The session that it belongs to. An exchange's own dialect goes before that of the session.
    package func belonging(to session: SessionRow, name: String?) -> FilterSubject {
        var subject = self
        subject.sessionID = session.id
        subject.sessionName = name
        subject.dialect = dialect ?? session.dialect
        return subject
    }
}

extension FilterSubject.Kind {
    package init(_ kind: MessageRow.Kind) {
        self =
            switch kind {
            case .request: .request
            case .response: .response
            case .error: .error
            case .notification: .notification
            case .invalid: .invalid
            }
    }
}
