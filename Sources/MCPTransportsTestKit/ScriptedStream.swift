import MCPTransports

/// An open event stream of a ``ScriptedServer``.
///
/// Nothing is checked: ids and types are written as they are given, so that a test can send what no proper server would.
/// What is sent after the stream or its connection has ended vanishes.
public final class ScriptedStream: Sendable {
    /// How a stream's lines end.
    public enum LineEnd: String, Sendable, Hashable, CaseIterable {
        case lf = "\n"
        case crlf = "\r\n"
        case cr = "\r"
    }

    /// What delimits a stream's content on the wire.
    public enum Framing: Sendable, Hashable {
        /// Chunks, one for each event (RFC 9112 §7.1).
        case chunked
        /// The end of the connection.
        case untilClose
    }

    /// The request whose response the stream is.
    public var request: RecordedRequest { exchange.request }
    private let exchange: ScriptedExchange
    private let framing: Framing
    private let lineEnd: LineEnd
    private let patience: Duration

    init(_ exchange: ScriptedExchange, framing: Framing, lineEnd: LineEnd, patience: Duration) {
        self.exchange = exchange
        self.framing = framing
        self.lineEnd = lineEnd
        self.patience = patience
    }

    /// Sends an event: the fields that are given in the order `id`, `event`, `retry`, `data`, then an empty line.
    ///
    /// - Parameter data: One `data` line for each line of it; nil leaves the field out, so that readers dispatch nothing.
    public func sendEvent(data: String?, type: String? = nil, id: String? = nil, retry: Int? = nil) {
        var lines: [String] = []
        if let id { lines.append("id: \(id)") }
        if let type { lines.append("event: \(type)") }
        if let retry { lines.append("retry: \(retry)") }
        if let data { lines += data.split(separator: "\n", omittingEmptySubsequences: false).map { "data: \($0)" } }
        exchange.write(event: framed(block(lines)))
    }

    /// Sends a JSON-RPC message as an event of type `message`.
    public func send(_ message: JSONRPCMessage, id: String? = nil) {
        sendEvent(data: message.json.description, type: "message", id: id)
    }

    /// Answers the JSON-RPC request whose response the stream is.
    public func sendResult(_ result: JSONValue, id: String? = nil) {
        send(.response(id: request.id ?? .integer(0), result: result), id: id)
    }

    /// Answers the JSON-RPC request whose response the stream is with an error.
    public func sendError(_ error: MCPError, id: String? = nil) {
        send(.error(id: request.id, error), id: id)
    }

    /// Says where to POST (MCP 2024-11-05 transports).
    public func sendEndpoint(_ uri: String) {
        sendEvent(data: uri, type: "endpoint")
    }

    /// Sends a comment, as heartbeats are.
    public func sendComment(_ text: String = "ping") {
        exchange.write(framed(block(text.split(separator: "\n", omittingEmptySubsequences: false).map { ": \($0)" })))
    }

    /// Sends bytes of the stream as they are.
    public func sendRaw(_ text: String) {
        exchange.write(framed(Array(text.utf8)))
    }

    /// Ends the stream properly.
    public func close() {
        switch framing {
        case .chunked:
            exchange.write(Array("0\r\n\r\n".utf8))
            exchange.complete()
        case .untilClose:
            exchange.end(reset: false)
        }
    }

    /// Ends the connection in the middle of the stream: with a FIN, or with a reset, which may overtake what was sent.
    public func cut(reset: Bool = false) {
        exchange.end(reset: reset)
    }

    /// Waits until the client has ended the connection before the stream was complete.
    ///
    /// - Throws: ``ScriptedServerFailure`` when it does not.
    public func abandoned(within limit: Duration? = nil) async throws {
        guard await exchange.abandoned.element(at: 0, within: limit ?? patience) != nil else {
            throw ScriptedServerFailure("The client did not end the connection of \(request.words).")
        }
    }

    private func block(_ lines: [String]) -> [UInt8] {
        Array((lines + [""]).map { $0 + lineEnd.rawValue }.joined().utf8)
    }

    private func framed(_ bytes: [UInt8]) -> [UInt8] {
        guard framing == .chunked, !bytes.isEmpty else { return bytes }
        return Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8)
    }
}
