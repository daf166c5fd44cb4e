import Traffic
import WireFormats

extension ScenarioPlan {
    /// Leaves out calls of tools that the recorded list says destroy.
    package mutating func skipDestructive() {
        for index in steps.indices where steps[index].call?.isDestructive == true {
            steps[index].skipped = steps[index].skipped ?? "destructive (--allow-destructive calls it)"
        }
        skipWhatConcernsSkipped()
    }

    /// Leaves out what the filter does not select: a call stays where its request or its answer is selected, or where one
    /// that stays sends a value that it was answered with.
    package mutating func keepOnly(_ filter: Filter, of recorded: RecordedSession) {
        guard !filter.selectsEverything else { return }
        var left: Set<Int> = []
        let calls = Dictionary(recorded.calls.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let exchanges = Dictionary(recorded.exchanges.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        for index in steps.indices where steps[index].skipped == nil {
            let subjects: [FilterSubject]
            switch steps[index].kind {
            case .call(let call), .listen(let call):
                let row = calls[call.callID]
                subjects = [row?.requestID, row?.responseID].compactMap { recorded.message($0) }.map { message in
                    var subject = FilterSubject(
                        message.row, call: row, in: message.row.exchangeID.flatMap { exchanges[$0] })
                    if filter.readsText { subject.text = message.value?.serialized() }
                    return subject
                }
            case .notification(let body): subjects = [Self.subject(ofNotification: body)]
            case .cancel, .cutStream: continue
            }
            let isKept = subjects.contains {
                filter.matches($0.belonging(to: session, name: recorded.session.name))
            }
            if !isKept { left.insert(index) }
        }
        keepWhatIsNeeded(&left)
        for index in left { steps[index].skipped = "not selected (--only)" }
        skipWhatConcernsSkipped()
    }

    /// From the last step on, so that what a needed one needs itself stays too.
    private mutating func keepWhatIsNeeded(_ left: inout Set<Int>) {
        var kept: [String] = []
        for link in links.reversed() where steps[link.toStep].skipped == nil && !left.contains(link.toStep) {
            guard case .step(let from) = link.from, left.remove(from) != nil else { continue }
            kept.append(
                "\(title(of: from)) stays though --only does not select it: \(title(of: link.toStep)) sends what it "
                    + "answers at \(link.fromPath)")
        }
        notes += kept.reversed()
    }

    /// Says which steps send recorded values, because the calls that would give live ones are left out. To be called when
    /// all that is left out is known.
    package mutating func noteMissingSources() {
        for link in links where steps[link.toStep].skipped == nil {
            guard case .step(let from) = link.from, let reason = steps[from].skipped else { continue }
            notes.append(
                "\(title(of: link.toStep)) sends the recorded value at \(link.toPath): \(title(of: from)), which would give "
                    + "a live one, is skipped (\(reason))")
        }
    }

    /// `step 3 (tools/call search)`
    private func title(of step: Int) -> String {
        steps[step].call.map { "step \(step) (\(PlanText.title($0)))" } ?? "step \(step)"
    }

    private static func subject(ofNotification body: [UInt8]) -> FilterSubject {
        var subject = FilterSubject(.notification)
        subject.direction = .clientToServer
        subject.method = JSONTree(body)?["method"]?.string
        subject.text = body
        subject.bytes = Int64(body.count)
        return subject
    }
}
