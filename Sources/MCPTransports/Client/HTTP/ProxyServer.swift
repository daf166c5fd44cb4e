import Glibc
import WireFormats

/// An HTTP proxy.
struct ProxyServer: Sendable, Hashable {
    let url: HTTPURL
    /// The value of `Proxy-Authorization` (RFC 7617 §2), nil where the URL has no user.
    let authorization: String?

    /// The proxy for an origin; nil when there is to be none.
    init?(
        for origin: HTTPURL, _ setting: HTTPClientConfiguration.Proxy, environment: (String) -> String?
    ) throws(HTTPClientError) {
        switch setting {
        case .none: return nil
        case .url(let text): try self.init(url: text)
        case .fromEnvironment:
            let name = origin.isSecure ? "https_proxy" : "http_proxy"
            func value(_ name: String) -> String? { environment(name) ?? environment(name.uppercased()) }
            guard let text = value(name), !text.isEmpty else { return nil }
            guard !ProxyExceptions(value("no_proxy") ?? "").contain(host: origin.host, port: origin.port) else {
                return nil
            }
            try self.init(url: text.contains("://") ? text : "http://\(text)")
        }
    }

    /// Reads `http://[USER[:PASSWORD]@]HOST[:PORT]`.
    private init(url text: String) throws(HTTPClientError) {
        var text = text
        var userInformation: Substring?
        if let scheme = text.firstRange(of: "://") {
            let authority = text[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
            if let at = authority.lastIndex(of: "@") {
                userInformation = authority[..<at]
                text.removeSubrange(authority.startIndex...at)
            }
        }
        do throws(HTTPURLError) {
            url = try HTTPURL(text)
        } catch {
            throw HTTPClientError(.proxy, "the proxy's URL cannot be used: \(error)", cause: error)
        }
        guard !url.isSecure else {
            throw HTTPClientError(.proxy, "the proxy's URL starts with https://; proxies are spoken to by http:// only")
        }
        authorization = userInformation.map { "Basic \(Self.base64(Self.credentials($0)))" }
    }

    /// `USER:PASSWORD`, both percent-decoded.
    private static func credentials(_ text: Substring) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return text.utf8.contains(UInt8(ascii: ":")) ? bytes : bytes + [UInt8(ascii: ":")]
    }

    /// RFC 4648 §4.
    static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let word = group.reduce(0) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
            for place in 0..<4 {
                text.append(
                    place <= group.count ? alphabet[Int(word >> (18 - 6 * UInt32(place)) & 63)] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// A variable of this process's environment.
    static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
