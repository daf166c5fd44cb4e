/// The rows of one session, or of a recording's exchanges that have none; content may be absent.
package struct SessionFacts: Sendable {
    package var session: SessionRow?
    /// The session's name as people know it.
    package var name: String?
    package var exchanges: [ExchangeRow]
    package var calls: [CallRow]
    package var messages: [MessageRow]
    /// Gaps of these exchanges and of their connections; with no session, those of the recording as a whole too.
    package var gaps: [GapRow]
    /// Connections that matter by themselves: with no session, those of the recording whose handshake failed.
    package var connections: [ConnectionRow]
    /// By message, what an error's message or a failed tool's text says, or the beginning of it; what is not in it was
    /// not said, or not read.
    package var said: [Int64: String]
    package var recording: RecordingRow

    package init(
        session: SessionRow?, name: String? = nil, exchanges: [ExchangeRow], calls: [CallRow] = [],
        messages: [MessageRow] = [], gaps: [GapRow] = [], connections: [ConnectionRow] = [],
        said: [Int64: String] = [:],
        recording: RecordingRow
    ) {
        self.session = session
        self.name = name
        self.exchanges = exchanges
        self.calls = calls
        self.messages = messages
        self.gaps = gaps
        self.connections = connections
        self.said = said
        self.recording = recording
    }

    /// Whether the client got into the session after all, so that refused attempts before were only attempts.
    var gotThrough: Bool {
        calls.contains { $0.method == "initialize" && $0.status == .ok }
            || session?.dialect == .httpSSE && session?.wireID != nil
            || session?.dialect == .stateless && calls.contains { $0.status == .ok || $0.status == .toolError }
    }

    /// Calls that the server refused for the revision that they name.
    var unsupportedRevisions: Set<Int64> {
        Set(messages.filter { $0.errorCode == Self.unsupportedRevision }.compactMap(\.callID))
    }

    private static var unsupportedRevision: Int64 { -32022 }

    /// Exchanges whose HTTP status says no more than the JSON-RPC error in them. (MCP 2026-07-28 streamable-http)
    var toldByError: Set<Int64> {
        let answered = Set(calls.filter { $0.status == .rpcError }.compactMap(\.responseExchangeID))
        return Set(exchanges.filter { $0.attribution?.dialect == .stateless }.map(\.id)).intersection(answered)
    }

    /// Calls that open a conversation, by the exchange they were sent in.
    var attempts: Set<Int64> {
        Set(calls.filter(\.isAttempt).compactMap(\.exchangeID))
    }

    /// What the answer of a call says, quoted as part of a sentence, a blank before it; nothing where nothing is known.
    func quote(of call: CallRow) -> String { Self.quote(call.responseID.flatMap { said[$0] }) }

    /// The same of what a response says that failed as a whole: the error in it (`errors`), else its text.
    func quote(of exchange: ExchangeRow, errors: [Int64: String]) -> String {
        let text = exchange.responseBody.flatMap { String(validating: $0, as: UTF8.self) }
        return Self.quote(errors[exchange.id] ?? text)
    }

    /// What the first error in an exchange says, by exchange.
    var errorsByExchange: [Int64: String] {
        var found: [Int64: String] = [:]
        for message in messages where message.kind == .error {
            guard let exchange = message.exchangeID, let text = said[message.id], found[exchange] == nil else {
                continue
            }
            found[exchange] = text
        }
        return found
    }

    /// On one line, and no longer than leaves the rest of the sentence to be read.
    private static func quote(_ text: String?) -> String {
        let line = (text ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !line.isEmpty else { return "" }
        return " \"" + (line.count <= quoted ? line : line.prefix(quoted - 1) + "…") + "\""
    }

    private static let quoted = 160

    /// Whether the recording is over, in order or not.
    var isOver: Bool { recording.endedNs != nil || recording.interrupted }
}

extension CallRow {
    /// `tools/call echo (id 3)`
    var label: String {
        let what = name.map { "\(method) \($0)" } ?? method
        return "\(what) (id \(rpcID))"
    }

    var isAttempt: Bool { method == "initialize" || method == "server/discover" }

    /// Who owed the answer.
    var answerer: String { direction == .clientToServer ? "server" : "client" }
}

extension ExchangeRow {
    /// What the forwarder answered itself, `502 …`; nil where it did not.
    var ownAnswer: String? { edits.first { $0.what == "answer" }?.to }

    /// `POST /mcp`
    var label: String { "\(request.method) \(request.path)" }
}
