import Traffic
import TrafficStore

/// Something that was just committed and is worth a line.
struct LiveEntry: Sendable {
    indirect enum What: Sendable {
        /// What a timeline would show too.
        case told(TimelineEntry)
        case sessionOpened
        /// A call of which the request was told before ended without an answer.
        case callEnded(CallRow)
        case recordingBegan(RecordingRow)
        case recordingEnded(RecordingRow)
    }
    var atNs: Int64
    var recording: Int64
    var session: StoredSession?
    var what: What
}

extension LiveEntry {
    /// Whether every token holds. What is about no message, exchange or call passes only without tokens.
    func matches(_ tokens: [FilterToken]) -> Bool {
        guard !tokens.isEmpty else { return true }
        switch what {
        case .told(let entry): return entry.matches(tokens)
        case .callEnded(let call):
            return TimelineEntry(atNs: atNs, exchange: call.exchangeID, what: .message(.init(ending: call)))
                .matches(tokens)
        case .sessionOpened, .recordingBegan, .recordingEnded: return false
        }
    }

    /// Whether it belongs to what a `--session` means: a session's name, its part before the slash, or id, or the name
    /// of a recording.
    func belongs(to argument: String?) -> Bool {
        guard let argument else { return true }
        guard let session else { return false }
        return session.name == argument || session.row.nameBase == argument || String(session.row.id) == argument
            || session.recording.name == argument
    }
}

extension TimelineEntry.Message {
    /// The request of a call, as far as the call tells it.
    fileprivate init(ending call: CallRow) {
        var row = MessageRow(
            id: call.requestID, recordingID: call.recordingID, seq: 0, atNs: call.sentNs, direction: call.direction,
            kind: .request, bytes: call.requestBytes, body: .requestBody)
        row.rpcID = call.rpcID
        row.method = call.method
        row.name = call.name
        self.init(row: row, call: call)
    }
}
