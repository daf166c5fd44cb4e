import Traffic
import TrafficStore

/// Finds the problems of what is searched, the worst first.
struct ProblemSearch {
    let scope: ProblemScope
    let filter: Filter
    private var reader: CaptureReader { scope.reader }

    init(_ scope: ProblemScope, filter: Filter = .everything) {
        self.scope = scope
        self.filter = filter
    }

    func problems() throws -> [FoundProblem] {
        var found: [FoundProblem] = []
        var told: Set<Int64> = []
        for id in scope.sessions {
            guard let session = try reader.session(id) else { continue }
            let facts = try SessionFacts(reader, session)
            told.formUnion(facts.gaps.map(\.id))
            let label = session.label
            let ids = Dictionary(facts.calls.map { ($0.id, $0.rpcID) }) { first, _ in first }
            found += select(facts).map { problem in
                FoundProblem(
                    problem, session: label, argument: scope.isDefaultFile ? label : "\(reader.path)#\(label)",
                    rpcID: problem.callID.flatMap { ids[$0] })
            }
        }
        for recording in scope.wholes.union(scope.sessions.map { $0 >> 32 }).sorted() {
            guard let facts = try unplaced(recording, told: told) else { continue }
            found += select(facts).map {
                FoundProblem($0, session: nil, argument: nil, rpcID: nil, file: scope.isDefaultFile ? nil : reader.path)
            }
        }
        let sorted = found.enumerated().sorted { one, other in
            if FoundProblem.isBefore(one.element, other.element) { return true }
            return !FoundProblem.isBefore(other.element, one.element) && one.offset < other.offset
        }
        return sorted.map(\.element)
    }

    private func select(_ facts: SessionFacts) -> [Problem] {
        let problems = AllProblems.find(in: facts)
        guard !filter.selectsEverything, !problems.isEmpty else { return problems }
        let calls = Dictionary(facts.calls.map { ($0.id, $0) }) { first, _ in first }
        let exchanges = Dictionary(facts.exchanges.map { ($0.id, $0) }) { first, _ in first }
        return problems.filter { problem in
            let subject = FilterSubject(
                problem, call: problem.callID.flatMap { calls[$0] }, in: problem.exchangeID.flatMap { exchanges[$0] })
            return filter.matches(facts.session.map { subject.belonging(to: $0, name: facts.name) } ?? subject)
        }
    }

    /// What of a recording belongs to no session, and that it was interrupted.
    private func unplaced(_ id: Int64, told: Set<Int64>) throws -> SessionFacts? {
        guard var recording = try reader.recording(id) else { return nil }
        // Where the file cannot be written nobody marked it.
        if recording.endedNs == nil { recording.interrupted = try !reader.runningRecordings().contains(id) }
        guard scope.wholes.contains(id) else { return SessionFacts(session: nil, exchanges: [], recording: recording) }
        let range = "id >= \(id << 32) AND id < \((id + 1) << 32)"
        let rows = try reader.query("SELECT id FROM exchanges WHERE \(range) AND session_id IS NULL ORDER BY id")
        var ids: [Int64] = []
        while let row = try rows.next() {
            if case .integer(let exchange)? = row.first { ids.append(exchange) }
        }
        var exchanges: [ExchangeRow] = []
        for start in stride(from: 0, to: ids.count, by: 1000) {
            exchanges += try reader.exchangeSketches(Array(ids[start..<min(ids.count, start + 1000)]))
        }
        let gaps = try reader.gaps(ofRecording: id).filter { gap in
            !told.contains(gap.id) && (gap.exchangeID.map(ids.contains) ?? true)
        }
        return SessionFacts(
            session: nil, exchanges: exchanges, gaps: gaps, connections: try reader.failedHandshakes(ofRecording: id),
            recording: recording)
    }
}

extension SessionFacts {
    /// The rows of a session without contents. Of gaps that concern no exchange, those on the session's connections.
    init(_ reader: CaptureReader, _ session: StoredSession) throws {
        let id = session.row.id
        let exchanges = try reader.exchangeSketches(ofSession: id).map(\.row)
        let connections = Set(exchanges.flatMap { [$0.connectionID, $0.upstreamConnectionID ?? $0.connectionID] })
        var messages: [MessageRow] = []
        var after: Int64 = 0
        while case let rows = try reader.messages(ofSession: id, after: after, limit: 1000), let last = rows.last {
            messages += rows.map { row in
                var row = row
                if case .element = row.body { row.body = .element([]) }
                return row
            }
            after = last.id
        }
        self.init(
            session: session.row, name: session.name, exchanges: exchanges, calls: try reader.calls(ofSession: id),
            messages: messages,
            gaps: try reader.gaps(ofSession: id).filter {
                $0.exchangeID != nil || $0.connectionID.map(connections.contains) ?? false
            },
            said: try reader.said(inSession: id), recording: session.recording)
    }
}
