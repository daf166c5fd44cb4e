import Traffic
import WireFormats

@testable import Scenario

/// A session made up call by call, on a streamable server: each call in an exchange of its own.
final class SpokenSession: TrafficArchive {
    static let id: Int64 = 1 << 32 | 1
    private(set) var calls: [CallRow] = []
    private var messages: [MessageRow] = []
    private var exchanges: [ExchangeRow] = []
    private var texts: [Int64: [UInt8]] = [:]
    private var counter: Int64 = 1
    var host = "127.0.0.1:1000"

    private func next() -> Int64 {
        counter += 1
        return 1 << 32 | counter
    }

    /// What is said in a call: the texts of `params` and `result`, or of `error`; what the server says meanwhile, as
    /// method and `params`.
    @discardableResult
    func call(
        _ method: String = "tools/call", _ name: String? = nil, params: String = "{}", result: String = "{}",
        error: String? = nil, ms: Double? = 5, told: [(String, String)] = [], asked: [(String, String)] = [],
        rounds: [String] = []
    ) -> Int64 {
        let exchange = makeExchange("POST", 200)
        let at = Masking.at + counter * 1_000_000
        let request = MessageRow(
            id: next(), recordingID: 1, seq: counter, atNs: at, direction: .clientToServer, kind: .request, bytes: 1,
            body: .requestBody)
        var call = CallRow(
            id: next(), recordingID: 1, direction: .clientToServer, method: method, rpcID: "\(counter)",
            requestID: request.id, sentNs: at, requestBytes: 1)
        add(request, exchange, call.id, method, name, #"{"method":"\#(method)","params":\#(params)}"#, call.rpcID)
        for round in rounds { say(.response, exchange, call.id, #"{"result":\#(round)}"#) }
        for (method, params) in told {
            say(.notification, exchange, nil, #"{"method":"\#(method)","params":\#(params)}"#, method)
        }
        for (method, params) in asked {
            say(.request, exchange, nil, #"{"method":"\#(method)","params":\#(params)}"#, method)
        }
        let answer = error.map { #"{"error":\#($0)}"# } ?? #"{"result":\#(result)}"#
        call.responseID = say(error == nil ? .response : .error, exchange, call.id, answer)
        call.name = name
        call.status = error == nil ? .ok : .rpcError
        call.exchangeID = exchange
        call.latencyMs = ms
        calls.append(call)
        return call.id
    }

    /// What the server tells on the listening stream.
    func tell(_ method: String, _ params: String = "{}") {
        let exchange = exchanges.first { $0.request.method == "GET" }?.id ?? makeExchange("GET", 200)
        say(.notification, exchange, nil, #"{"method":"\#(method)","params":\#(params)}"#, method)
    }

    /// A call that is refused with a status and a text that is no answer.
    func refuse(_ status: Int, _ body: String) {
        call()
        guard let exchange = calls[calls.count - 1].exchangeID else { return }
        calls[calls.count - 1].responseID = nil
        calls[calls.count - 1].status = .httpError
        messages.removeAll { $0.exchangeID == exchange && $0.direction == .serverToClient }
        answer(exchange, status, body)
    }

    /// What the client tells, and how the server takes it.
    func notify(_ method: String, status: Int, _ body: String = "") {
        let exchange = makeExchange("POST", 200)
        answer(exchange, status, body)
        let row = MessageRow(
            id: next(), recordingID: 1, seq: counter, atNs: Masking.at + counter * 1_000_000,
            direction: .clientToServer, kind: .notification, bytes: 1, body: .requestBody)
        add(row, exchange, nil, method, nil, #"{"method":"\#(method)"}"#)
    }

    func delete(status: Int) { _ = makeExchange("DELETE", status) }

    private func answer(_ exchange: Int64, _ status: Int, _ body: String) {
        for index in exchanges.indices where exchanges[index].id == exchange {
            exchanges[index].response = ResponseHead(status: status, fields: [])
            exchanges[index].responseBody = Array(body.utf8)
            exchanges[index].isStream = false
        }
    }

    /// A listening stream, opened or refused.
    func listen(status: Int) { _ = makeExchange("GET", status) }

    func changeLast(_ change: (inout CallRow) -> Void) { change(&calls[calls.count - 1]) }

    /// The response of the last exchange is something else than MCP.
    func answerLast(_ status: Int, _ media: String) {
        let last = exchanges.count - 1
        exchanges[last].response = ResponseHead(status: status, fields: [HTTPField(name: "Content-Type", value: media)])
        exchanges[last].isStream = false
    }

    private func makeExchange(_ method: String, _ status: Int) -> Int64 {
        var row = ExchangeRow(
            id: next(), recordingID: 1, connectionID: 1,
            request: RequestHead(method: method, target: "/mcp", fields: [HTTPField(name: "Host", value: host)]),
            requestStartNs: Masking.at)
        row.response = ResponseHead(status: status, fields: [])
        row.isStream = status == 200
        row.attribution = Attribution(exchangeID: row.id, sessionID: Self.id, dialect: .streamable)
        exchanges.append(row)
        return row.id
    }

    @discardableResult
    private func say(
        _ kind: MessageRow.Kind, _ exchange: Int64, _ call: Int64?, _ text: String, _ method: String? = nil
    ) -> Int64 {
        let row = MessageRow(
            id: next(), recordingID: 1, seq: counter, atNs: Masking.at + counter * 1_000_000,
            direction: .serverToClient, kind: kind, bytes: 1, body: .streamEvent)
        add(row, exchange, call, method, nil, text)
        return row.id
    }

    private func add(
        _ row: MessageRow, _ exchange: Int64, _ call: Int64?, _ method: String?, _ name: String?, _ text: String,
        _ rpcID: String? = nil
    ) {
        var row = row
        row.sessionID = Self.id
        row.exchangeID = exchange
        row.callID = call
        row.method = method
        row.name = name
        row.rpcID = rpcID
        messages.append(row)
        texts[row.id] = Array(text.utf8)
    }

    func recording(_: Int64) -> RecordingRow? { nil }

    func session(_: Int64) -> StoredSession? { nil }

    func exchanges(ofSession _: Int64, after: Int64, limit: Int) -> [ExchangeRow] {
        Array(exchanges.filter { $0.id > after }.prefix(limit))
    }

    func messages(ofSession _: Int64, after: Int64, limit: Int) -> [MessageRow] {
        Array(messages.filter { $0.id > after }.prefix(limit))
    }

    func calls(ofSession _: Int64, after: Int64, limit: Int) -> [CallRow] {
        Array(calls.filter { $0.id > after }.prefix(limit))
    }

    func streamEvents(ofExchange _: Int64, after _: Int64, limit _: Int) -> [StreamEventRow] { [] }

    func text(of message: MessageRow) -> [UInt8]? { texts[message.id] }
}

extension Comparer {
    /// Compares two made-up sessions; `isReplay`: calls are paired by their places.
    func compare(
        _ recorded: SpokenSession, _ live: SpokenSession, isReplay: Bool = false
    ) throws(StoreFailure) -> Comparison {
        let pairs = Dictionary(zip(recorded.calls, live.calls).map { ($0.id, $1.id) }, uniquingKeysWith: { $1 })
        return try compare(
            recorded: recorded, session: SpokenSession.id, live: live, sessions: [SpokenSession.id],
            pairs: isReplay ? pairs : nil)
    }

    /// Compares two sessions of one call each, and gives what was found as `kind path` with the mask.
    static func found(
        _ recorded: (SpokenSession) -> Void, _ live: (SpokenSession) -> Void, failOn: Set<FailLevel> = .standard
    ) throws -> [String] {
        let sessions = (SpokenSession(), SpokenSession())
        recorded(sessions.0)
        live(sessions.1)
        return try Comparer(failOn: failOn).compare(sessions.0, sessions.1).divergences.map { divergence in
            "\(divergence.kind.rawValue) \(divergence.path)" + (divergence.maskedBy.map { " (\($0))" } ?? "")
        }
    }
}
