import Traffic

/// What is said the moment it happens, by `record` where it runs and by `tail` elsewhere.
enum LiveWords {
    /// `opened (streamable 2025-06-18) with sights 2.0`
    static func opened(_ session: SessionRow) -> String {
        let kind = [session.dialect?.rawValue, session.revision].compactMap { $0 }.joined(separator: " ")
        let server = [session.serverName, session.serverVersion].compactMap { $0 }.joined(separator: " ")
        return "opened (\(kind.visible))" + (server.isEmpty ? "" : " with \(server.visible)")
    }

    /// How a call ended other than by an answer; nil where it was answered or still waits.
    static func end(of call: CallRow) -> String? {
        switch call.status {
        case .ok, .toolError, .rpcError, .pending: nil
        case .httpError: "refused"
        case .cancelled: call.isListening ? "listened until it was closed" : "cancelled"
        case .unanswered where call.isListening:
            "ended without a result: \(call.reason?.words ?? "nobody knows why")"
        case .unanswered: "never answered: \(call.reason?.words ?? "nobody knows why")"
        }
    }

    /// `tools/call search id:3`
    static func name(of call: CallRow) -> String {
        ([call.method, call.name].compactMap { $0 } + ["id:\(call.rpcID)"]).joined(separator: " ").visible
    }
}
