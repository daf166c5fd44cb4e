/// The TLS handshake of a connection failed, so that nothing was said over it. Where the proxy failed to reach the server
/// that way it answered by itself, which is told instead.
package enum TLSFailed: ProblemKind {
    package static let name = "tls-failed"
    package static let severity = Problem.Severity.error

    package static func find(in facts: SessionFacts) -> [Problem] {
        facts.connections.compactMap { connection in
            guard let failure = connection.tlsFacts?.failure else { return nil }
            let whose =
                connection.leg == .upstream
                ? "with the server \(connection.server)"
                : "of a client on \(host(of: connection.client))"
            return problem(facts, at: connection.openedNs, "the TLS handshake \(whose) failed: \(failure)")
        }
    }

    /// Without the port, which is another for each connection.
    private static func host(of address: String) -> Substring {
        address.lastIndex(of: ":").map { address[..<$0] } ?? address[...]
    }
}
