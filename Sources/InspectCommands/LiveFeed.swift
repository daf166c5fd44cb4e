import Foundation
import Recording
import Synchronization
import Traffic

/// What `record` prints while it runs: one line for what somebody at the terminal wants to know at once.
///
/// Called from the recorder's thread with rows that are stored already, secrets masked.
final class LiveFeed: Sendable {
    private struct State: Sendable {
        var names: [Int64: String] = [:]
        var opened: Set<Int64> = []
        var closed: Set<Int64> = []
        /// Sessions whose names are forgotten with the next batch: this one may still speak of them.
        var ended: [Int64] = []
        var hasToldOfOAuth = false
        /// The time of the last line.
        var lastNs: Int64 = 0
    }
    /// What is said, and when it came to pass: lines stand in the order of time.
    private struct Line {
        var atNs: Int64
        var text: String
    }
    private let isQuiet: Bool
    private let isVerbose: Bool
    private let rewritesOAuth: Bool
    private let state = Mutex(State())

    /// Calls that take longer get a line.
    private static let slowMs = 1000.0

    init(isQuiet: Bool, isVerbose: Bool, rewritesOAuth: Bool = false) {
        self.rewritesOAuth = rewritesOAuth
        self.isQuiet = isQuiet
        self.isVerbose = isVerbose
    }

    func say(_ text: String) {
        if !isQuiet { Terminal.line(text) }
    }

    func started(url: String, target: String, database: String) {
        say("recording \(target.withoutCredentials) at \(url)")
        say("  for a client:  {\"mcpServers\": {\"inspected\": {\"url\": \"\(url)\"}}}")
        say("  database:      \(database)")
    }

    /// How clients come to trust a certificate that was made here.
    func trust(_ listener: ListenerCertificate) {
        say("  certificate:   \(listener.path)")
        say("    SHA-256:     \(listener.certificate.fingerprint)")
        say("    to trust it: SSL_CERT_FILE=\(listener.path) (Python and others), NODE_EXTRA_CA_CERTS=\(listener.path)")
    }

    func observe(_ batch: RowBatch, names: [Int64: String]) {
        guard !isQuiet else { return }
        for line in lines(telling: batch, names: names) { say(line) }
        tellOfOAuth(batch)
        for gap in batch.gaps { Terminal.error("\(clock(gap.atNs)) GAP \(gap.bytes) bytes: \(gap.reason)") }
    }

    /// What there is to say of rows, in the order of time.
    func lines(telling batch: RowBatch, names: [Int64: String]) -> [String] {
        var lines = state.withLock { state in
            for id in state.ended {
                state.names.removeValue(forKey: id)
                state.opened.remove(id)
            }
            state.ended.removeAll(keepingCapacity: true)
            state.names.merge(names) { $1 }
            return batch.sessions.flatMap { Self.lines(for: $0, in: batch, &state) }
        }
        if isVerbose { lines += self.lines(batch) }
        lines += batch.calls.compactMap { line(for: $0, in: batch) }
        lines += batch.exchanges.compactMap { line(for: $0) }
        lines += batch.connections.compactMap { Self.line(for: $0) }
        // Stable: what has the same time stays in this order.
        let sorted = lines.enumerated().sorted { ($0.element.atNs, $0.offset) < ($1.element.atNs, $1.offset) }
        return state.withLock { state in
            sorted.map { _, line in
                // What is known only later, such as that a client has left, says of when it is.
                let known = max(line.atNs, state.lastNs)
                state.lastNs = known
                return "\(clock(known)) \(line.text)"
                    + (line.atNs / 1_000_000 < known / 1_000_000 ? ", at \(clock(line.atNs))" : "")
            }
        }
    }

    /// Said once, and where nobody has asked for the rewriting.
    private func tellOfOAuth(_ batch: RowBatch) {
        guard !rewritesOAuth, batch.exchanges.contains(where: OAuthThroughProxy.isAsked) else { return }
        let isFirst = state.withLock { state in
            defer { state.hasToldOfOAuth = true }
            return !state.hasToldOfOAuth
        }
        if isFirst { Terminal.error("mcp-inspect: the server wants authorization; \(OAuthThroughProxy.advice)") }
    }

    private func lines(_ batch: RowBatch) -> [Line] {
        let calls = Dictionary(batch.calls.map { ($0.id, $0) }) { $1 }
        return batch.messages.map { line(for: $0, answering: $0.callID.flatMap { calls[$0] }) }
    }

    func ended(_ summary: RecorderThread.Summary, database: String) {
        if summary.isFileLost { return Terminal.error("mcp-inspect: \(summary.failure ?? "the capture is lost")") }
        let counts = [
            (summary.sessions.count, "session"), (summary.exchanges, "exchange"), (summary.messages, "message"),
            (summary.streamEvents, "stream event"),
        ].map { "\($0) \($1)\($0 == 1 ? "" : "s")" }
        say("recorded \(counts.joined(separator: ", ")) in \(database)")
        if summary.commits.count > 0 { say("  " + Self.delays(summary)) }
        guard !summary.isComplete else { return }
        var sentence = "incomplete: \(summary.gaps) gaps of \(summary.gapBytes) bytes"
        if summary.unsavedRows > 0 { sentence += ", \(summary.unsavedRows) rows not stored" }
        if let failure = summary.failure { sentence += " (\(failure))" }
        Terminal.error("mcp-inspect: \(sentence)")
    }

