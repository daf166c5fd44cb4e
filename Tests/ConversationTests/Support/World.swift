import Conversation

/// A client and a `FakeServer` with a network between them that breaks once, at a place of one's choice: after a number of
/// heads and bytes of bodies.
final class World {
    let script: Script
    let server: FakeServer
    private let cut: (place: Int, outcome: ExchangeOutcome)?
    /// Heads and bytes delivered so far.
    private(set) var place = 0
    /// Where the last call began.
    private(set) var placeOfLast = 0
    private(set) var wasCut = false
    private(set) var wasOpen = false
    /// How often each call ended, by its id.
    private(set) var ends: [String: Int] = [:]
    private(set) var answers: Set<String> = []
    private(set) var sent: [String] = []
    /// The numbers of the changes that were heard of.
    private(set) var changes: [Int] = []
    private(set) var invalid = 0
    private var questions: [String] = []
    private var live: Set<UInt32> = []

    init(_ dialect: Dialect, cut: (place: Int, outcome: ExchangeOutcome)? = nil) throws {
        script = Script(
            try Sample.settings(
                [dialect], callTimeout: 60 * Sample.second, openingTimeout: 10 * Sample.second, stall: .never))
        server = FakeServer(dialect)
        self.cut = cut
        script.observe = { [unowned self] in observe($0, $1) }
    }

    /// The whole conversation, up to the point where nothing happens any more, and then one more call.
    func run() throws {
        script.open()
        for (id, name) in [("1", "slow"), ("2", "quick"), ("3", "poll"), ("4", "ask")] { try send(id, name) }
        _ = try script.send(Sample.notification("notifications/own"))
        settle()
        guard !script.isClosed else { return }
        placeOfLast = place
        try send("9", "quick")
        settle()
    }

    private func send(_ id: String, _ name: String) throws {
        sent.append(id)
        try script.send(Sample.call(id, name))
    }

    private func settle() {
        for _ in 0..<400 {
            while !server.parts.isEmpty || !questions.isEmpty { step() }
            guard let due = script.due, due < 200 else { return }
            script.wait(due + 0.000_001)
        }
    }

    private func step() {
        if let question = questions.popLast() {
            _ = try? script.send(Sample.result(question))
            return
        }
        let (exchange, part) = server.parts.removeFirst()
        guard live.contains(exchange) else { return }
        switch part {
        case .head(let status, let media, let session):
            if breaks(exchange) { return }
            place += 1
            script.head(exchange, status, media, session: session)
        case .bytes(let bytes):
            guard let cut, !wasCut, place + bytes.count > cut.place else {
                place += bytes.count
                script.body(exchange, bytes)
                return
            }
            script.body(exchange, [UInt8](bytes.prefix(cut.place - place)))
            place = cut.place
            _ = breaks(exchange)
        case .end:
            live.remove(exchange)
            server.gone(exchange)
            script.end(exchange)
        }
    }

    /// Whether the network breaks here.
    private func breaks(_ exchange: UInt32) -> Bool {
        guard let cut, !wasCut, place == cut.place else { return false }
        wasCut = true
        live.remove(exchange)
        server.gone(exchange)
        script.end(exchange, cut.outcome)
        return true
    }

    private func observe(_ action: ConversationAction, _ copy: (ByteSlice) -> String) {
        switch action {
        case .begin(let number, _, _, _, _, _, _):
            live.insert(number)
            if let request = script.requests[number] { server.receive(number, request) }
        case .abort(let number):
            live.remove(number)
            server.gone(number)
        case .opened: wasOpen = true
        case .message(let meaning, let slice, _, _, _): hear(meaning, copy(slice))
        case .failed(_, let id, _, _): ends[copy(id), default: 0] += 1
        default: break
        }
    }

    private func hear(_ meaning: ConversationAction.Meaning, _ text: String) {
        let id = String(ActionText.about(text).split(separator: " ").last ?? "")
        switch meaning {
        case .answer:
            ends[id, default: 0] += 1
            answers.insert(id)
        case .request: questions.append(id)
        case .notification:
            if let n = text.split(separator: #""n":"#).last.flatMap({ Int($0.prefix { $0.isNumber }) }) {
                changes.append(n)
            }
        case .invalid: invalid += 1
        case .strayAnswer: break
        }
    }
}
