import Traffic
import WireFormats

/// Drafts become steps in their order.
extension Planner {
    mutating func assemble() -> ScenarioPlan {
        let order = drafts.indices.filter { !drafts[$0].isJoined }
            .sorted { (drafts[$0].start, $0) < (drafts[$1].start, $1) }
        var numbers: [Int64: Int] = [:]
        for (number, place) in order.enumerated() {
            guard case .call(let call) = drafts[place].what else { continue }
            for id in [call.id] + call.joined { numbers[id] = number }
        }
        let opened = openedNs ?? order.first.map { drafts[$0].start } ?? recorded.session.row.startedNs
        var before = HappensBefore(order.map { HappensBefore.Span(start: drafts[$0].start, end: drafts[$0].end) })
        var tellings = Tellings(tellings)
        let steps = order.enumerated().map { number, place in
            let draft = drafts[place]
            let over = before.before(draft.start)
            var step = ScenarioStep(
                number: number, kind: kind(draft.what, numbers), after: over.numbers,
                thinkNs: thinkNs(place, after: over.end ?? opened), recordedNs: max(draft.start - opened, 0))
            step.afterThoseOf = over.hasEarlier ? number - 1 : nil
            step.overNs = draft.end.map { max($0 - opened, 0) }
            (step.told, step.toldNs) = tellings.before(draft, since: over.end ?? opened)
            return step
        }
        let (deletes, time) = leaving
        let ended = before.before(time).end
        let links = links(numbers)
        var plan = ScenarioPlan(
            session: recorded.session.row, recordedTarget: target, dialect: dialect,
            revision: recorded.session.row.revision, identity: identity, listens: listens, steps: steps,
            questions: questions.map { $0.question(numbers) }, links: links,
            ending: .init(deletes: deletes, after: before.nearest, thinkNs: max(time - (ended ?? opened), 0)))
        plan.times = .init(
            started: recorded.exchanges.map(\.requestStartNs).min().map { min($0, opened) } ?? opened, opened: opened,
            left: max(time, opened))
        plan.requirements = requirements(plan, numbers)
        plan.notes = notes(plan)
        return plan
    }

    private func kind(_ what: Draft.What, _ numbers: [Int64: Int]) -> ScenarioStep.Kind {
        switch what {
        case .call(let draft): draft.isListening ? .listen(step(draft)) : .call(step(draft))
        case .notification(let body): .notification(body: body)
        case .cancel(let call, let heard): .cancel(of: numbers[call] ?? 0, heard: heard)
        case .cut(let call, let heard): .cutStream(of: call.flatMap { numbers[$0] }, heard: heard)
        }
    }

    private func step(_ draft: CallDraft) -> CallStep {
        CallStep(
            callID: draft.id, method: draft.method, name: draft.name, body: draft.body,
            isDestructive: draft.method == "tools/call" && draft.name.flatMap { tools[$0] } ?? false,
            isAnswered: draft.isAnswered, rounds: draft.rounds, tasks: draft.tasks, joined: draft.joined)
    }

    /// A cancel or a cut counts from the sending of what it concerns, where that is later.
    private func thinkNs(_ place: Int, after ended: Int64) -> Int64 {
        let concerned: Int64? =
            switch drafts[place].what {
            case .cancel(let call, _): call
            case .cut(let call, _): call
            case .call, .notification: nil
            }
        let sent = concerned.flatMap { places[$0] }.map { drafts[$0].start } ?? ended
        return max(drafts[place].start - max(ended, sent), 0)
    }

    /// Whether a call gives its step body and answer: of joined polls the last does.
    private func isItsStep(_ call: Int64) -> Bool {
        guard case .call(let draft)? = places[call].map({ drafts[$0].what }) else { return false }
        return draft.id == call
    }

