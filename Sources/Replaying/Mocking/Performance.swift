import MCPTransports
import Scenario
import WireFormats

/// One cue being played to a live client: what the recorded server did upon it, in order, each act when what it waited
/// for has come and the recorded pause has passed.
final class Performance: Sendable {
    let conversation: MockConversation
    let cue: Cue
    let exchange: HTTPExchange
    let fault: MockFault?
    private let live: Watched<LiveNames>
    /// Its own stream, once opened.
    let stream = Watched<MockStream?>(nil)
    private let running = Watched<Task<Void, Never>?>(nil)

    init(_ conversation: MockConversation, _ cue: Cue, message: JSONTree?, on exchange: HTTPExchange, fault: MockFault?)
    {
        self.conversation = conversation
        self.cue = cue
        self.exchange = exchange
        self.fault = fault
        var names = LiveNames()
        if let recorded = cue.message, let message { names.learn(recorded: recorded, live: message) }
        live = Watched(names)
    }

    var task: Task<Void, Never>? { running.with { $0 } }
    var names: LiveNames { live.with { $0 } }

    /// Begins to play, under its number in the conversation.
    func start(as number: Int) {
        running.with { running in
            running = Task {
                await self.play(number)
                self.conversation.state.with { [cue = self.cue.index] state in
                    state.performances[number] = nil
                    state.next[cue]?[number] = nil
                }
            }
        }
    }

    private func play(_ number: Int) async {
        if fault == .drop { return exchange.abort() }
        if fault == .stall { return }
        for (position, act) in cue.acts.enumerated() {
            guard await isReady(for: act, of: number), !Task.isCancelled else { return }
            perform(act)
            conversation.state.with { [cue = cue.index] state in
                if act.isSaying || act.isPreparing { state.said[Act.Spot(cue: cue, position: position)] = .now }
                if state.next[cue]?[number] != nil { state.next[cue]?[number] = Upcoming(position: position + 1) }
            }
        }
    }

    private func perform(_ act: Act) {
        switch act.what {
        case .respond(let head, let body): respond(head, body, act)
        case .open(let head): open(head, act)
        case .event(let event): say(event, act)
        case .close(let isAbrupt):
            if let stream = stream.with({ $0 }) {
                stream.close(isAbrupt: isAbrupt)
            } else {
                exchange.abort()
            }
        }
    }

    private func respond(_ head: Act.Head, _ body: [UInt8], _ act: Act) {
        // A refusal to go on with a stream is not the answer to the cue.
        guard act.place == .own(segment: 0) else { return }
        var response = conversation.head(head)
        response.body = text(of: body)
        switch fault {
        case .error? where head.status == 200:
            exchange.respond(conversation.json(200, conversation.failure(cue, names)))
        case .truncate? where head.status == 200:
            exchange.begin(response, bytes: response.body.count / 2)
            exchange.abort()
        default: exchange.respond(response)
        }
    }

    private func open(_ head: Act.Head, _ act: Act) {
        guard act.place == .own(segment: 0) else { return }
        let opened = conversation.openStream(for: self)
        stream.with { $0 = opened }
        opened.attach(exchange, head: conversation.head(head), pulse: cue.pulse)
        let cue = cue.index
        conversation.state.with { $0.connections[cue, default: 0] += 1 }
    }

    private func say(_ event: Act.Event, _ act: Act) {
        let targets: [MockStream]
        switch act.place {
        case .own: targets = stream.with { $0.map { [$0] } ?? [] }
        case .stream(let cue): targets = conversation.streams(of: cue)
        }
        let question = act.question
        for target in targets {
            guard let event = liveEvent(event, question, on: target) else { continue }
            if act.isAnswer(of: cue), fault == .truncate { return target.sendTorn(event) }
            target.send(event)
            if fault == .duplicate { target.send(event) }
        }
    }

    /// The event under its live names; nil where this client did not ask for it.
    private func liveEvent(_ event: Act.Event, _ question: Int64?, on target: MockStream) -> Act.Event? {
        var event = event
        guard event.isMessage else {
            if event.type == "endpoint" { event.data = event.data.map(conversation.endpoint) }
            return event
        }
        guard let data = event.data, let tree = JSONTree(data) else { return event }
        if let question, let id = tree["id"] {
            let liveID = conversation.ask(question, recorded: id)
            live.with { $0.questions[id] = liveID }
        }
        var names = names
        names.subscriptions.merge(target.names.subscriptions) { $1 }
        names.subscribedTo = target.names.subscribedTo
        if fault == .error, let id = tree["id"], names.requests[id] != nil, tree["method"] == nil {
            event.data = conversation.failure(cue, names).serialized()
            return event
        }
        guard let message = names.live(tree) else { return nil }
        if message != tree { event.data = message.serialized() }
        return event
    }

    private func text(of body: [UInt8]) -> [UInt8] {
        guard !body.isEmpty, let tree = JSONTree(body), let message = names.live(tree) else { return body }
        return message == tree ? body : message.serialized()
    }
}

extension Act {
    /// Whether the act is, or carries, the answer to its cue.
    func isAnswer(of cue: Cue) -> Bool {
        switch what {
        case .respond(let head, _): return head.status != 202
        case .event(let event):
            guard event.isMessage, question == nil, let tree = event.data.flatMap(JSONTree.init) else { return false }
            return tree["method"] == nil
        case .open, .close: return false
        }
    }
}
