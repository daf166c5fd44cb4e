import Traffic
import WireFormats

/// What the server did, and upon which cue.
extension ScoreReader {
    mutating func layActs() {
        let timeline = CueTimeline(cues, answerTime: answerTime)
        for exchange in exchanges {
            guard let index = cueOfExchange[exchange.id] else { continue }
            let root = self.root(of: cues[index])
            layResponse(exchange, root)
            layEvents(exchange, root, timeline)
            layEnd(exchange, root, timeline)
        }
        for index in cues.indices { time(index, timeline) }
        queue()
    }

    private mutating func layResponse(_ exchange: ExchangeRow, _ root: (cue: Int, segment: Int)) {
        guard let response = exchange.response, let at = exchange.responseStartNs else { return }
        let head = Act.Head(status: response.status, fields: response.fields)
        // What the server says when its client comes back opens nothing anew.
        let what: Act.What =
            exchange.isStream ? .open(head) : .respond(head, body: exchange.responseBody ?? [])
        let place = Act.Place.own(segment: root.segment)
        // A whole answer is there when its last byte is.
        let isWhole = !exchange.isStream && response.status != 202 && exchange.endReason == .complete
        let time = isWhole ? exchange.responseEndNs ?? at : at
        cues[root.cue].acts.append(Act(what: what, place: place, atNs: time))
    }

    private mutating func layEvents(
        _ exchange: ExchangeRow, _ root: (cue: Int, segment: Int), _ timeline: CueTimeline
    ) {
        for row in events[exchange.id] ?? [] {
            let block = row.block.block
            guard block.kind != .comment, block.kind != .partial else { continue }
            let message = said[row.block.id]
            if let message, message.duplicateOf != nil, root.segment > 0 { continue }
            var event = Act.Event(
                id: block.id, type: block.type, retry: block.retry, data: block.data,
                usesCRLF: block.raw.suffix(2) == [0x0D, 0x0A], isMessage: message != nil)
            event.layout = BlockLayout.describe(block)
            let owner = message.map { self.owner(of: $0, root.cue, timeline) } ?? root.cue
            var act = Act(
                what: .event(event), place: owner == root.cue ? .own(segment: root.segment) : .stream(cue: root.cue),
                atNs: row.block.firstByteAt)
            if let message, message.kind == .request { act.question = message.id }
            cues[owner].acts.append(act)
        }
    }

    private mutating func layEnd(
        _ exchange: ExchangeRow, _ root: (cue: Int, segment: Int), _ timeline: CueTimeline
    ) {
        let at = exchange.responseEndNs ?? exchange.responseStartNs ?? exchange.requestStartNs
        let place = Act.Place.own(segment: root.segment)
        let isAnswered = exchange.response != nil
        guard exchange.isStream || !isAnswered else { return }
        let isServers = exchange.endedBy == .server || !isAnswered && exchange.endReason == .httpError
        if isServers {
            // The end of a session ends its listening streams whenever it comes.
            let isFollowing = cues[root.cue].isListening && timeline.hasEnd(from: exchange.requestStartNs, to: at)
            guard !isFollowing else { return }
            let isAbrupt = !isAnswered || exchange.endReason != .complete
            cues[root.cue].acts.append(Act(what: .close(isAbrupt: isAbrupt), place: place, atNs: at))
        } else if isAnswered, !cues[root.cue].isListening, let answered = answerTime(of: root.cue), answered <= at {
            // The client hung up first, but there was nothing left to say.
            cues[root.cue].acts.append(Act(what: .close(isAbrupt: false), place: place, atNs: at))
        }
    }

    private func answerTime(of cue: Int) -> Int64? {
        let requests = (sent[cues[cue].exchange] ?? []).filter { $0.kind == .request }
        let times = requests.compactMap { answerTimes[$0.id] }
        return times.count == requests.count ? times.max() : nil
    }

    /// The cue that a message on the stream of `root` belongs to.
    private func owner(of message: MessageRow, _ root: Int, _ timeline: CueTimeline) -> Int {
        if let request = message.answersID, let cue = cueOfMessage[request] { return cue }
        guard cues[root].isListening else { return root }
        if message.method == "notifications/subscriptions/acknowledged" { return root }
        if message.method == "notifications/progress", let cue = cueOfToken(in: message, timeline) {
            return cue
        }
        let isOfCall = message.kind == .request || message.method == "notifications/message"
        if isOfCall, cues[root].httpMethod == "GET", let cue = timeline.latestOpen(at: message.atNs) { return cue }
        let latest = timeline.latestPost(at: message.atNs)
        return latest.map { cues[$0].atNs > cues[root].atNs ? $0 : root } ?? root
    }

    private func cueOfToken(in message: MessageRow, _ timeline: CueTimeline) -> Int? {
        guard let token = texts[message.id].flatMap(JSONTree.init)?["params"]?["progressToken"] else {
            return nil
        }
        return timeline.latestCarrier(of: token, at: message.atNs)
    }

    /// Puts the acts of a cue in order and finds out what each waited for.
    private mutating func time(_ index: Int, _ timeline: CueTimeline) {
        let cue = cues[index]
        var acts = cue.acts.enumerated().sorted { ($0.element.atNs, $0.offset) < ($1.element.atNs, $1.offset) }
            .map(\.element)
        let asked = acts.compactMap { act in act.question.flatMap { id in questionAnswers[id].map { (id, $0) } } }
        var last = cue.atNs
        for position in acts.indices {
            let at = acts[position].atNs
            let answered = asked.filter { $0.1 <= at }
            acts[position].answers = answered.map(\.0)
            acts[position].after =
                acts[position].waitsForCues ? timeline.latestCause(after: last, until: at, but: index) : nil
            let waited = [answered.map(\.1).max(), acts[position].after.map { cues[$0].atNs }].compactMap { $0 }
            acts[position].delayNs = max(0, at - max(last, waited.max() ?? last))
            last = max(last, at)
        }
        Self.openAtOnce(&acts)
        cues[index].acts = acts
    }

    /// Notes what each act stands behind where other cues had that happen: what a client hears has an order, whatever
    /// caused it. A stream is prepared without waiting.
    private mutating func queue() {
        let spots = cues.flatMap { cue in
            cue.acts.indices.filter { cue.acts[$0].isSaying || cue.acts[$0].isPreparing }
                .map { (spot: Act.Spot(cue: cue.index, position: $0), atNs: cue.acts[$0].atNs) }
        }
        var before: [Act.Spot] = []
        let ordered = spots.sorted {
            ($0.atNs, $0.spot.cue, $0.spot.position) < ($1.atNs, $1.spot.cue, $1.spot.position)
        }
        for (spot, _) in ordered {
            if cues[spot.cue].acts[spot.position].isPreparing {
                before.append(spot)
            } else {
                cues[spot.cue].acts[spot.position].behind = before.filter { $0.cue != spot.cue }
                before = [spot]
            }
        }
    }

    /// What a server takes to open a stream is not waited for before its head but before its first event: a client that
    /// leaves in the meantime has seen the head as the recorded one had.
    private static func openAtOnce(_ acts: inout [Act]) {
        let usual: Int64 = 50_000_000
        for (position, act) in acts.enumerated().dropLast() {
            guard case .open = act.what, act.delayNs < usual else { continue }
            acts[position + 1].delayNs += act.delayNs
            acts[position].delayNs = 0
        }
    }
}

extension Act {
    /// Whether something else that the client does may be what it waits for: not where it is only taken note of.
    fileprivate var waitsForCues: Bool {
        switch what {
        case .respond(let head, _): head.status != 202
        case .event, .close: true
        case .open: false
        }
    }
}