    /// `on disk within 12 ms at most: 310 commits, the longest took 4 ms and waited 0 ms for other writers`
    static func delays(_ summary: RecorderThread.Summary) -> String {
        func ms(_ duration: Duration) -> String { "\(Int(duration / .milliseconds(1))) ms" }
        return "on disk within \(ms(summary.longestDelay)) at most: \(Figures.count(summary.commits.count, "commit")), "
            + "the longest took \(ms(summary.commits.longestHold)) and waited \(ms(summary.commits.longestWait)) "
            + "for other writers"
    }

    private static func lines(for session: SessionRow, in batch: RowBatch, _ state: inout State) -> [Line] {
        guard let name = state.names[session.id]?.visible else { return [] }
        var lines: [Line] = []
        if session.dialect != nil, state.opened.insert(session.id).inserted {
            // What it is was known with the first of this batch.
            let known = batch.messages.first { $0.sessionID == session.id }?.atNs ?? session.startedNs
            lines.append(Line(atNs: known, text: "session \(name) \(LiveWords.opened(session))"))
        }
        if let ended = session.endedNs, state.closed.insert(session.id).inserted {
            lines.append(
                Line(atNs: ended, text: "session \(name) ended (\(session.endReason?.rawValue ?? "unknown"))"))
            state.ended.append(session.id)
        }
        return lines
    }

    /// At the time of the answer, or when what should have carried it ended.
    private func line(for call: CallRow, in batch: RowBatch) -> Line? {
        let what = [call.method, call.name].compactMap { $0 }.joined(separator: " ")
        let said: String
        switch call.status {
        case .rpcError, .httpError, .toolError: said = call.status.rawValue
        case .unanswered where call.isListening: said = "ended without a result"
        case .unanswered: said = "unanswered (\(call.reason?.rawValue ?? "unknown"))"
        case .ok:
            guard let latency = call.latencyMs, latency > Self.slowMs else { return nil }
            said = "took \(Int(latency)) ms"
        case .cancelled, .pending: return nil
        }
        let exchange = batch.exchanges.first { $0.id == call.exchangeID }
        let answered = call.latencyMs.map { call.sentNs + Int64($0 * 1_000_000) }
        let at = answered ?? exchange.flatMap { $0.responseStartNs ?? $0.responseEndNs } ?? batch.messages.last?.atNs
        return Line(atNs: max(call.sentNs, at ?? 0), text: "\(name(call.sessionID)) \(what.visible): \(said)")
    }

    /// An upstream's failure is told with the exchange that it cost.
    private static func line(for connection: ConnectionRow) -> Line? {
        guard connection.leg == .client, connection.closedNs != nil, let failure = connection.tlsFacts?.failure else {
            return nil
        }
        return Line(atNs: connection.openedNs, text: "\(connection.client): no TLS: \(failure.visible)")
    }

    private func line(for exchange: ExchangeRow) -> Line? {
        let request = "\(exchange.request.method) \(exchange.request.target.prefix(80))".visible
        if let answer = exchange.edits.first(where: { $0.what == "answer" })?.to, exchange.endedBy != nil {
            let at = exchange.responseStartNs ?? exchange.responseEndNs ?? exchange.requestStartNs
            return Line(atNs: at, text: "\(request): refused here: \(answer.visible)")
        }
        guard exchange.isStream, exchange.endedBy == .server, exchange.endReason != .complete else { return nil }
        return Line(atNs: exchange.responseEndNs ?? 0, text: "stream cut by the server: \(request)")
    }

    private func line(for message: MessageRow, answering call: CallRow?) -> Line {
        let arrow = message.direction == .clientToServer ? "→" : "←"
        let what = [message.method ?? call?.method, message.name ?? call?.name].compactMap { $0 }
        let id = message.rpcID.map { " id:\($0)" } ?? ""
        let text = "\(arrow) \(message.kind.rawValue)\(id) \(what.joined(separator: " ")) \(message.bytes) B"
        return Line(atNs: message.atNs, text: "\(name(message.sessionID)) \(text.visible)")
    }

    private func name(_ session: Int64?) -> String {
        session.flatMap { id in state.withLock { $0.names[id] } }?.visible ?? "-"
    }
}

/// Time of day in UTC, with milliseconds.
func clock(_ ns: Int64) -> String {
    let ms = ns / 1_000_000
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let rest = ms % 1000
    let padded = rest < 10 ? "00\(rest)" : rest < 100 ? "0\(rest)" : "\(rest)"
    return "\(two(ms / 3_600_000 % 24)):\(two(ms / 60_000 % 60)):\(two(ms / 1000 % 60)).\(padded)"
}
