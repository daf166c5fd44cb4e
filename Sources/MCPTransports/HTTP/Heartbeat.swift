import WireFormats

/// What a server sends on an open stream only to keep it alive. How often is ``SSEServerTransport/Timeouts/heartbeat``.
public enum Heartbeat: Sendable, Hashable {
    /// A comment with the time, which readers of event streams skip (WHATWG HTML §9.2.6).
    case comment
    /// An event of a type that is not `message`, one line, with these data. Clients of MCP ignore it, some with a warning.
    case event(type: String, data: String)
    /// An event without a type whose data are empty. Some clients take it for a broken message.
    case emptyEvent
    /// A JSON-RPC `ping`, which clients answer by a POST of their own (MCP 2025-11-25 basic/utilities/ping). The stateless
    /// dialect has no requests to clients, so there it is a comment.
    case ping
    /// Nothing. Then an automatic answer does not become a stream by waiting either.
    case none

    /// The bytes of one heartbeat; nil for none.
    ///
    /// - Parameters:
    ///   - carriesRequests: Whether the stream may carry requests to the client.
    ///   - number: Makes the ids of pings different from each other.
    func encoded(at time: UTCTime, carriesRequests: Bool, number: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        let encoder = EventStreamEncoder()
        switch self {
        case .none: return nil
        case .event(let type, let data):
            guard (try? encoder.encode(type: type, data: data, into: &bytes)) != nil else { return nil }
        case .emptyEvent: bytes = OutboundEvent(data: []).encoded()
        case .ping where carriesRequests:
            let ping = JSONRPCMessage.request(id: .string("heartbeat-\(number)"), method: "ping", params: nil)
            bytes = ping.event
        case .ping, .comment: encoder.encode(comment: "ping - \(time.text)", into: &bytes)
        }
        return bytes
    }
}
