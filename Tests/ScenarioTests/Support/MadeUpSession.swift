import Scenario
import Traffic
import WireFormats

/// A session whose rows are made up, as an archive: Streamable HTTP, an exchange a message of the client.
final class MadeUpSession: TrafficArchive {
    private var exchanges: [ExchangeRow] = []
    private var messages: [MessageRow] = []
    private var calls: [CallRow] = []
    private var events: [Int64: [StreamEventRow]] = [:]
    private var texts: [Int64: [UInt8]] = [:]
    private let row: SessionRow
    /// A step of the made-up clock.
    static let ms: Int64 = 1_000_000

    init(dialect: Dialect = .streamable) {
        var row = SessionRow(id: 1, recordingID: 0, startedNs: 0, confidence: .high)
        row.dialect = dialect
        self.row = row
    }

    /// A call, and its answer where there is one. Times in milliseconds. Gives the row id of the call.
    @discardableResult
    func call(
        _ method: String, _ params: String = "{}", answer: String?, from start: Int64, to end: Int64,
        status: CallRow.Status = .ok, leftBy client: Bool = false
    ) -> Int64 {
        let id = Int64(calls.count + 1)
        let exchange = exchange("POST", from: start, to: end, leftByClient: client)
        let request = message(
            #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(params)}"#, .clientToServer, .request,
            at: start, exchange)
        var row = CallRow(
            id: id, recordingID: 0, direction: .clientToServer, method: method, rpcID: String(id), requestID: request,
            sentNs: start * Self.ms, requestBytes: 0)
        row.sessionID = 1
        row.exchangeID = exchange
        row.status = status
        row.name = JSONTree(params)?["name"]?.string
        if let answer {
            row.responseExchangeID = exchange
            row.responseID = message(
                #"{"jsonrpc":"2.0","id":\#(id),"result":\#(answer)}"#, .serverToClient, .response, at: end, exchange)
        }
        calls.append(row)
        for index in messages.indices where messages[index].exchangeID == exchange {
            messages[index].callID = id
            if messages[index].kind == .request {
                messages[index].rpcID = String(id)
                messages[index].method = method
            }
        }
        return id
    }

    func notify(_ method: String, _ params: String = "{}", at time: Int64) {
        let exchange = exchange("POST", from: time, to: time + 1)
        _ = message(
            #"{"jsonrpc":"2.0","method":"\#(method)","params":\#(params)}"#, .clientToServer, .notification, at: time,
            exchange)
        messages[messages.count - 1].method = method
    }

    /// What the server says of itself, on a stream of its own.
    func tell(_ method: String, _ params: String = "{}", at time: Int64) {
        let exchange = exchange("GET", from: time, to: time + 1000)
        _ = message(
            #"{"jsonrpc":"2.0","method":"\#(method)","params":\#(params)}"#, .serverToClient, .notification, at: time,
            exchange)
        messages[messages.count - 1].method = method
    }

    /// A stream opened by GET, with an event for each id.
    func listen(
        from start: Int64, to end: Int64, events ids: [String], resuming last: String? = nil, leftByClient: Bool
    ) {
        let exchange = exchange("GET", from: start, to: end, leftByClient: leftByClient, resuming: last)
        add(events: ids, to: exchange)
    }

    /// Events on the stream of a call.
    func add(events ids: [String], to exchange: Int64) {
        for id in ids {
            var block = ServerSentBlock(kind: .event, raw: [])
            block.id = id
            let place = StreamBlock(id: 0, seq: 0, firstByteAt: 0, block: block)
            events[exchange, default: []].append(StreamEventRow(exchangeID: exchange, endNs: 0, block: place))
        }
    }

    func exchangeOfCall(_ id: Int64) -> Int64 { calls[Int(id) - 1].exchangeID ?? 0 }

    private func exchange(
        _ method: String, from start: Int64, to end: Int64, leftByClient: Bool = false, resuming last: String? = nil
    ) -> Int64 {
        let fields =
            [HTTPField(name: "host", value: "127.0.0.1:1")]
            + (last.map { [HTTPField(name: "last-event-id", value: $0)] } ?? [])
        let id = Int64(exchanges.count + 1)
        var row = ExchangeRow(
            id: id, recordingID: 0, connectionID: 0,
            request: RequestHead(method: method, target: "/mcp", fields: fields),
            requestStartNs: start * Self.ms)
        row.response = ResponseHead(status: 200, fields: [])
        row.responseStartNs = start * Self.ms
        row.responseEndNs = end * Self.ms
        row.isStream = true
        row.endedBy = leftByClient ? .client : .server
        exchanges.append(row)
        return id
    }

    private func message(
        _ text: String, _ direction: Direction, _ kind: MessageRow.Kind, at time: Int64, _ exchange: Int64
    ) -> Int64 {
        let id = Int64(messages.count + 1)
        var row = MessageRow(
            id: id, recordingID: 0, seq: id, atNs: time * Self.ms, direction: direction, kind: kind,
            bytes: Int64(text.utf8.count), body: .requestBody)
        row.exchangeID = exchange
        row.streamEventID = direction == .serverToClient ? id : nil
        messages.append(row)
        texts[id] = Array(text.utf8)
        return id
    }

    func plan() throws -> ScenarioPlan { try ScenarioPlan(session: 1, in: self) }

    // MARK: TrafficArchive

    func recording(_ id: Int64) throws(StoreFailure) -> RecordingRow? { stored.recording }
    func session(_ id: Int64) throws(StoreFailure) -> StoredSession? { stored }
    func exchanges(ofSession session: Int64, after: Int64, limit: Int) throws(StoreFailure) -> [ExchangeRow] {
        exchanges.filter { $0.id > after }
    }
    func messages(ofSession session: Int64, after: Int64, limit: Int) throws(StoreFailure) -> [MessageRow] {
        messages.filter { $0.id > after }.sorted { ($0.atNs, $0.id) < ($1.atNs, $1.id) }
    }
    func calls(ofSession session: Int64, after: Int64, limit: Int) throws(StoreFailure) -> [CallRow] { calls }
    func streamEvents(ofExchange exchange: Int64, after: Int64, limit: Int) throws(StoreFailure) -> [StreamEventRow] {
        events[exchange] ?? []
    }
    func text(of message: MessageRow) throws(StoreFailure) -> [UInt8]? { texts[message.id] }

    private var stored: StoredSession {
        let recording = RecordingRow(
            id: 0, name: nil, source: .proxy, target: "http://127.0.0.1:1/mcp", command: "", toolVersion: "",
            foldVersion: 1, pid: 0, pidStarted: 0, bootID: "", startedNs: 0)
        return StoredSession(row: row, name: "made-up/1", recording: recording)
    }
}
