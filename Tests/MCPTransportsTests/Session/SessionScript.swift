import Testing

@testable import MCPTransports

/// Drives a session machine the way a test reads: exchanges by number, messages as JSON texts.
struct SessionScript {
    var machine: SessionMachine
    private var lastExchange = 0

    init(
        _ dialect: HTTPDialect = .streamable, form: AnswerForm = .automatic, retention: EventRetention? = nil,
        maximumCalls: Int = 100
    ) {
        let server = MCPServer(name: "server", version: "1").description
        machine = SessionMachine(
            rules: SessionRules(
                dialect: dialect, answerForm: form, retention: retention, maximumCalls: maximumCalls, server: server))
    }

    /// A session past its handshake.
    static func opened(
        _ dialect: HTTPDialect = .streamable, revision: ProtocolRevision = .v20250618, form: AnswerForm = .automatic,
        retention: EventRetention? = nil, maximumCalls: Int = 100
    ) throws -> SessionScript {
        var script = SessionScript(dialect, form: form, retention: retention, maximumCalls: maximumCalls)
        if dialect == .httpSSE { _ = script.machine.openSession(on: script.exchange(), endpoint: "/m") }
        _ = try script.post(Self.initialize(revision))
        return script
    }

    static func initialize(_ revision: ProtocolRevision) -> String {
        #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"\#(revision.rawValue)","#
            + #""capabilities":{"sampling":{}},"clientInfo":{"name":"c","version":"1"}}}"#
    }

    static func call(_ id: Int, _ method: String = "tools/call") -> String {
        #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)"}"#
    }

    mutating func exchange() -> ExchangeID {
        lastExchange += 1
        return ExchangeID(number: lastExchange)
    }

    mutating func post(_ text: String) throws -> [SessionAction] {
        let posted = try PostedMessages(body: text.utf8)
        let exchange = exchange()
        return machine.receive(posted, on: exchange)
    }
}

extension [SessionAction] {
    /// The token of the call that was started.
    var token: CallToken? {
        for case .start(let call) in self { return call.token }
        return nil
    }

    /// What happens to exchanges, a word each, with the JSON text of events.
    var summary: [String] {
        compactMap { action in
            switch action {
            case .answer(_, .json(let json, _)): "json \(json)"
            case .answer(_, .accepted): "accepted"
            case .answer(_, .rejected(let status, _)): "rejected \(status)"
            case .openStream: "open"
            case .send(_, let event): "send \(event.data.map { String(decoding: $0, as: UTF8.self) } ?? "retry")"
            case .finish: "finish"
            case .start: nil
            case .cancel: "cancel"
            case .resolve(let number, .success(let json)): "resolve \(number) \(json)"
            case .resolve(let number, .failure(let error)): "fail \(number) \(error.code)"
            }
        }
    }
}
