import Traffic
import TrafficStore

/// The sessions that are searched for problems. Where they are all that a recording has, so is what belongs to none
/// of them: exchanges that are no MCP, and gaps.
struct ProblemSearch {
    let reader: CaptureReader
    let sessions: [Int64]
    /// Whether `show` finds these sessions by their names alone, in the database that it uses by itself.
    let isDefaultFile: Bool
    /// `session tourist/1`, `3 sessions of the recording begun …`
    let scope: String

    /// `argument`: a session and so on; nil: the newest recording that was captured, not made by replay or load.
    init(_ argument: String?, in database: DatabaseOption) throws {
        let location = try database.location()
        let isByFlag = location.choice == .flag
        guard let argument else {
            reader = try CaptureReader(path: location.path)
            let captured = try reader.recordings().filter { $0.source != .replay && $0.source != .load }
            guard let newest = captured.max(by: { ($0.startedNs, $0.id) < ($1.startedNs, $1.id) }) else {
                throw CommandFailure(
                    .usage, "nothing is recorded in \(reader.path.visible) yet; begin with mcp-inspect record")
            }
            sessions = try reader.sessions(ofRecording: newest.id).map(\.row.id)
            isDefaultFile = !isByFlag
            let state = newest.interrupted ? ", which was interrupted" : newest.endedNs == nil ? ", still running" : ""
            scope =
                "\(Figures.count(sessions.count, "session")) of the recording begun "
                + "\(Figures.minute(ns: newest.startedNs)) UTC\(state)"
            wholes = [newest.id]
            return
        }
        let selected = try SelectedSessions.resolve(argument, in: database)
        reader = selected.reader
        sessions = selected.ids
        isDefaultFile = !isByFlag && reader.path == location.path
        if sessions.count == 1, let only = try reader.session(sessions[0]) {
            scope = "session \(only.label.visible)"
        } else {
            scope = Figures.count(sessions.count, "session")
        }
        let chosen = Set(sessions)
        var wholes: [Int64] = []
        for recording in Set(sessions.map { $0 >> 32 }).sorted()
        where try reader.sessions(ofRecording: recording).allSatisfy({ chosen.contains($0.row.id) }) {
            wholes.append(recording)
        }
        self.wholes = wholes
    }

    /// Recordings of which every session is searched.
    private let wholes: [Int64]

    func problems() throws -> [FoundProblem] {
        var found: [FoundProblem] = []
        var told: Set<Int64> = []
        for id in sessions {
            let facts = try SessionFacts(SessionTraffic(reader, session: id, hasBlocks: false))
            told.formUnion(facts.gaps.map(\.id))
            let label = facts.name ?? String(id)
            let ids = Dictionary(facts.calls.map { ($0.id, $0.rpcID) }) { first, _ in first }
            found += AllProblems.find(in: facts).map { problem in
                FoundProblem(
                    problem, session: label, argument: isDefaultFile ? label : "\(reader.path)#\(label)",
                    rpcID: problem.callID.flatMap { ids[$0] })
            }
        }
        for recording in wholes {
            guard let facts = try unplaced(recording, told: told) else { continue }
            found += AllProblems.find(in: facts).map { FoundProblem($0, session: nil, argument: nil, rpcID: nil) }
        }
        let sorted = found.enumerated().sorted { one, other in
            if FoundProblem.isBefore(one.element, other.element) { return true }
            return !FoundProblem.isBefore(other.element, one.element) && one.offset < other.offset
        }
        return sorted.map(\.element)
    }

    /// What of a recording belongs to no session.
    private func unplaced(_ id: Int64, told: Set<Int64>) throws -> SessionFacts? {
        guard let recording = try reader.recording(id) else { return nil }
        let range = "id >= \(id << 32) AND id < \((id + 1) << 32)"
        let rows = try reader.query("SELECT id FROM exchanges WHERE \(range) AND session_id IS NULL ORDER BY id")
        var ids: [Int64] = []
        while let row = try rows.next() {
            if case .integer(let exchange)? = row.first { ids.append(exchange) }
        }
        var exchanges: [ExchangeRow] = []
        for exchange in ids {
            if let row = try reader.exchange(exchange) { exchanges.append(SessionTraffic.withoutContent(row)) }
        }
        let gaps = try reader.gaps(ofRecording: id).filter { gap in
            !told.contains(gap.id) && (gap.exchangeID.map(ids.contains) ?? true)
        }
        return SessionFacts(session: nil, exchanges: exchanges, gaps: gaps, recording: recording)
    }
}

extension SessionFacts {
    /// Of gaps that concern no exchange, those on the session's connections.
    init(_ traffic: SessionTraffic) {
        let connections = Set(
            traffic.exchanges.flatMap { [$0.connectionID, $0.upstreamConnectionID ?? $0.connectionID] })
        self.init(
            session: traffic.session.row, name: traffic.session.name, exchanges: traffic.exchanges,
            calls: traffic.calls, messages: traffic.messages,
            gaps: traffic.gaps.filter { $0.exchangeID != nil || $0.connectionID.map(connections.contains) ?? false },
            recording: traffic.session.recording)
    }
}
