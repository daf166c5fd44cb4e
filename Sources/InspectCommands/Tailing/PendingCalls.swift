import Traffic
import TrafficStore

/// The calls that wait for their answers. A subscription that is listened to waits for nothing.
struct PendingCalls {
    private struct Waiting {
        var call: CallRow
        var session: String
    }
    private var waiting: [Int64: Waiting] = [:]

    mutating func apply(
        _ rows: CommittedRows, isWanted: (CallRow, StoredSession?) throws -> Bool
    ) rethrows {
        for change in rows.calls {
            let call = change.row
            let session = call.sessionID.flatMap { rows.knownSessions[$0] }
            if call.status == .pending, !call.isPing, !call.isListening, try isWanted(call, session) {
                waiting[call.id] = Waiting(call: call, session: session?.label ?? "-")
            } else {
                waiting[call.id] = nil
            }
        }
        for recording in rows.ended { waiting = waiting.filter { $0.value.call.recordingID != recording.id } }
    }

    /// One line a call, those that wait longest first, with how long it has been; how many more there are.
    func lines(nowNs: Int64, limit: Int, style: TextStyle) -> [String] {
        guard !waiting.isEmpty, limit > 0 else { return [] }
        let sorted = waiting.values.sorted { ($0.call.sentNs, $0.call.id) < ($1.call.sentNs, $1.call.id) }
        var lines = sorted.prefix(limit).map { waiting in
            let age = Double(max(0, nowNs - waiting.call.sentNs)) / 1e6
            let clock = Figures.clock(ms: age).padded(to: 8, right: true)
            let arrow = waiting.call.direction == .clientToServer ? "→" : "←"
            return "\(style.yellow(clock)) \(arrow) \(LiveWords.name(of: waiting.call))  "
                + style.dim(waiting.session.visible)
        }
        if sorted.count > limit { lines.append(style.dim("         and \(sorted.count - limit) more")) }
        return lines
    }
}

extension Figures {
    /// A duration that runs, in tenths of a second: `0.4 s`, `12.3 s`, `2m 05s`
    static func clock(ms: Double) -> String { ms < 60_000 ? fixed(ms / 1000, 1) + " s" : duration(ms: ms) }
}
