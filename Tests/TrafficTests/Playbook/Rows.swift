import Traffic
import WireFormats

/// The rows of a recording as they stand at its end: later ones replace earlier ones of the same id.
struct Rows {
    private(set) var connections: [Int64: ConnectionRow] = [:]
    private(set) var exchanges: [Int64: ExchangeRow] = [:]
    private(set) var attributions: [Int64: Attribution] = [:]
    private(set) var streamEvents: [StreamEventRow] = []
    private(set) var gaps: [GapRow] = []
    private(set) var sessions: [Int64: SessionRow] = [:]
    private(set) var messages: [MessageRow] = []
    private(set) var calls: [Int64: CallRow] = [:]

    mutating func take(_ batch: RowBatch) {
        for row in batch.connections { connections[row.id] = row }
        for row in batch.exchanges {
            var bare = row
            bare.attribution = nil
            exchanges[row.id] = bare
            if let said = row.attribution { attributions[row.id] = said }
        }
        for row in batch.attributions { attributions[row.exchangeID] = row }
        streamEvents += batch.streamEvents
        gaps += batch.gaps
        for row in batch.sessions { sessions[row.id] = row }
        messages += batch.messages
        for row in batch.calls { calls[row.id] = row }
    }

    /// Plays the steps; `drainAfter` tells after which of them rows are taken, besides at the end.
    init(
        _ play: Play, name: String? = nil, redactor: Redactor? = nil, finishes: Bool = true,
        drainAfter: (Int) -> Bool = { _ in false }
    ) {
        self.init(play.steps, name: name, redactor: redactor, finishes: finishes, drainAfter: drainAfter)
    }

    init(
        _ steps: [Step], name: String? = nil, redactor: Redactor? = nil, finishes: Bool = true,
        drainAfter: (Int) -> Bool = { _ in false }
    ) {
        var recorder = TrafficRecorder(recordingID: 7, name: name, redactor: redactor)
        for (index, step) in steps.enumerated() {
            recorder.feed(
                step.part, connection: step.connection, exchange: step.exchange, at: step.at,
                bytes: step.bytes.span.bytes)
            if drainAfter(index) { take(recorder.drain()) }
        }
        if finishes { recorder.finish(at: Self.endNs(steps)) }
        take(recorder.drain())
    }

    init() {}

    static func endNs(_ steps: [Step]) -> Int64 { (steps.last?.at ?? Play.start) + Play.second }

    // MARK: As text

    private static func number(_ id: Int64) -> String { "\(id & 0xFFFF_FFFF)" }

    /// `1 streamable demo wire=abc rev=2025-11-25 deleted high`
    var sessionLines: [String] {
        sessions.values.sorted { $0.id < $1.id }.map { row in
            let words: [String?] = [
                Self.number(row.id), row.dialect?.rawValue ?? "?", row.nameBase ?? "-",
                row.wireID.map { "wire=\($0)" }, row.revision.map { "rev=\($0)" }, row.endReason?.rawValue,
                row.confidence.rawValue,
            ]
            return words.compactMap { $0 }.joined(separator: " ")
        }
    }

    /// `s1 c2s tools/call echo #2 ok x3>x1`, the reason behind the status.
    var callLines: [String] {
        calls.values.sorted { $0.id < $1.id }.map { row in
            let route = "x\(Self.number(row.exchangeID ?? 0))"
            let words: [String?] = [
                "s\(Self.number(row.sessionID ?? 0))", row.direction.rawValue, row.method, row.name, "#\(row.rpcID)",
                row.status.rawValue, row.reason?.rawValue,
                row.responseExchangeID.map { "\(route)>x\(Self.number($0))" } ?? route,
            ]
            return words.compactMap { $0 }.joined(separator: " ")
        }
    }

    /// `s1/0 c2s request initialize #0 x1`
    var messageLines: [String] {
        messages.map { row in
            let words: [String?] = [
                "s\(Self.number(row.sessionID ?? 0))/\(row.seq)", row.direction.rawValue, row.kind.rawValue, row.method,
                row.name, row.rpcID.map { "#\($0)" }, row.errorCode.map(String.init),
                "x\(Self.number(row.exchangeID ?? 0))", row.duplicateOf.map { "again=\(Self.number($0))" },
            ]
            return words.compactMap { $0 }.joined(separator: " ")
        }
    }

    /// `x1 s1 streamable high`
    var attributionLines: [String] {
        exchanges.keys.sorted().map { id in
            let said = attributions[id]
            let words: [String?] = [
                "x\(Self.number(id))", said?.sessionID.map { "s\(Self.number($0))" }, said?.dialect?.rawValue,
                said?.confidence?.rawValue,
            ]
            return words.compactMap { $0 }.joined(separator: " ")
        }
    }

    /// Everything that the fold made.
    var derived: Derived {
        Derived(sessions: sessions, messages: messages, calls: calls, attributions: attributions)
    }

    struct Derived: Equatable {
        var sessions: [Int64: SessionRow]
        var messages: [MessageRow]
        var calls: [Int64: CallRow]
        var attributions: [Int64: Attribution]

        /// Without the counts of masked values, which rows that are masked already do not give.
        var uncounted: Derived {
            var derived = self
            for index in messages.indices { derived.messages[index].redacted = 0 }
            return derived
        }

        /// One row a text.
        var lines: [String] {
            sessions.values.sorted { $0.id < $1.id }.map { "\($0)" } + messages.map { "\($0)" }
                + calls.values.sorted { $0.id < $1.id }.map { "\($0)" }
                + attributions.values.sorted { $0.exchangeID < $1.exchangeID }.map { "\($0)" }
        }
    }

    func call(_ number: Int64) -> CallRow? { calls[7 << 32 | number] }
    func exchange(_ number: Int64) -> ExchangeRow? { exchanges[7 << 32 | number] }
    func session(_ number: Int64) -> SessionRow? { sessions[7 << 32 | number] }
}
