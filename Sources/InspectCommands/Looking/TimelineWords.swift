import Traffic
import TrafficStore

extension TimelineEntry.Message {
    /// Whether the line tells of something that went wrong.
    var isWrong: Bool {
        if row.kind == .invalid || row.kind == .error { return true }
        guard let call, row.kind != .notification else { return false }
        switch call.status {
        case .ok, .cancelled, .pending: return false
        case .toolError, .rpcError: return row.kind == .response
        case .httpError, .unanswered: return row.kind == .request && isLastRound
        }
    }

    /// What is to be said beside the message.
    var remarks: [String] {
        var words: [String] = []
        if let code = row.errorCode { words.append("code \(code)") }
        if row.kind == .response, call?.status == .toolError { words.append("tool error") }
        if row.kind == .invalid { words.append("no JSON-RPC") }
        if let round { words.append("round \(round)") }
        if !asked.isEmpty { words.append("asks for input: \(asked.joined(separator: ", "))") }
        if row.kind == .request, let call {
            if isLastRound { words += Self.fate(call) }
        } else if let task = call?.taskID, row.kind == .response, row.id == call?.responseID, call?.name != task {
            words.append("became task \(task)")
        }
        if row.kind == .notification, let call, call.isListening { words.append("for subscription \(call.rpcID)") }
        if row.kind == .response || row.kind == .error {
            if call == nil, row.duplicateOf == nil { words.append("nobody waited for it") }
            if call?.reason == .late { words.append("after the client had given up") }
        }
        if row.duplicateOf != nil { words.append(isBroadcast ? "others heard it too" : "again") }
        if row.redacted > 0 { words.append("masked") }
        return words
    }

    /// What became of a call is said where it was sent last.
    private var isLastRound: Bool { round.map { $0 == call?.rounds } ?? true }

    /// What became of a request that was not simply answered.
    private static func fate(_ call: CallRow) -> [String] {
        if call.status == .pending { return [pending(call)] }
        return LiveWords.end(of: call).map { [$0] } ?? []
    }

    private static func pending(_ call: CallRow) -> String {
        if call.isListening { return "still listening" }
        return call.reason == .inputRequired ? "the client has not answered yet" : "no answer yet"
    }
}

extension TimelineEntry.Stream {
    var title: String { "\(method) \(path)".visible }

    /// Whether the server's side ended it otherwise than in order.
    var wasCut: Bool { endedBy != .client && (endReason == .rst || endReason == .timeout || endReason == .httpError) }

    var ending: String {
        let age = ageMs.map { " after \(Figures.duration(ms: $0))" } ?? ""
        let by = endedBy.map { $0 == .unknown ? "" : " by the \($0.rawValue)" } ?? ""
        let how = endReason.map { $0 == .complete ? "" : " (\($0.words))" } ?? ""
        return "closed\(by)\(age)\(how)"
    }
}

extension CallRow.Reason {
    var words: String {
        switch self {
        case .nothingSent: "the response ended without it"
        case .streamCut: "the stream was cut"
        case .clientLeft: "the client left first"
        case .answeredElsewhere: "answered on another stream"
        case .late: "the answer came too late"
        case .gap: "bytes were not recorded"
        case .inputRequired: "the client did not come back with the input"
        }
    }
}

extension EndReason {
    var words: String {
        switch self {
        case .complete: "complete"
        case .fin: "connection closed"
        case .rst: "connection reset"
        case .timeout: "timed out"
        case .httpError: "not valid HTTP"
        case .shutdown: "the recording ended"
        }
    }
}

extension SessionRow.EndReason {
    var words: String {
        switch self {
        case .deleted: "ended by the client"
        case .expired: "the server no longer knew it"
        case .abandoned: "the client left without ending it"
        case .cut: "the server cut its stream"
        case .open: "still open when the recording ended"
        }
    }
}

/// What the heading of a session says.
struct StoredSessionFacts {
    var label: String
    var facts: String

    init(_ session: StoredSession) {
        let row = session.row
        label = session.label
        var words = [[row.dialect?.rawValue, row.revision].joinedWords]
        let client = [row.clientName, row.clientVersion].joinedWords
        let server = [row.serverName, row.serverVersion].joinedWords
        words.append("\(client) → \(server)")
        words.append("from \(Figures.minute(ns: row.startedNs)) UTC")
        if row.endReason == nil, session.recording.endedNs == nil { words.append("being recorded") }
        if session.recording.interrupted { words.append("recording interrupted") }
        facts = words.joined(separator: "  ")
    }
}
