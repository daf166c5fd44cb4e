import Glibc
import NIOCore
import NIOPosix
import NIOSSL

// What went wrong below HTTP, in sentences that say what to do.
extension HTTPClientError {
    /// A connection ended before a response was complete.
    static func ended(by cause: (any Error)?, peer: String, hasResponse: Bool) -> HTTPClientError {
        let place = hasResponse ? "within its response" : "without a response"
        if let error = cause as? HTTPClientError { return error }
        if let error = cause as? IOError, error.errnoCode == ECONNRESET || error.errnoCode == EPIPE {
            return HTTPClientError(.connectionReset, "\(peer) reset the connection \(place)", cause: cause)
        }
        if let cause, let text = tlsText(of: cause), text.contains("ALERT") || text.contains("CERTIFICATE") {
            return tls(cause, peer: peer)
        }
        return HTTPClientError(.connectionClosed, "\(peer) ended the connection \(place)", cause: cause)
    }

    /// No connection could be opened.
    static func unreachable(_ cause: any Error, peer: String, within limit: Duration) -> HTTPClientError {
        if let error = cause as? HTTPClientError { return error }
        guard let failure = cause as? NIOConnectionError else {
            return HTTPClientError(.unreachable, sentence(cause, peer, limit), cause: cause)
        }
        guard let attempt = failure.connectionErrors.last else {
            let sentence = "the name \(failure.host) does not resolve"
            return HTTPClientError(.unreachable, sentence, cause: failure.dnsAError ?? failure.dnsAAAAError)
        }
        if case .connectTimeout? = attempt.error as? ChannelError { return .silent(peer, limit) }
        return HTTPClientError(.unreachable, sentence(attempt.error, peer, limit), cause: attempt.error)
    }

    static func silent(_ peer: String, _ limit: Duration) -> HTTPClientError {
        HTTPClientError(.timeout, "\(peer) did not take a connection within \(limit.inWords)")
    }

    private static func sentence(_ cause: any Error, _ peer: String, _ limit: Duration) -> String {
        guard let error = cause as? IOError else { return "\(peer) cannot be connected to" }
        switch error.errnoCode {
        case ECONNREFUSED: return "nobody listens on \(peer)"
        case ENETUNREACH, EHOSTUNREACH: return "there is no way through the network to \(peer)"
        case ETIMEDOUT: return "\(peer) did not take a connection"
        case EMFILE, ENFILE: return "this process has no file descriptor left to connect to \(peer); raise its limit"
        default: return "\(peer) cannot be connected to: \(String(cString: strerror(error.errnoCode)))"
        }
    }

    /// A TLS handshake failed, or an alert ended the connection.
    static func tls(_ cause: any Error, peer: String) -> HTTPClientError {
        if let error = cause as? HTTPClientError { return error }
        let text = tlsText(of: cause) ?? ""
        let sentence: String
        if text.contains("CERTIFICATE_VERIFY_FAILED") {
            sentence =
                "the certificate of \(peer) is not trusted: it has expired, or no authority known here vouches for it; pass its CA in trustRoots"
        } else if text.contains("failedToValidateHostname") || text.contains("unableToValidateCertificate") {
            sentence = "the certificate of \(peer) is for another name; set serverName if it is the right server"
        } else if text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST") {
            sentence = "\(peer) does not speak TLS; is it an http:// server?"
        } else if text.contains("CERTIFICATE_REQUIRED") || text.contains("BAD_CERTIFICATE")
            || text.contains("UNKNOWN_CA")
        {
            sentence = "\(peer) wants a client certificate that it knows; set one in clientCertificate"
        } else if text.contains("ALERT") {
            sentence = "\(peer) refused the TLS handshake"
        } else {
            sentence = "\(peer) ended the connection within the TLS handshake"
        }
        return HTTPClientError(.tls, sentence, cause: cause)
    }

    /// The reason that the TLS library gives; nil for an error that is not its.
    private static func tlsText(of cause: any Error) -> String? {
        switch cause {
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: String(describing: cause)
        default: nil
        }
    }
}
