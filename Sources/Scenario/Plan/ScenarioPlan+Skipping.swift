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

    /// Leaves out what the filter does not select: a call stays where its request or its answer is selected.
    package mutating func keepOnly(_ filter: Filter, of recorded: RecordedSession) {
        guard !filter.selectsEverything else { return }
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
            if !isKept { steps[index].skipped = "not selected (--only)" }
        }
        skipWhatConcernsSkipped()
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
