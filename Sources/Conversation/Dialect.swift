/// How the messages of a conversation travel.
package enum Dialect: UInt8, Sendable, Hashable, CaseIterable {
    /// One GET stream carries what the server says, POSTs carry what the client says (MCP 2024-11-05 transports).
    case httpSSE
    /// Streamable HTTP with a handshake (MCP 2025-03-26 to 2025-11-25 transports).
    case streamable
    /// Streamable HTTP without sessions: each request says all that must be known (MCP 2026-07-28 transports).
    case stateless
    /// One GET stream for all listeners; each POST is answered with JSON in its own response. No MCP revision.
    case broadcast
}
