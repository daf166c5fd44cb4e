import NIOCore
import WireFormats

/// A response that the forwarder gives itself: one line of text, then it closes the connection.
struct OwnAnswer: Sendable {
    let status: Int
    let text: String

    init(_ status: Int, _ sentence: String) {
        self.status = status
        text = "mcp-inspect: \(sentence)"
    }

    init(_ error: HTTP1Error) {
        self.init(error.responseStatus, error.description)
    }

    static let connectRefused = OwnAnswer(501, "CONNECT is not forwarded; this is a reverse proxy for one upstream.")
    static let upgradeRefused = OwnAnswer(501, "Upgrade to another protocol than h2c is not forwarded.")

    static func foreignHost(_ host: String) -> OwnAnswer {
        // User information is no part of a host, and may be a secret.
        let name = host.lastIndex(of: "@").map { host[host.index(after: $0)...] } ?? host[...]
        let shown = name.unicodeScalars.prefix(255).map { $0.isASCII && $0.value >= 0x20 ? Character($0) : "?" }
        return OwnAnswer(421, "the host \(String(shown)) is not served here; pass --allow-host to serve it.")
    }

    func bytes(withContent: Bool = true) -> ByteBuffer {
        let head = """
            HTTP/1.1 \(status) \(Self.reason(status))\r
            Content-Type: text/plain; charset=utf-8\r
            Content-Length: \(text.utf8.count + 1)\r
            Connection: close\r
            \r

            """
        return ByteBuffer(string: withContent ? head + text + "\n" : head)
    }

    private static func reason(_ status: Int) -> String {
        switch status {
        case 400: "Bad Request"
        case 421: "Misdirected Request"
        case 431: "Request Header Fields Too Large"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 505: "HTTP Version Not Supported"
        default: "Error"
        }
    }
}
