import Traffic
import WireFormats

/// What a source would tell a recorder: one part, its bytes and its time.
struct Step: Sendable {
    var part: WirePart
    var connection: UInt32
    var exchange: UInt32
    var at: Int64
    var bytes: [UInt8] = []
}

/// A conversation written down as it goes over the wire. Each step is a millisecond after the one before.
struct Play: Sendable {
    static let start: Int64 = 1_800_000_000_000_000_000
    static let second: Int64 = 1_000_000_000

    private(set) var steps: [Step] = []
    private(set) var now = Play.start
    private var nextExchange: UInt32 = 1
    private var connectionOf: [UInt32: UInt32] = [:]
    private var opened: [UInt32: String] = [:]
    private var isOpen: Set<UInt32> = []
    private let host: String

    /// Sent with every request, if any.
    var agent: String? = "test-client/1.0"

    /// Connections come from `host`, exchanges are numbered from `firstExchange`.
    init(host: String = "10.0.0.1", firstExchange: UInt32 = 1) {
        self.host = host
        nextExchange = firstExchange
    }

    // MARK: Connections

    /// Connections open with their first exchange, unless opened otherwise before.
    mutating func open(_ connection: UInt32, from other: String? = nil) {
        let host = other ?? host
        opened[connection] = host
        add(.opened(client: "\(host):\(40000 + connection)", server: "127.0.0.1:8000"), connection)
    }

    mutating func close(_ connection: UInt32, by: Peer = .client, _ reason: EndReason = .fin) {
        opened[connection] = nil
        add(.closed(by: by, reason: reason), connection)
    }

    mutating func wait(_ seconds: Int64) { now += seconds * Self.second }

    mutating func gap(_ bytes: Int64 = 10, connection: UInt32 = 0, exchange: UInt32 = 0) {
        add(.gap(bytes: bytes, reason: "queue full"), connection, exchange)
    }

    // MARK: Requests

    mutating func request(
        _ connection: UInt32, _ method: String, _ target: String, _ headers: [(String, String)] = [],
        body: String? = nil
    ) -> UInt32 {
        if opened[connection] == nil { open(connection) }
        let exchange = nextExchange
        nextExchange += 1
        connectionOf[exchange] = connection
        isOpen.insert(exchange)
        var fields = [("Host", "localhost:8000")] + headers
        if let agent { fields.append(("User-Agent", agent)) }
        if let body { fields.append(("Content-Length", "\(body.utf8.count)")) }
        add(.requestHead, connection, exchange, Self.head("\(method) \(target) HTTP/1.1", fields))
        if let body { add(.requestBody, connection, exchange, Array(body.utf8)) }
        add(.requestEnd, connection, exchange)
        return exchange
    }

    /// A POST of JSON, with the session's id if one is given.
    mutating func post(
        _ connection: UInt32, _ target: String, _ body: String, session: String? = nil,
        _ headers: [(String, String)] = []
    ) -> UInt32 {
        var all = [("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream")]
        if let session { all.append(("Mcp-Session-Id", session)) }
        return request(connection, "POST", target, all + headers, body: body)
    }

    mutating func get(
        _ connection: UInt32, _ target: String, session: String? = nil, lastEventID: String? = nil
    ) -> UInt32 {
        var headers = [("Accept", "text/event-stream")]
        if let session { headers.append(("mcp-session-id", session)) }
        if let lastEventID { headers.append(("Last-Event-ID", lastEventID)) }
        return request(connection, "GET", target, headers)
    }

    mutating func delete(_ connection: UInt32, _ target: String, session: String) -> UInt32 {
        request(connection, "DELETE", target, [("MCP-Session-Id", session)])
    }

    // MARK: Responses

    mutating func respond(_ exchange: UInt32, _ status: Int, _ headers: [(String, String)] = []) {
        add(.responseHead, of: exchange, Self.head("HTTP/1.1 \(status) Some reason", headers))
    }

    mutating func body(_ exchange: UInt32, _ text: String) { add(.responseBody, of: exchange, Array(text.utf8)) }

    /// The exchange is over; a complete one by the server's framing.
    mutating func end(_ exchange: UInt32, by: Peer = .server, _ reason: EndReason = .complete) {
        guard isOpen.remove(exchange) != nil else { return }
        if reason == .complete { add(.responseEnd, of: exchange) }
        add(.ended(by: by, reason: reason), of: exchange)
    }

    /// A whole response.
    mutating func answer(
        _ exchange: UInt32, _ status: Int, _ text: String = "", type: String = "application/json",
        _ headers: [(String, String)] = []
    ) {
        let content = text.isEmpty ? [] : [("Content-Type", type)]
        respond(exchange, status, content + headers + [("Content-Length", "\(text.utf8.count)")])
        if !text.isEmpty { body(exchange, text) }
        end(exchange)
    }

    mutating func accept(_ exchange: UInt32) { answer(exchange, 202, "Accepted", type: "text/plain") }

    // MARK: Event streams

    mutating func stream(_ exchange: UInt32, _ headers: [(String, String)] = []) {
        let all = [("content-type", "text/event-stream; charset=utf-8"), ("Transfer-Encoding", "chunked")] + headers
        respond(exchange, 200, all)
    }

    /// One event in a chunk of its own.
    mutating func event(_ exchange: UInt32, _ data: String, type: String? = nil, id: String? = nil) {
        let lines = [type.map { "event: \($0)" }, id.map { "id: \($0)" }, "data: \(data)"].compactMap { $0 }
        chunk(exchange, lines.joined(separator: "\r\n") + "\r\n\r\n")
    }

    mutating func chunk(_ exchange: UInt32, _ text: String) {
        add(.responseChunk(size: UInt64(text.utf8.count)), of: exchange)
        body(exchange, text)
    }

    mutating func edit(_ exchange: UInt32, _ edit: Edit) { add(.edited(edit), of: exchange) }

    // MARK: Ends

    /// The recording ends: whatever is open is ended by it.
    mutating func shutdown() {
        for exchange in isOpen.sorted() { end(exchange, by: .recorder, .shutdown) }
        for connection in opened.keys.sorted() { close(connection, by: .recorder, .shutdown) }
    }

    // MARK: Adding

    mutating func add(_ part: WirePart, of exchange: UInt32, _ bytes: [UInt8] = []) {
        add(part, connectionOf[exchange] ?? 0, exchange, bytes)
    }

    private mutating func add(
        _ part: WirePart, _ connection: UInt32, _ exchange: UInt32 = 0, _ bytes: [UInt8] = []
    ) {
        now += 1_000_000
        steps.append(Step(part: part, connection: connection, exchange: exchange, at: now, bytes: bytes))
    }

    private static func head(_ line: String, _ fields: [(String, String)]) -> [UInt8] {
        Array((line + "\r\n" + fields.map { "\($0): \($1)\r\n" }.joined() + "\r\n").utf8)
    }
}
