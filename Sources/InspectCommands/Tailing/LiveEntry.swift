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
    /// What a filter is asked about; nil for what passes only where nothing is filtered.
    var subject: FilterSubject?
    /// The block of a stream that it came in.
    var block: Int64?
}

extension LiveEntry {
    /// Whether the filter selects it. What only the capture knows of it is looked up where the filter asks for it.
    func matches(_ filter: Filter, in follower: CaptureFollower) throws -> Bool {
        guard !filter.selectsEverything else { return true }
        guard var subject else { return false }
        if filter.readsContents {
            try follower.complete(&subject, message: message, block: block)
        }
        return filter.matches(session.map { subject.belonging(to: $0.row, name: $0.name) } ?? subject)
    }

    private var message: MessageRow? {
        if case .told(let entry) = what, case .message(let message) = entry.what { message.row } else { nil }
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

extension FilterSubject {
    /// The request of a call, as far as the call tells it.
    init(ending call: CallRow, in exchange: ExchangeRow?) {
        var row = MessageRow(
            id: call.requestID, recordingID: call.recordingID, seq: 0, atNs: call.sentNs, direction: call.direction,
            kind: .request, bytes: call.requestBytes, body: .requestBody)
        row.callID = call.id
        row.sessionID = call.sessionID
        row.exchangeID = call.exchangeID
        self.init(row, call: call, in: exchange)
    }
}
