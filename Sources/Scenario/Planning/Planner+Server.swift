import Traffic
import WireFormats

/// What the server said.
extension Planner {
    mutating func answer(_ row: MessageRow, _ value: JSONTree) {
        count(row, value)
        guard let id = row.callID else { return }
        if identity.calls.contains(id) {
            flow.receive(value, from: .handshake, isCatalogue: true)
            if value["result"] != nil { identity.isWelcome = true }
            if !isOpened { openedNs = max(heardNs(row), openedNs ?? 0) }
            return
        }
        guard let place = places[id], case .call(var draft) = drafts[place].what else { return }
        draft.heardNs = heardNs(row)
        if let questions = value["result"]?["inputRequests"], value["result"]?["resultType"]?.string == "input_required"
        {
            draft.asked = questions.serialized()
            drafts[place].what = .call(draft)
            return ask(questions, row, call: id)
        }
        inFlight.remove(id)
        guard !draft.isCancelled else { return }
        draft.isAnswered = true
        if draft.method == "tools/list" { noteTools(value) }
        if draft.method == "tasks/get" {
            noteTask(value, &draft)
            askForTask(value, row, draft)
        }
        if !draft.isListening { drafts[place].end = draft.heardNs }
        drafts[place].what = .call(draft)
        flow.receive(value, from: .call(id), isCatalogue: Self.catalogues.contains(draft.method))
        if value["error"]?["code"]?.int == -32020 { notes.refusedHeaders += 1 }
    }

    /// Lists of what a server has: clients name what stands there, and the place in the list means nothing.
    private static let catalogues: Set<String> = [
        "tools/list", "prompts/list", "resources/list", "resources/templates/list", "server/discover",
    ]

    /// When the client had the whole of it.
    private func heardNs(_ row: MessageRow) -> Int64 {
        guard row.streamEventID == nil, let exchange = row.exchangeID.flatMap({ exchanges[$0] }), let end = exchange.end
        else { return row.atNs }
        return max(row.atNs, end)
    }

    private mutating func noteTools(_ value: JSONTree) {
        for tool in value["result"]?["tools"]?.elements ?? [] {
            guard let name = tool["name"]?.string else { continue }
            let annotations = tool["annotations"]
            tools[name] = annotations?["destructiveHint"]?.bool == true && annotations?["readOnlyHint"]?.bool != true
        }
    }

    private func noteTask(_ value: JSONTree, _ draft: inout CallDraft) {
        let result = value["result"]
        draft.taskStatus = result?["status"]?.string
        let interval = result?["pollIntervalMs"] ?? result?["pollInterval"]
        draft.pollIntervalNs = interval?.int.map { Int64(clamping: $0).multipliedReportingOverflow(by: 1_000_000).0 }
    }

    /// Questions within an answer, to be answered by asking again.
    private mutating func ask(_ requests: JSONTree, _ row: MessageRow, call: Int64) {
        for member in requests.members ?? [] {
            guard let method = member.value["method"]?.string else { continue }
            awaited[call, default: []].append(questions.count)
            add(method, member.value["params"], key: member.key, row, call: call)
        }
    }

    mutating func question(_ row: MessageRow, _ value: JSONTree) {
        count(row, value)
        guard let method = value["method"]?.string, method != "ping" else { return }
        let carried = row.exchangeID.flatMap { callsByExchange[$0] }.flatMap { inFlight.contains($0) ? $0 : nil }
        asked[row.id] = questions.count
        add(method, value["params"], key: nil, row, call: carried ?? (inFlight.count == 1 ? inFlight.first : nil))
    }

    mutating func add(_ method: String, _ params: JSONTree?, key: String?, _ row: MessageRow, call: Int64?) {
        let ordinal = questionCounts[method, default: 0]
        questionCounts[method] = ordinal + 1
        let question = RecordedQuestion(
            messageID: row.id, method: method, params: params, key: key, answer: .none, ordinal: ordinal)
        questions.append(QuestionDraft(question: question, call: call, askedNs: row.atNs))
    }

    mutating func told(_ row: MessageRow, _ value: JSONTree) {
        count(row, value)
        if CountedNotification.counts(row.method) { tellings.append(row.atNs) }
        guard row.method == "notifications/subscriptions/acknowledged",
            let call = row.exchangeID.flatMap({ callsByExchange[$0] }), let place = places[call]
        else { return }
        // A listening call is over, for those that wait for it, as soon as it stands.
        drafts[place].end = drafts[place].end ?? row.atNs
        inFlight.remove(call)
        guard case .call(var draft) = drafts[place].what else { return }
        draft.isAnswered = true
        drafts[place].what = .call(draft)
    }

    private mutating func count(_ row: MessageRow, _ value: JSONTree) {
        if let exchange = row.exchangeID { heardIn[exchange, default: 0] += 1 }
        if let token = value["params"]?["progressToken"] { heardOf[token, default: 0] += 1 }
    }
}
