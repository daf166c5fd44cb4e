import Conversation
import Scenario
import WireFormats

/// What the server does, and what time does.
extension PlanDriver {
    func handle(_ event: DriveEvent) {
        switch event {
        case .message(.answer, let bytes, let call): answered(bytes, call)
        case .message(.request, let bytes, let call): asked(bytes, calls[call]?.step)
        case .message(.notification, let bytes, let call): told(bytes, calls[call]?.step)
        case .message(.strayAnswer, _, _): break
        case .message(.invalid, _, let call):
            if let step = calls[call]?.step { schedule.heard(step, .message, at: Self.now) }
        case .failed(let call, let failure, let cause, _): failed(call, failure, cause)
        case .accepted(let exchange):
            if exchange == opening { opened() }
            if let step = messages.removeValue(forKey: exchange) { schedule.over(step, at: Self.now) }
        case .notAccepted(let exchange, let failure, let cause):
            let step = messages.removeValue(forKey: exchange)
            note(failure, cause, on: step.map(label) ?? "what the client said unasked")
            if exchange == opening {
                result.notes.append("the server did not take notifications/initialized")
                opened()
            }
            if let step { schedule.over(step, at: Self.now) }
        case .sessionLost:
            isRenewing = true
            result.notes.append("the server lost the session; another one was opened")
        case .opened:
            isRenewing = false
            leave()
        case .closed(let failure, let cause): closed(failure, cause)
        }
    }

    private func answered(_ bytes: [UInt8], _ call: UInt32) {
        guard let live = calls.removeValue(forKey: call), !live.isAside else { return }
        guard let step = live.step else { return handshakeAnswered(bytes) }
        let isPolled = if case .poll? = plan.steps[step].call?.tasks { true } else { false }
        if isPolled || sources.contains(step), let tree = JSONTree(bytes) {
            remap.learn(step: step, answer: tree)
            if isPolled { hearTask(tree, step) }
            if isPolled, let pause = pause(before: tree, step) {
                return alarms.set(.poll(step), at: Self.now, in: pause)
            }
        }
        schedule.over(step, at: Self.now)
    }

    /// How long to wait before a task is asked for again; nil: it has come to its end.
    private func pause(before answer: JSONTree, _ step: Int) -> Int64? {
        guard case .poll(let ends, let interval)? = plan.steps[step].call?.tasks else { return nil }
        let task = answer["result"].flatMap { $0["task"] ?? $0 }
        guard let status = task?["status"]?.string, !ends.contains(status) else { return nil }
        let live = (task?["pollIntervalMs"] ?? task?["pollInterval"])?.int
        return live.map { Int64($0) * 1_000_000 } ?? max(settings.pace.scaled(interval), 10_000_000)
    }

    private func told(_ bytes: [UInt8], _ step: Int?) {
        if CountedNotification.counts(bytes) { schedule.heardNotification(at: Self.now) }
        guard let step else { return heardUnasked() }
        schedule.heard(step, .message, at: Self.now)
        guard case .listen = plan.steps[step].kind,
            JSONRPCEnvelope(bytes.span.bytes).isMethod("notifications/subscriptions/acknowledged", in: bytes.span.bytes)
        else { return }
        schedule.over(step, at: Self.now)
    }

    private func failed(_ call: UInt32, _ failure: ConversationFailure, _ cause: String?) {
        guard let live = calls.removeValue(forKey: call) else { return }
        guard let step = live.step else { return }
        note(live.isLate ? .timedOut : failure, cause, on: label(of: step), step)
        schedule.over(step, at: Self.now)
    }

    private func closed(_ failure: ConversationFailure?, _ cause: String?) {
        if let failure, result.trouble == nil, !isClosing {
            note(failure, cause, on: "the conversation")
            if result.trouble == nil { trouble(.noConversation, Self.sentence(failure, cause)) }
        }
        finish()
    }

    // What time does.

    func ring(_ alarm: Alarm) {
        let limit = settings.timeout.inSeconds
        switch alarm {
        case .opening:
            guard phase == .opening else { return }
            trouble(.timedOut, "the server did not open a conversation within \(limit)")
        case .listening:
            guard phase == .listening else { return }
            trouble(.timedOut, "the server did not answer the GET for its event stream within \(limit)")
        case .call(let call):
            guard calls[call] != nil else { return }
            calls[call]?.isLate = true
            feed { machine, output, now in machine.cancel(call, at: now, &output) }
        case .message(let exchange):
            guard let step = messages.removeValue(forKey: exchange) else { return }
            note(.timedOut, nil, on: label(of: step), step)
            schedule.over(step, at: Self.now)
        case .answer(let number): answer(number)
        case .poll(let step):
            guard !schedule.isHalted, limits[step].map({ $0 > Self.now }) ?? true else {
                note(.timedOut, nil, on: label(of: step), step)
                return schedule.over(step, at: Self.now)
            }
            ask(step)
        case .relisten(let step):
            guard relistening.contains(step) else { return }
            relistening.removeAll { $0 == step }
            result.notes.append("the event stream that was cut did not come back within \(limit)")
            schedule.over(step, at: Self.now)
        case .release(let due): if release == due { schedule.release(at: Self.now) }
        case .ending:
            isLeaving = true
            leave()
        case .closing: if isClosing { finish() } else { close() }
        }
    }

    // Trouble.

    /// Notes a failure after which nothing more is begun; others are for the comparison to tell.
    private func note(_ failure: ConversationFailure, _ cause: String?, on what: String, _ step: Int? = nil) {
        switch failure {
        case .unauthorized(let status):
            let sentence = status == 401 ? "the server wants credentials" : "the server does not allow it"
            trouble(.unauthorized, "\(what): \(sentence) (HTTP \(status))")
        case .unreachable: trouble(.unreachable, cause ?? "the server cannot be reached")
        case .timedOut:
            let time = step.map { Duration.nanoseconds(self.limit(of: $0)) } ?? settings.timeout
            trouble(.timedOut, "\(what): no answer within \(time.inSeconds)")
        default: break
        }
    }

    func trouble(_ kind: DriveTrouble.Kind, _ message: String) {
        if result.trouble == nil { result.trouble = DriveTrouble(kind, message) }
        schedule.halt()
        seat?.halted()
        if phase == .opening || phase == .listening { close() }
    }

    private static func sentence(_ failure: ConversationFailure, _ cause: String?) -> String {
        switch failure {
        case .noDialect: "nothing at this URL speaks MCP over HTTP as far as it is known here"
        case .unsupportedRevision: "the server speaks no revision of MCP that is known here"
        case .badEndpoint: "the server names no endpoint of its own origin to send messages to"
        case .rejected(let code): "the server refused to open a conversation (error \(code))"
        case .refused(let status): "the server refused to open a conversation (HTTP \(status))"
        case .unintelligible(let status): "the server's answer to the handshake (HTTP \(status)) is none"
        case .timedOut: "the server did not open a conversation in time"
        default: cause ?? "the conversation ended before its time"
        }
    }
}

extension Duration {
    /// `30 s`, `0.5 s`
    var inSeconds: String {
        let seconds = Double(wholeNanoseconds) / 1e9
        let rounded = (seconds * 1000).rounded() / 1000
        return rounded == rounded.rounded() ? "\(Int(rounded)) s" : "\(rounded) s"
    }
}
