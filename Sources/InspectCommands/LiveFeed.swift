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
        let lines = state.withLock { state in
            for id in state.ended {
                state.names.removeValue(forKey: id)
                state.opened.remove(id)
            }
            state.ended.removeAll(keepingCapacity: true)
            state.names.merge(names) { $1 }
            return batch.sessions.flatMap { Self.lines(for: $0, &state) }
        }
        for line in lines { say(line) }
        if isVerbose { tell(batch) }
        for call in batch.calls { line(for: call).map(say) }
        for exchange in batch.exchanges { line(for: exchange).map(say) }
        for connection in batch.connections { Self.line(for: connection).map(say) }
        tellOfOAuth(batch)
        for gap in batch.gaps { Terminal.error("\(clock(gap.atNs)) GAP \(gap.bytes) bytes: \(gap.reason)") }
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

    private func tell(_ batch: RowBatch) {
        let calls = Dictionary(batch.calls.map { ($0.id, $0) }) { $1 }
        for message in batch.messages {
            say(line(for: message, answering: message.callID.flatMap { calls[$0] }))
        }
    }

    func ended(_ summary: RecorderThread.Summary, database: String) {
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

    private static func lines(for session: SessionRow, _ state: inout State) -> [String] {
        guard let name = state.names[session.id]?.visible else { return [] }
        var lines: [String] = []
        if session.dialect != nil, state.opened.insert(session.id).inserted {
            lines.append("\(clock(session.startedNs)) session \(name) \(LiveWords.opened(session))")
        }
        if let ended = session.endedNs, state.closed.insert(session.id).inserted {
            lines.append("\(clock(ended)) session \(name) ended (\(session.endReason?.rawValue ?? "unknown"))")
            state.ended.append(session.id)
        }
        return lines
    }

    private func line(for call: CallRow) -> String? {
        let what = [call.method, call.name].compactMap { $0 }.joined(separator: " ")
        let prefix = "\(clock(call.sentNs)) \(name(call.sessionID)) \(what.visible)"
        switch call.status {
        case .rpcError, .httpError, .toolError: return "\(prefix): \(call.status.rawValue)"
        case .unanswered where call.isListening: return "\(prefix): ended without a result"
        case .unanswered: return "\(prefix): unanswered (\(call.reason?.rawValue ?? "unknown"))"
        case .ok:
            guard let latency = call.latencyMs, latency > Self.slowMs else { return nil }
            return "\(prefix): took \(Int(latency)) ms"
        case .cancelled, .pending: return nil
        }
    }

    /// An upstream's failure is told with the exchange that it cost.
    private static func line(for connection: ConnectionRow) -> String? {
        guard connection.leg == .client, connection.closedNs != nil, let failure = connection.tlsFacts?.failure else {
            return nil
        }
        return "\(clock(connection.openedNs)) \(connection.client): no TLS: \(failure.visible)"
    }

    private func line(for exchange: ExchangeRow) -> String? {
        let request = "\(exchange.request.method) \(exchange.request.target.prefix(80))".visible
        if let answer = exchange.edits.first(where: { $0.what == "answer" })?.to, exchange.endedBy != nil {
            return "\(clock(exchange.requestStartNs)) \(request): refused here: \(answer.visible)"
        }
        guard exchange.isStream, exchange.endedBy == .server, exchange.endReason != .complete else { return nil }
        return "\(clock(exchange.responseEndNs ?? 0)) stream cut by the server: \(request)"
    }

    private func line(for message: MessageRow, answering call: CallRow?) -> String {
        let arrow = message.direction == .clientToServer ? "→" : "←"
        let what = [message.method ?? call?.method, message.name ?? call?.name].compactMap { $0 }
        let id = message.rpcID.map { " id:\($0)" } ?? ""
        let text = "\(arrow) \(message.kind.rawValue)\(id) \(what.joined(separator: " ")) \(message.bytes) B"
        return "\(clock(message.atNs)) \(name(message.sessionID)) \(text.visible)"
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
