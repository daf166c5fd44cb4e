import WireFormats

/// What a server sends on a stream only to keep it alive, blocks that are no JSON-RPC message.
package enum Heartbeat: String, Sendable, Hashable {
    case comment
    case empty
    /// An event of a type that says so.
    case event

    /// Types that servers give to events which carry nothing, in lower case.
    package static let types = [
        "ping", "pong", "keepalive", "keep-alive", "keep_alive", "heartbeat", "heart-beat", "noop",
    ]
}

extension ServerSentBlock {
    /// Set where the block only keeps its stream alive. An empty block that gives an id is a place to resume from.
    package var heartbeat: Heartbeat? {
        switch kind {
        case .comment: .comment
        case .empty: (id ?? "").isEmpty ? .empty : nil
        case .event:
            type.map { name in Heartbeat.types.contains { name.isASCIIEqual(toLowercase: $0) } } == true
                ? .event : nil
        case .retry, .partial: nil
        }
    }
}