    /// From calls to steps. What only a poll in between was told is not told by the last one for certain.
    private func links(_ numbers: [Int64: Int]) -> [Link] {
        flow.found.compactMap { found in
            guard let to = numbers[found.to], isItsStep(found.to) else { return nil }
            var source = Link.Source.handshake
            if case .call(let call) = found.from {
                guard let from = numbers[call], from < to, isItsStep(call) else { return nil }
                source = .step(from)
            }
            var link = Link(
                from: source, fromPath: found.fromPath, fromPart: found.fromPart, toStep: to, toPath: found.toPath,
                toPart: found.toPart, recordedValue: found.value, reason: found.reason)
            link.fromItems = items(of: found)
            return link
        }.sorted { $0.toStep < $1.toStep }
    }

    private func items(of found: ValueFlow.Found) -> [NamedItem] {
        guard case .call(let call) = found.from, let answer = recorded.message(calls[call]?.responseID)?.value else {
            return []
        }
        return NamedItem.all(along: found.fromPath, in: answer, but: found.value)
    }
}

/// What somebody has to know or to give.
extension Planner {
    private static let mask = "hmac:"
    private static let givenByServer: Set<String> = ["cookie", "mcp-session-id", "last-event-id"]

    static func isMask(_ text: String) -> Bool {
        text.utf8.count == 21 && text.hasPrefix(mask) && text.utf8.dropFirst(5).allSatisfy(isHex)
    }

    private static func isHex(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 6 }

    func requirements(_ plan: ScenarioPlan, _ numbers: [Int64: Int]) -> [Requirement] {
        var found: [Requirement] = []
        var seen: Set<Requirement> = []
        func add(_ place: Requirement.Place, _ mask: String) {
            let requirement = Requirement(place: place, mask: mask)
            if seen.insert(requirement).inserted { found.append(requirement) }
        }
        for exchange in recorded.exchanges {
            for field in exchange.request.fields where field.value.contains(Self.mask) {
                let name = field.name.lowercased()
                if !Self.givenByServer.contains(name) { add(.header(name), field.value) }
            }
        }
        // Of http+sse every URL but the first comes from the server.
        let query = recorded.exchanges.first.flatMap { RequestTarget($0.request.target).query }
        for item in (query ?? "").split(separator: "&") {
            let parts = item.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2, Self.isMask(parts[1]) { add(.query(parts[0]), parts[1]) }
        }
        let linked = Set(plan.links.map { Place(step: $0.toStep, path: $0.toPath) })
        for masked in flow.masked {
            guard let step = numbers[masked.call], !linked.contains(Place(step: step, path: masked.path)) else {
                continue
            }
            add(.body(step: step, masked.path), masked.mask)
        }
        return found
    }

    private struct Place: Hashable {
        var step: Int
        var path: JSONPath
    }

    func notes(_ plan: ScenarioPlan) -> [String] {
        var notes = notes
        notes.gaps = Int(recorded.session.recording.gaps)
        notes.otherRequests = exchanges.values.count { $0.method == "POST" && !$0.carriesMessages }
        let isWaited = plan.steps.compactMap(\.call).filter { step in
            !step.isAnswered && calls[step.callID]?.status != .cancelled
        }
        notes.unanswered = isWaited.map { [$0.method, $0.name ?? ""].filter { !$0.isEmpty }.joined(separator: " ") }
        var found = notes.sentences
        let (deletes, time) = leaving
        let late = plan.steps.count { $0.call != nil && plan.times.opened + $0.recordedNs > time }
        if deletes, late > 0 {
            found.append(
                "the session was deleted before \(PlanNotes.count(late, "call")) of its client; it will be deleted after "
                    + "\(late == 1 ? "that" : "them")")
        }
        if identity.calls.isEmpty && dialect != .stateless {
            found.append("the recording has no handshake: the client's name and capabilities are not known")
        }
        if tools.isEmpty && plan.steps.contains(where: { $0.call?.method == "tools/call" }) {
            found.append("the recording has no tools/list: which tools are destructive is not known")
        }
        if plan.questions.contains(where: { if case .none = $0.answer { true } else { false } }) {
            found.append("the recording has no answer to some of the server's questions")
        }
        return found
    }
}

extension Planner.QuestionDraft {
    func question(_ numbers: [Int64: Int]) -> RecordedQuestion {
        var question = question
        question.parentStep = call.flatMap { numbers[$0] }
        return question
    }
}
