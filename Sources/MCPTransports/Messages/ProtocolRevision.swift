/// A revision of the Model Context Protocol.
///
/// Those up to 2025-11-25 open a session with `initialize`; from 2026-07-28 on every request says its revision itself.
public enum ProtocolRevision: String, Sendable, Hashable, CaseIterable, Comparable {
    /// 2024-11-05, whose HTTP transport is HTTP with server-sent events.
    case v20241105 = "2024-11-05"
    /// 2025-03-26, which brought Streamable HTTP and batches.
    case v20250326 = "2025-03-26"
    /// 2025-06-18, which dropped batches and brought elicitation and the version header.
    case v20250618 = "2025-06-18"
    /// 2025-11-25, which lets servers end a stream early and clients poll.
    case v20251125 = "2025-11-25"

    /// 2026-07-28, which has no sessions: each request stands for itself.
    case v20260728 = "2026-07-28"

    /// The revisions that `initialize` negotiates, oldest first.
    public static let handshake: [ProtocolRevision] = [.v20241105, .v20250326, .v20250618, .v20251125]

    /// The revisions that requests of the stateless dialect may name, oldest first.
    public static let stateless: [ProtocolRevision] = [.v20260728]

    /// The newest one that `initialize` negotiates.
    public static let latest = ProtocolRevision.v20251125

    public static func < (left: ProtocolRevision, right: ProtocolRevision) -> Bool {
        left.rawValue < right.rawValue
    }

    /// The revision a server answers to one that asks for `requested`: that one if it has a handshake, else the newest
    /// that does (MCP 2025-11-25 basic/lifecycle, version negotiation).
    static func negotiated(requested: String?) -> ProtocolRevision {
        handshake.first { $0.rawValue == requested } ?? latest
    }
}
