import Conversation
import Scenario
import WireFormats

/// What the client does.
extension PlanDriver {
    func send(_ text: [UInt8]) throws(SendRefusal) -> ConversationMachine.Sent {
        try feed { machine, output, now throws(SendRefusal) in
            try machine.send(text.span.bytes, at: now, &output)
        }
    }

    func begin(_ number: Int) {
        switch plan.steps[number].kind {
        case .call(let call), .listen(let call):
            let began = Self.now
            ask(number)
            if call.isAnswered { limits[number] = began + limit(of: number) }
        case .notification: tell(number, remap.body(ofStep: number, liveID: .null))
        case .cancel(let target, _):
            if let call = callOfStep[target] {
                feed { machine, output, now in machine.cancel(call, at: now, &output) }
            }
            schedule.over(number, at: Self.now)
        case .cutStream(let target, _): cut(number, target)
        }
    }

    /// Says which steps did not wait any longer for what the recorded client had been told.
    func noteForgone() {
        for forgone in schedule.takeForgone() {
            result.notes.append(
                "\(label(of: forgone.step)): the recorded client had heard \(forgone.wanted) of the server's notifications "
                    + "before, and \(forgone.heard) came in time; sent without the rest")
        }
    }

    /// Sends the request of a step, for the first time or again.
    func ask(_ step: Int) {
        let id = liveID(of: step)
        let text = updated(remap.body(ofStep: step, liveID: id), step)
        for link in remap.missed(ofStep: step) {
            result.notes.append(
                "\(label(of: step)): the live answer has nothing at \(link.fromPath); the recorded value is sent")
        }
        do throws(SendRefusal) {
            let sent = try send(text)
            calls[sent.call] = LiveCall(step: step)
            callOfStep[step] = sent.call
            result.sent[step] = String(decoding: id.serialized(), as: UTF8.self)
            if plan.steps[step].call?.isAnswered == true {
                let left = limits[step].map { $0 - Self.now } ?? limit(of: step)
                alarms.set(.call(sent.call), at: Self.now, in: left)
            }
        } catch {
            refused(step, error)
        }
    }

    /// The next id, a text where the recorded one was: servers give it back as it came.
    private func liveID(of step: Int) -> JSONTree {
        defer { nextID += 1 }
        let isText = textIDs.contains(step)
        return isText ? .string(String(nextID)) : .number(JSONNumber(nextID))
    }

    private func tell(_ step: Int, _ body: [UInt8]) {
        do throws(SendRefusal) {
            let sent = try send(body)
            guard sent.exchange != 0 else { return schedule.over(step, at: Self.now) }
            messages[sent.exchange] = step
            alarms.set(.message(sent.exchange), at: Self.now, in: settings.timeout.wholeNanoseconds)
        } catch {
            refused(step, error)
        }
    }

    /// The machine does not take what the plan wants said.
    private func refused(_ step: Int, _ refusal: SendRefusal) {
        if refusal == .closed {
            schedule.halt()
        } else {
            result.notes.append(
                "\(label(of: step)) cannot be sent: \(refusal == .invalidMessage ? "it is no JSON-RPC message" : "\(refusal)")"
            )
        }
        schedule.over(step, at: Self.now)
    }

    /// Leaves a stream without a word, so that the machine comes back for the rest of it.
    private func cut(_ step: Int, _ target: Int?) {
        let exchange = target.map { callOfStep[$0].flatMap(streams.exchange) } ?? streams.listening
        guard let exchange else { return schedule.over(step, at: Self.now) }
        maker?.abort(exchange)
        streams.forget(exchange)
        if target == nil {
            relistening.append(step)
            alarms.set(.relisten(step), at: Self.now, in: settings.timeout.wholeNanoseconds)
        } else {
            schedule.over(step, at: Self.now)
        }
        feed { machine, output, now in machine.exchangeEnded(exchange, .cut, at: now, &output) }
    }

    /// Where nothing is left but steps that wait for more to be heard, they are done some time after the last of it: the
    /// live server may have less to say.
    func watchHeld() {
        guard let last = schedule.stuckSince else {
            release = nil
            return
        }
        let due = last.addingReportingOverflow(Self.longestLinger).partialValue
        guard release != due else { return }
        release = due
        alarms.set(.release(due), at: Self.now, in: due - Self.now)
    }

    /// How long a step may take: the server's time, and what the client thinks about its questions meanwhile.
    func limit(of step: Int) -> Int64 {
        let base = settings.longer[step] ?? settings.timeout
        return base.wholeNanoseconds.addingReportingOverflow(thinking[step] ?? 0).partialValue
    }

    /// `tools/call echo`
    func label(of step: Int) -> String {
        switch plan.steps[step].kind {
        case .call(let call), .listen(let call): call.name.map { "\(call.method) \($0)" } ?? call.method
        case .notification(let body): JSONTree(body)?["method"]?.string ?? "a notification"
        case .cancel(let target, _): "the cancellation of \(label(of: target))"
        case .cutStream: "a stream"
        }
    }
}
