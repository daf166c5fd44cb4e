/// The derived rows: messages, calls and sessions.
extension CaptureAudit {
    /// Every message of every exchange, in wire order, byte for byte, in the session of its client.
    func messages() -> [String] {
        let found = Dictionary(grouping: capture.messages) { name(of: $0.exchangeId) }
        let expected = Dictionary(grouping: expected.messages, by: \.exchange)
        var problems = (found[nil] ?? []).map { "a message belongs to no exchange: \($0)" }
        for exchange in self.expected.exchanges.map(\.name) {
            let here = expected[exchange] ?? []
            let there = (found[exchange] ?? []).filter { $0.kind != "invalid" }
            var check = Comparison(of: exchange)
            check.equal("number of messages", here.count, there.count)
            for (index, pair) in zip(here, there).enumerated() { check.message(index, pair.0, pair.1) }
            if let stray = zip(here, there).first(where: { !isAttributed($0.client, to: $1.clientName) }) {
                check.note("a message of tour-\(stray.0.client) is in a session of \(stray.1.clientName ?? "nobody")")
            }
            problems += check.problems
        }
        return problems
    }

    /// Every request of either side as a call, with what became of it.
    func calls() -> [String] {
        var found = Dictionary(grouping: capture.calls) {
            CallKey(exchange: name(of: $0.exchangeId), direction: $0.direction, rpcId: $0.rpcId)
        }
        var problems: [String] = []
        for call in expected.calls {
            let key = CallKey(exchange: call.exchange, direction: call.direction, rpcId: call.rpcId)
            var check = Comparison(of: "call \(call.method) \(call.name ?? "") of \(call.exchange)")
            let rows = found.removeValue(forKey: key) ?? []
            guard rows.count == 1, let row = rows.first else {
                check.note("\(rows.count) rows instead of one")
                problems += check.problems
                continue
            }
            check.equal("method", call.method, row.method)
            check.equal("name", call.name, row.name)
            check.equal("status", call.status, row.status)
            check.equal("rounds", call.rounds, row.rounds)
            check.equal("answered in", call.answeredIn, name(of: row.responseExchangeId))
            // Each round is a request, and but for the last of a call without an answer, a result.
            check.equal("requests and answers", call.rounds * 2 - (call.answeredIn == nil ? 1 : 0), row.pieces)
            if call.status == "unanswered" { check.equal("reason", "client_left", row.reason ?? "none") }
            if !isAttributed(call.client, to: row.clientName) {
                check.note("it is in a session of \(row.clientName ?? "nobody")")
            }
            problems += check.problems
        }
        return problems + found.values.joined().map { "a call that no client made or saw: \($0)" }
    }

    /// One session a client, named after it, with what was negotiated.
    func sessions() -> [String] {
        guard cell.hasSessions else { return [] }
        return Self.clients.filter(tookPart).flatMap { client -> [String] in
            var check = Comparison(of: "session of tour-\(client)")
            let rows = capture.sessions.filter { $0.clientName == "tour-\(client)" }
            guard rows.count == 1, let row = rows.first else {
                return ["\(rows.count) sessions of tour-\(client) instead of one"]
            }
            check.equal("name", "tour-\(client)/1", row.name)
            check.equal("dialect", cell.dialect, row.dialect)
            check.equal("revision", cell.revision, row.revision)
            check.equal("server_name", cell.serverName, row.serverName)
            if cell.deletes, client != "leaver" { check.equal("end_reason", "deleted", row.endReason) }
            return check.problems
        }
    }

    /// The dialect of each exchange of the tour's clients, whether sessions can be told apart or not. A probe that was
    /// refused has what it was meant to be.
    func dialects() -> [String] {
        let refused = expected.messages.filter { $0.method == "server/discover" && !cell.isStateless }.map(\.exchange)
        return capture.exchanges.compactMap { exchange in
            guard let name = name(of: exchange.id), isOfClient(name), !refused.contains(name),
                exchange.dialect != cell.dialect
            else { return nil }
            return "\(name): dialect is \(exchange.dialect ?? "unknown"), not \(cell.dialect)"
        }
    }

    /// The clients that are official ones and got as far as a session.
    private static let clients = ["main", "second", "leaver"]

    /// Whether an exchange of that name is one of theirs.
    func isOfClient(_ exchange: String) -> Bool { Self.clients.contains { exchange.hasPrefix("\($0)-") } }

    private func tookPart(_ client: String) -> Bool { expected.exchanges.contains { $0.client == client } }

    private func isAttributed(_ client: String, to clientName: String?) -> Bool {
        !cell.hasSessions || !Self.clients.contains(client) || clientName == "tour-\(client)"
    }
}

private struct CallKey: Hashable {
    var exchange: String?
    var direction: String
    var rpcId: String
}

extension Comparison {
    fileprivate mutating func message(_ index: Int, _ here: Expectations.Message, _ there: Capture.Message) {
        equal("message \(index) direction", here.direction, there.direction)
        equal("message \(index) kind", here.kind, there.kind)
        equal("message \(index) rpc_id", here.rpcId, there.rpcId)
        equal("message \(index) method", here.method, there.method)
        equal("message \(index) name", here.name, there.name)
        equal("message \(index) error_code", here.errorCode, there.errorCode)
        equal("message \(index) body", here.body, there.body)
    }
}
