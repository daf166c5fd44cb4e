import MCPTransports

/// What a ``ScriptedServer`` answers one HTTP request with.
public struct ScriptedReply: Sendable {
    /// How an event stream looks and what it says.
    struct StreamPlan: Sendable {
        var framing = ScriptedStream.Framing.chunked
        var lineEnd = ScriptedStream.LineEnd.lf
        /// Said before the test gets hold of the stream.
        var opening: @Sendable (ScriptedStream) -> Void = { _ in }
        /// What is said before the stream ends; nil when it stays open.
        var script: (@Sendable (ScriptedStream) async throws -> Void)?
    }

    enum Kind: Sendable {
        /// A response with a body that may depend on the request.
        case whole(status: Int, body: @Sendable (RecordedRequest) -> [UInt8])
        case stream(StreamPlan)
        /// 202, and an answer on the event stream of another expectation.
        case elsewhere(ScriptedExpectation, isAnswerFirst: Bool, @Sendable (RecordedRequest) -> JSONRPCMessage)
        case reset
    }

    let kind: Kind
    let headers: [(name: String, value: String)]

    init(_ kind: Kind, _ headers: KeyValuePairs<String, String> = [:], contentType: String? = nil) {
        self.kind = kind
        var fields = headers.map { (name: $0.key, value: $0.value) }
        if let contentType, !fields.contains(where: { $0.name.lowercased() == "content-type" }) {
            fields.insert((name: "Content-Type", value: contentType), at: 0)
        }
        self.headers = fields
    }

    /// 200 with the JSON-RPC answer to the request as JSON.
    public static func result(_ result: JSONValue, headers: KeyValuePairs<String, String> = [:]) -> ScriptedReply {
        whole(200, headers, contentType: "application/json") {
            JSONRPCMessage.response(id: $0.id ?? .integer(0), result: result).json.serialized()
        }
    }

    /// A JSON-RPC error that answers the request, as JSON.
    public static func error(
        _ error: MCPError, status: Int = 200, headers: KeyValuePairs<String, String> = [:]
    ) -> ScriptedReply {
        whole(status, headers, contentType: "application/json") {
            JSONRPCMessage.error(id: $0.id, error).json.serialized()
        }
    }

    /// Any response with a body of known length. Its type is only named where the headers name it.
    public static func status(
        _ status: Int, body: String = "", headers: KeyValuePairs<String, String> = [:]
    ) -> ScriptedReply {
        whole(status, headers) { _ in Array(body.utf8) }
    }

    /// 202 without a body: how notifications and answers are taken (MCP 2025-11-25 transports).
    public static let accepted = ScriptedReply.status(202)

    /// The connection is reset without a word.
    public static let reset = ScriptedReply(.reset)

    private static func whole(
        _ status: Int, _ headers: KeyValuePairs<String, String>, contentType: String? = nil,
        body: @escaping @Sendable (RecordedRequest) -> [UInt8]
    ) -> ScriptedReply {
        ScriptedReply(.whole(status: status, body: body), headers, contentType: contentType)
    }
}

extension ScriptedReply {
    /// Gives the reply on an exchange, with the faults it was begun with.
    func perform(on exchange: ScriptedExchange, for expectation: ScriptedExpectation) async throws {
        switch kind {
        case .whole(let status, let body):
            respond(status, body(exchange.request), on: exchange)
        case .stream(let plan):
            try await stream(plan, on: exchange, for: expectation)
        case .elsewhere(let other, let isAnswerFirst, let answer):
            let stream = try await other.stream()
            if isAnswerFirst { stream.send(answer(exchange.request)) }
            respond(202, [], on: exchange)
            if !isAnswerFirst { stream.send(answer(exchange.request)) }
        case .reset:
            exchange.end(reset: true)
        }
    }

    private func respond(_ status: Int, _ body: [UInt8], on exchange: ScriptedExchange) {
        let length = status == 204 ? [] : [(name: "Content-Length", value: String(body.count))]
        exchange.write(status: status, headers: headers + length)
        if !body.isEmpty { exchange.write(body) }
        exchange.complete()
    }

    private func stream(
        _ plan: StreamPlan, on exchange: ScriptedExchange, for expectation: ScriptedExpectation
    ) async throws {
        let framingField =
            plan.framing == .chunked
            ? (name: "Transfer-Encoding", value: "chunked") : (name: "Connection", value: "close")
        exchange.write(status: 200, headers: headers + [framingField])
        let stream = ScriptedStream(
            exchange, framing: plan.framing, lineEnd: plan.lineEnd, patience: expectation.patience)
        plan.opening(stream)
        expectation.streams.append(stream)
        guard let script = plan.script else { return }
        try await script(stream)
        stream.close()
    }
}
