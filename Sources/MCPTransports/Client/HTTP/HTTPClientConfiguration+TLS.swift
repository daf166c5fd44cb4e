extension HTTPClientConfiguration {
    /// How servers of `https` URLs are trusted, and how the client shows who it is. TLS 1.2 and 1.3 are spoken.
    ///
    /// Copies share what was read from files, so one value made once serves any number of clients. Files are read by
    /// the first connection; what is wrong with them ends its request with ``HTTPClientError/Code/tls``.
    public struct TLS: Sendable {
        /// Which authorities vouch for servers. The system's unless set.
        public var trustRoots: TrustRoots { didSet { shared = ClientTLS() } }
        /// The certificate with which the client shows who it is, where the server asks for one; nil has none.
        public var clientCertificate: ClientCertificate? { didSet { shared = ClientTLS() } }
        /// The name that the server's certificate must carry and that is sent in the handshake (SNI, RFC 6066 §3), where
        /// it is another than the host of the URL.
        public var serverName: String?
        /// Accepts any certificate of anybody. Whoever is on the way can then read and change everything, credentials
        /// included; meant for experiments only. To trust one server with a certificate of its own making, name that
        /// certificate in ``trustRoots``.
        public var unsafelyAcceptsAnyCertificate: Bool { didSet { shared = ClientTLS() } }
        /// What was made of the settings above; a new one for every change of them.
        private(set) var shared = ClientTLS()

        /// The settings named.
        public init(
            trustRoots: TrustRoots = .system, clientCertificate: ClientCertificate? = nil, serverName: String? = nil,
            unsafelyAcceptsAnyCertificate: Bool = false
        ) {
            self.trustRoots = trustRoots
            self.clientCertificate = clientCertificate
            self.serverName = serverName
            self.unsafelyAcceptsAnyCertificate = unsafelyAcceptsAnyCertificate
        }
    }

    /// Which authorities vouch for servers.
    public enum TrustRoots: Sendable, Hashable {
        /// Those of the operating system.
        case system
        /// Those in a file of PEM certificates, or in a folder of such files as `openssl rehash` prepares it.
        case file(String)
        /// Those in the text of PEM certificates.
        case pem([UInt8])
    }

    /// A certificate with its private key. Its description does not show them.
    public struct ClientCertificate: Sendable, Hashable, CustomStringConvertible {
        enum Source: Sendable, Hashable {
            case files(chain: String, key: String)
            case pem(chain: [UInt8], key: [UInt8])
        }

        let source: Source

        /// Read from two PEM files: the certificate followed by those that lead to its authority, and its key, which
        /// must not be encrypted.
        public init(chainFile: String, keyFile: String) { source = .files(chain: chainFile, key: keyFile) }

        /// Read from the text of two such files.
        public init(chainPEM: [UInt8], keyPEM: [UInt8]) { source = .pem(chain: chainPEM, key: keyPEM) }

        /// Where the certificate is, for people.
        public var description: String {
            switch source {
            case .files(let chain, _): "client certificate in \(chain)"
            case .pem: "client certificate"
            }
        }
    }
}
