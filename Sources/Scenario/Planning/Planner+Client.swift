import Traffic
import WireFormats

/// What the client said.
extension Planner {
    mutating func readMessages() {
        for message in recorded.messages where message.row.duplicateOf == nil {
            let row = message.row
            if let id = row.exchangeID { exchanges[id]?.carriesMessages = true }
            guard let value = message.value, row.kind != .invalid else {
                if row.direction == .clientToServer { notes.invalidMessages += 1 }
                continue
            }
            if case .element = row.body, row.direction == .clientToServer { notes.batched += 1 }
            switch (row.direction, row.kind) {
            case (.clientToServer, .request): request(row, value)
            case (.clientToServer, .notification): notification(row, value)
            case (.clientToServer, .response), (.clientToServer, .error): reply(row, value)
            case (.serverToClient, .request): question(row, value)
            case (.serverToClient, .notification): told(row, value)
            case (.serverToClient, .response), (.serverToClient, .error): answer(row, value)
            case (_, .invalid): break
            }
        }
    }

    private mutating func request(_ row: MessageRow, _ value: JSONTree) {
        introduce(value)
        guard let id = row.callID, let call = calls[id] else { return }
        if let rpcID = row.rpcID { callsByID[rpcID] = id }
        if let exchange = row.exchangeID { callsByExchange[exchange] = callsByExchange[exchange] ?? id }
        if call.method == "initialize" || (call.method == "server/discover" && drafts.isEmpty) {
            if !identity.calls.contains(id) { identity.calls.append(id) }
            return flow.send(value, by: nil)
        }
        inFlight.insert(id)
        if let token = value["params"]?["_meta"]?["progressToken"] { progressTokens[id] = token }
        if let place = places[id] {
            flow.send(value, by: nil)
            return anotherRound(of: place, row, value)
        }
        if call.method == "tasks/update" { updateTask(value, row) }
        flow.send(value, by: id, isNamed: Self.names(value))
        places[id] = drafts.count
        let draft = CallDraft(
            id: id, method: call.method, name: call.name, exchange: row.exchangeID,
            body: Self.withoutIdentity(value).serialized(), taskID: value["params"]?["taskId"]?.string)
        drafts.append(Draft(what: .call(draft), start: row.atNs, end: nil))
    }

    /// Where the request names something of the server's catalogue.
    private static func names(_ value: JSONTree) -> Bool {
        let method = value["method"]?.string
        return method == "tools/call" || method == "prompts/get"
    }

    /// The same call again, with what the server asked for.
    private mutating func anotherRound(of place: Int, _ row: MessageRow, _ value: JSONTree) {
        guard case .call(var draft) = drafts[place].what else { return }
        let responses = value["params"]?["inputResponses"]
        let round = CallStep.Round(
            asked: draft.asked, answered: responses?.serialized(), thinkNs: max(row.atNs - draft.heardNs, 0))
        draft.rounds.append(round)
        draft.asked = nil
        drafts[place].what = .call(draft)
        for index in awaited.removeValue(forKey: draft.id) ?? [] {
            questions[index].question.thinkNs = round.thinkNs
            guard let given = questions[index].question.key.flatMap({ responses?[$0] }) else { continue }
            questions[index].question.answer = .result(given.serialized())
        }
    }

    private mutating func notification(_ row: MessageRow, _ value: JSONTree) {
        flow.send(value, by: nil)
        let taken = row.exchangeID.flatMap { exchanges[$0] }
        let end = taken?.opened ?? taken?.end
        switch row.method {
        case "notifications/initialized":
            openedNs = max(end ?? row.atNs, openedNs ?? 0)
            isOpened = true
        case "notifications/cancelled":
            let id = value["params"]?["requestId"].map { String(decoding: $0.serialized(), as: UTF8.self) }
            guard let call = id.flatMap({ callsByID[$0] }), let place = places[call] else { fallthrough }
            let draft = Draft(what: .cancel(of: call, heard: heard(of: call)), start: row.atNs, end: end)
            drafts.append(draft)
            if calls[call]?.status == .cancelled { endCancelled(place, at: row.atNs) }
        default:
            let body = Self.withoutIdentity(value).serialized()
            drafts.append(Draft(what: .notification(body), start: row.atNs, end: end))
        }
    }

    /// A call that was taken back is over then, whatever came later.
    mutating func endCancelled(_ place: Int, at time: Int64) {
        drafts[place].end = time + 1
        guard case .call(var call) = drafts[place].what else { return }
        inFlight.remove(call.id)
        call.isCancelled = true
        drafts[place].what = .call(call)
    }

    func heard(of call: Int64) -> Int {
        guard let exchange = calls[call]?.exchangeID else { return 0 }
        if dialect != .httpSSE { return heardIn[exchange] ?? 0 }
        guard let token = progressTokens[call] else { return 0 }
        return heardOf[token] ?? 0
    }

    private mutating func reply(_ row: MessageRow, _ value: JSONTree) {
        flow.send(value, by: nil)
        guard let place = row.answersID.flatMap({ asked[$0] }) else { return }
        questions[place].question.thinkNs = max(row.atNs - questions[place].askedNs, 0)
        if let result = value["result"] {
            questions[place].question.answer = .result(result.serialized())
        } else if let error = value["error"] {
            questions[place].question.answer = .error(error.serialized())
        }
    }
}

/// Who the client is.
extension Planner {
    private static let prefix = "io.modelcontextprotocol/"
    private static let own = ["protocolVersion", "clientInfo", "clientCapabilities"].map { prefix + $0 }

    /// From `initialize`, or from what every request says of its client. (MCP 2026-07-28 basic, `_meta`)
    private mutating func introduce(_ value: JSONTree) {
        guard identity.capabilities == nil || value["method"]?.string == "initialize", let params = value["params"]
        else { return }
        let isHandshake = value["method"]?.string == "initialize"
        let meta = params["_meta"]
        let says = { (name: String) in isHandshake ? params[name] : meta?[Self.prefix + name] }
        identity.clientInfo = says("clientInfo")?.serialized() ?? identity.clientInfo
        let capabilities = isHandshake ? says("capabilities") : says("clientCapabilities")
        identity.capabilities = capabilities?.serialized() ?? identity.capabilities
        identity.askedRevision = says("protocolVersion")?.string ?? identity.askedRevision
    }

    /// Without what a live client says of itself.
    static func withoutIdentity(_ value: JSONTree) -> JSONTree {
        guard var params = value["params"], var meta = params["_meta"], own.contains(where: { meta[$0] != nil }) else {
            return value
        }
        for name in own { meta.set(name, nil) }
        params.set("_meta", meta.members?.isEmpty == true ? nil : meta)
        var result = value
        result.set("params", params)
        return result
    }
}
