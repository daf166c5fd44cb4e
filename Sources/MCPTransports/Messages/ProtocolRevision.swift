/// A revision of the Model Context Protocol that opens a session with `initialize`.
public enum ProtocolRevision: String, Sendable, Hashable, CaseIterable, Comparable {
    /// 2024-11-05, whose HTTP transport is HTTP with server-sent events.
    case v20241105 = "2024-11-05"
    /// 2025-03-26, which brought Streamable HTTP and batches.
    case v20250326 = "2025-03-26"
    /// 2025-06-18, which dropped batches and brought elicitation and the version header.
    case v20250618 = "2025-06-18"
    /// 2025-11-25, which lets servers end a stream early and clients poll.
    case v20251125 = "2025-11-25"

    /// The newest one.
    public static let latest = ProtocolRevision.v20251125

    public static func < (left: ProtocolRevision, right: ProtocolRevision) -> Bool {
        left.rawValue < right.rawValue
    }

    /// The revision a server answers to one that asks for `requested`: that one if it is known, else the newest
    /// (MCP 2025-11-25 basic/lifecycle, version negotiation).
    static func negotiated(requested: String?) -> ProtocolRevision {
        requested.flatMap(ProtocolRevision.init) ?? latest
    }
}
