import Traffic

extension Rows {
    /// The facts of a session by its number, or of what has none.
    func facts(session number: Int64? = 1, endedNs: Int64? = Play.start + 60 * Play.second) -> SessionFacts {
        let id = number.map { 7 << 32 | $0 }
        let mine = exchanges.values.sorted { $0.id < $1.id }.filter { attributions[$0.id]?.sessionID == id }.map {
            row in
            var row = row
            row.attribution = attributions[row.id]
            return row
        }
        let ids = Set(mine.map(\.id))
        return SessionFacts(
            session: id.flatMap { sessions[$0] }, name: nil, exchanges: mine,
            calls: calls.values.sorted { $0.id < $1.id }.filter { $0.sessionID == id },
            messages: messages.filter { $0.sessionID == id },
            gaps: gaps.filter { gap in gap.exchangeID.map(ids.contains) ?? (id == nil) },
            recording: RecordingRow(
                id: 7, name: nil, source: .proxy, target: nil, command: "record", toolVersion: "1", foldVersion: 1,
                pid: 1, pidStarted: 1, bootID: "b", startedNs: Play.start, endedNs: endedNs))
    }
}

extension ProblemKind {
    /// What a kind finds in a play's session: severity, exchange, text.
    static func lines(_ play: Play, session: Int64? = 1, endedNs: Int64? = Play.start + 60 * Play.second) -> [String] {
        find(in: Rows(play).facts(session: session, endedNs: endedNs)).map { problem in
            "\(problem.severity) x\((problem.exchangeID ?? 0) & 0xFFFF_FFFF) \(problem.text)"
        }
    }
}

extension Play {
    /// A session `abc` and one tool call in it, its exchange's number 3.
    static func called() -> (play: Play, call: UInt32) {
        var play = Play()
        play.begin(1, session: "abc")
        let call = play.post(2, "/mcp", RPC.call("1"), session: "abc")
        return (play, call)
    }
}
