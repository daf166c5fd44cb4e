import WireFormats

/// How to get to an origin.
struct Route: Sendable {
    let origin: HTTPURL
    /// The proxy to ask, or why that cannot be told.
    let proxy: Result<ProxyServer?, HTTPClientError>

    init(
        to origin: HTTPURL, proxy: HTTPClientConfiguration.Proxy,
        environment: (String) -> String? = ProxyServer.variable
    ) {
        self.origin = origin
        do throws(HTTPClientError) {
            self.proxy = .success(try ProxyServer(for: origin, proxy, environment: environment))
        } catch {
            self.proxy = .failure(error)
        }
    }

    /// The server for people.
    var peer: String { Self.named(origin) }

    static func named(_ url: HTTPURL) -> String {
        url.host.utf8.contains(UInt8(ascii: ":")) ? "[\(url.host)]:\(url.port)" : "\(url.host):\(url.port)"
    }

    /// How requests are spelled on a connection of this route.
    func requestEncoder(userAgent: String) -> HTTP1RequestEncoder {
        var encoder = HTTP1RequestEncoder(authority: origin.authority, userAgent: userAgent)
        if !origin.isSecure, let proxy = try? proxy.get() {
            encoder.targetPrefix = origin.origin
            encoder.proxyAuthorization = proxy.authorization
        }
        return encoder
    }
}
