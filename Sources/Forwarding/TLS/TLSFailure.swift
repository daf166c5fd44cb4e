import NIOSSL

/// Why TLS failed, in words that say what to do.
struct TLSFailure: Sendable {
    /// Whose doing it was, as far as it can be known.
    let by: TapEnder
    /// Without the names of the peers, lower case, no full stop.
    let sentence: String

    var asSentence: String { sentence.hasSuffix("?") ? sentence : sentence + "." }

    /// What the forwarder could not do with the upstream called `peer`. `error`: what TLS gave; nil: nothing.
    static func ofUpstream(_ error: (any Error)?, peer: String) -> TLSFailure {
        let text = error.flatMap(tlsText) ?? ""
        if text.contains("CERTIFICATE_VERIFY_FAILED") {
            return TLSFailure(
                by: .proxy,
                sentence:
                    "the certificate of \(peer) is not trusted: no authority known here vouches for it, or it has expired; pass its authority with --cacert FILE, or accept any with --insecure"
            )
        }
        if text.contains("failedToValidateHostname") || text.contains("unableToValidateCertificate") {
            return TLSFailure(
                by: .proxy,
                sentence:
                    "the certificate of \(peer) is for another name; name the server as its certificate does, or accept any with --insecure"
            )
        }
        if text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST") {
            return TLSFailure(by: .server, sentence: "\(peer) does not speak TLS; is it an http:// server?")
        }
        if text.contains("CERTIFICATE_REQUIRED") || text.contains("BAD_CERTIFICATE") || text.contains("UNKNOWN_CA")
            || text.contains("CERTIFICATE_UNKNOWN")
        {
            return TLSFailure(
                by: .server,
                sentence: "\(peer) wants a client certificate that it knows; pass one with --cert and --key"
            )
        }
        if text.contains("PROTOCOL") {
            return TLSFailure(by: .server, sentence: "\(peer) speaks no TLS of version 1.2 or 1.3")
        }
        if text.contains("ALERT") {
            return TLSFailure(
                by: .server,
                sentence:
                    "\(peer) refused the TLS handshake; if it wants a client certificate, pass one with --cert and --key"
            )
        }
        return TLSFailure(by: .server, sentence: "\(peer) ended the connection within the TLS handshake")
    }

    /// What a client and the forwarder could not do.
    static func ofClient(_ error: (any Error)?) -> TLSFailure {
        let text = error.flatMap(tlsText) ?? ""
        if text.contains("HTTP_REQUEST") {
            return TLSFailure(by: .client, sentence: "the client spoke plain HTTP; its URL must begin with https://")
        }
        if text.contains("UNKNOWN_CA") || text.contains("BAD_CERTIFICATE") || text.contains("CERTIFICATE_UNKNOWN") {
            return TLSFailure(by: .client, sentence: "the client does not trust the certificate of this listener")
        }
        if text.contains("INVALID_OUTER_RECORD_TYPE") || text.contains("DECRYPTION_FAILED_OR_BAD_RECORD_MAC") {
            // OpenSSL says in the clear that it does not go on, where TLS 1.3 expects it encrypted (RFC 8446 §5.2).
            return TLSFailure(
                by: .client,
                sentence: "the client refused the handshake; it may not trust the certificate of this listener"
            )
        }
        if text.contains("UNSUPPORTED_PROTOCOL") || text.contains("PROTOCOL_VERSION") {
            return TLSFailure(by: .client, sentence: "the client offered no TLS of version 1.2 or 1.3")
        }
        if text.contains("NO_SHARED_CIPHER") || text.contains("NO_COMMON") {
            return TLSFailure(by: .client, sentence: "the client offered no cipher that this listener has")
        }
        if text.contains("ALERT") { return TLSFailure(by: .client, sentence: "the client refused the handshake") }
        if text.isEmpty || text.contains("EOF during") || text.contains("syscallError")
            || text.contains("uncleanShutdown")
        {
            return TLSFailure(by: .client, sentence: "the client ended the connection within the handshake")
        }
        return TLSFailure(by: .client, sentence: "the client did not speak TLS")
    }

    /// Whether TLS itself, not the socket, gave the error.
    static func isOfTLS(_ error: any Error) -> Bool { tlsText(error) != nil }

    /// The reason that the TLS library gives; nil for an error that is not its.
    private static func tlsText(_ error: any Error) -> String? {
        switch error {
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: String(describing: error)
        default: nil
        }
    }
}
