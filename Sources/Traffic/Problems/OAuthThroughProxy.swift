import WireFormats

/// The server asked for authorization by OAuth. Its discovery documents name the server itself, and clients check that
/// they name the URL that was asked (`RFC 9728 §3.3`), so they refuse to log in through a reverse proxy.
///
/// Ways out: the proxy sends a token that was got elsewhere (`--token-env`), or the traffic is sniffed instead, with a
/// key log where it is encrypted. `--rewrite-oauth` puts the proxy's URL in the documents; whether the tokens that are
/// then asked for it are accepted is up to the server.
package enum OAuthThroughProxy: ProblemKind {
    package static let name = "oauth-through-proxy"
    package static let severity = Problem.Severity.warning

    /// What it means and what to do, without a full stop.
    package static let advice =
        "OAuth cannot pass a reverse proxy, because clients check that its documents name the URL they asked: pass a token with --token-env VARIABLE, sniff the traffic instead (with a key log where it is encrypted), or try --rewrite-oauth"

    package static func find(in facts: SessionFacts) -> [Problem] {
        guard facts.recording.source == .proxy, !facts.exchanges.contains(where: \.hasRewrittenBody),
            let first = facts.exchanges.first(where: isAsked)
        else { return [] }
        return [
            problem(
                facts, at: first.requestStartNs, exchange: first.id,
                "the server wants authorization for \(first.label); \(advice)")
        ]
    }

    /// Whether the response of the exchange asks for a token got by OAuth. (RFC 6750 §3)
    package static func isAsked(in exchange: ExchangeRow) -> Bool {
        guard exchange.response?.status == 401 else { return false }
        return exchange.response?.fields.contains { field in
            field.name.isASCIIEqual(toLowercase: "www-authenticate") && field.value.containsASCII(lowercase: "bearer")
        } ?? false
    }
}

extension ExchangeRow {
    fileprivate var hasRewrittenBody: Bool { edits.contains { $0.place == .response && $0.what == "body" } }
}
