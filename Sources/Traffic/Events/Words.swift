/// The words of the capture database; raw values are stored as they stand.

/// Which way bytes or a message went.
package enum Direction: String, Sendable, Hashable, CaseIterable {
    case clientToServer = "c2s"
    case serverToClient = "s2c"

    package var reversed: Direction { self == .clientToServer ? .serverToClient : .clientToServer }

    /// Not by its word, which would be hashed with every key that it is a part of.
    package func hash(into hasher: inout Hasher) { hasher.combine(self == .clientToServer) }
}

/// Whose doing something was, as far as it can be known.
package enum Peer: String, Sendable, Hashable, CaseIterable {
    case client, server, recorder, unknown
}

/// The side of a proxy that a connection stands on; `wire` where it was sniffed.
package enum Leg: String, Sendable, Hashable, CaseIterable {
    case client, upstream, wire
}

/// Why an exchange or a connection ended.
package enum EndReason: String, Sendable, Hashable, CaseIterable {
    /// The framing says that the message is whole.
    case complete
    /// Closed in order, before the framing was complete (the ordinary end of many event streams).
    case fin
    /// Closed by a reset.
    case rst
    case timeout
    /// What came was not HTTP that could be framed, or the proxy itself answered with an error.
    case httpError = "http_error"
    /// The recording ended first.
    case shutdown
}

/// How messages travel. Independent of the protocol revision.
package enum Dialect: String, Sendable, Hashable, CaseIterable {
    /// 2024-11-05: a GET stream opened by an `endpoint` event, messages POSTed beside it.
    case httpSSE = "http+sse"
    /// 2025-03-26 to 2025-11-25: one URL, answers in the POST's own response.
    case streamable
    /// 2026-07-28: one URL, every POST on its own; no session, no GET.
    case stateless
    /// Ours: a GET stream that says the same to all listeners, without an `endpoint` event; POSTs beside it are
    /// answered in their own responses.
    case broadcast
}

package enum Confidence: String, Sendable, Hashable, CaseIterable {
    case low, medium, high
}
