extension HTTPClientConfiguration {
    /// Whether requests go through an HTTP proxy.
    ///
    /// A request for an `http` URL is given to the proxy whole (RFC 9112 §3.2.2). For an `https` URL the proxy opens a
    /// tunnel (RFC 9110 §9.3.6), and sees neither requests nor responses.
    public enum Proxy: Sendable, Hashable {
        /// Straight to the server, whatever the environment says.
        case none
        /// As the variables `http_proxy`, `https_proxy` and `no_proxy` say, or the same in capitals. What is in lower
        /// case wins. They are read when a client is made.
        case fromEnvironment
        /// Through the proxy with this URL, `http://[USER:PASSWORD@]HOST[:PORT]`; user and password are percent-decoded
        /// and sent by the scheme Basic (RFC 7617).
        case url(String)
    }
}
