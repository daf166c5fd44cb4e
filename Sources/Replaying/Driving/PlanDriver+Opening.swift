import Conversation
import Scenario
import WireFormats

/// Opening the conversation and leaving it.
extension PlanDriver {
    /// Says who the recorded client said that it was.
    func sendHandshake() {
        let identity = plan.identity
        let asked = identity.askedRevision.flatMap { asked in
            Revision.allCases.first { $0.hasHandshake && "\($0.text)" == asked }
        }
        var text = #"{"jsonrpc":"2.0","id":\#(nextID),"method":"initialize","params":{"protocolVersion":"#
        nextID += 1
        text += #""\#((asked ?? .latestWithHandshake).text)","capabilities":"#
        text += identity.capabilities.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        text += #","clientInfo":"#
        text += identity.clientInfo.map { String(decoding: $0, as: UTF8.self) } ?? #"{"name":"unknown","version":"0"}"#
        text += "}}"
        do throws(SendRefusal) {
            let sent = try send(Array(text.utf8))
            calls[sent.call] = LiveCall(step: nil)
        } catch {
            trouble(.noConversation, "the recorded client's initialize cannot be sent")
            finish()
        }
    }

    /// The server answered who it is.
    func handshakeAnswered(_ answer: [UInt8]) {
        let tree = JSONTree(answer)
        guard let tree, tree["result"] != nil else {
            let said = tree?["error"]?["message"]?.string
            return trouble(
                .noConversation, "the server refused to open a conversation" + (said.map { ": \($0)" } ?? ""))
        }
        remap.learn(handshake: tree)
        let ready = #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#
        guard let sent = try? send(Array(ready.utf8)), sent.exchange != 0 else { return opened() }
        opening = sent.exchange
    }

    /// The conversation is open. The listening stream has to stand first where the client had one: what the server says on
    /// it would be lost, and a question on it never answered.
    func opened() {
        guard phase == .opening else { return }
        guard plan.listens, streams.listening != nil, !streams.isListening else { return startDriving() }
        phase = .listening
        alarms.set(.listening, at: Self.now, in: settings.timeout.wholeNanoseconds)
    }

    /// The listening stream stands, or there is none.
    func listeningSettled() {
        if phase == .listening { startDriving() }
        for step in relistening { schedule.over(step, at: Self.now) }
        relistening = []
        work()
    }

    private func startDriving() {
        phase = .driving
        schedule.opened(at: Self.now)
        for step in plan.steps where seat != nil && !step.isOrdered { schedule.permit(step.number, at: Self.now) }
        seat?.over(.opening)
        work()
    }

    /// All steps are over: the client leaves when it has thought, and has heard on its streams what it had heard before, or
    /// that is not to be expected any more.
    func ending() {
        guard phase == .driving else { return }
        phase = .closing
        seat?.begun(.ending)
        let think = schedule.isHalted ? 0 : settings.pace.scaled(plan.ending.thinkNs)
        let waits = !schedule.isHalted && unasked < settings.expectedUnasked
        alarms.set(.ending, at: Self.now, in: waits ? max(think, Self.longestLinger) : think)
        alarms.set(.closing, at: Self.now, in: closingLimit.addingReportingOverflow(think).partialValue)
        isLingering = waits
        thinkEnds = Self.now + think
    }

    /// How long what the server says of itself is waited for at the end.
    static let longestLinger: Int64 = 1_000_000_000
    private static let longestClosing: Int64 = 10_000_000_000

    /// One more message came that belongs to no call.
    func heardUnasked() {
        unasked += 1
        guard isLingering, unasked >= settings.expectedUnasked else { return }
        isLingering = false
        alarms.set(.ending, at: Self.now, in: thinkEnds - Self.now)
    }

    private var closingLimit: Int64 { min(settings.timeout.wholeNanoseconds, Self.longestClosing) }

    /// Closes, unless something of what was said is still on its way, or a session that was lost is being opened again.
    func leave() {
        if isLeaving, posts.isEmpty, !isRenewing { close() }
    }

    func close() {
        guard phase != .over, !isClosing else { return }
        phase = .closing
        isClosing = true
        alarms.set(.closing, at: Self.now, in: closingLimit)
        feed { machine, output, now in machine.close(at: now, &output) }
    }
}

/// Others that are driven beside it.
extension PlanDriver {
    /// A step has its turn.
    func permit(_ step: Int) {
        schedule.permit(step, at: Self.now)
        work()
    }

    func permitEnding() {
        mayLeave = true
        work()
    }

    /// Says what was begun and what is over.
    func tellOthers() {
        guard let seat else { return }
        for change in schedule.takeNews() {
            switch change {
            case .begun(let step): seat.begun(.step(step))
            case .over(let step): seat.over(.step(step))
            }
        }
    }
}
