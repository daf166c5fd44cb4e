import MCPTransports
import Traffic

/// The header fields that a recorded client sent of its own accord, and that are sent again.
enum RecordedFields {
    /// What HTTP, the protocol and the connection want is made anew.
    private static let made: Set<String> = [
        "accept", "accept-encoding", "connection", "content-encoding", "content-length", "content-type", "cookie",
        "expect",
        "forwarded", "host", "keep-alive", "last-event-id", "mcp-method", "mcp-name", "mcp-protocol-version",
        "mcp-session-id", "origin", "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade", "via",
        "traceparent", "tracestate", "baggage",
    ]
    private static let madePrefixes = ["mcp-param-", "sec-", "x-forwarded-"]

    /// Of the session's first request, with those that are given in their place. Masked values are left out.
    static func of(_ exchanges: [ExchangeRow], given: [HTTPRequest.Field]) -> [HTTPRequest.Field] {
        let names = Set(given.map { $0.name.lowercased() })
        let recorded = (exchanges.first?.request.fields ?? []).filter { field in
            let name = field.name.lowercased()
            return !made.contains(name) && !madePrefixes.contains { name.hasPrefix($0) } && !names.contains(name)
                && !field.value.contains("hmac:")
        }
        return recorded.map { HTTPRequest.Field(name: $0.name, value: $0.value) } + given
    }
}
