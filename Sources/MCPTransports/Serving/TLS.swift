import NIOSSL

extension SSEServerTransport {
    /// How a server proves who it is. It speaks HTTP/1.1 over TLS and offers nothing else by ALPN: one event stream is one
    /// connection.
    public struct TLS: Sendable, Hashable {
        /// A file with the certificate and those that vouch for it, in PEM, the own one first.
        public var certificateChainFile: String
        /// A file with the private key in PEM.
        public var privateKeyFile: String

        /// Files that are read when the transport starts.
        public init(certificateChainFile: String, privateKeyFile: String) {
            self.certificateChainFile = certificateChainFile
            self.privateKeyFile = privateKeyFile
        }

        /// - Throws: ``ConfigurationError`` when a file cannot be read or does not fit.
        func context() throws(ConfigurationError) -> NIOSSLContext {
            do {
                let chain = try NIOSSLCertificate.fromPEMFile(certificateChainFile)
                let key = try NIOSSLPrivateKey(file: privateKeyFile, format: .pem)
                var configuration = TLSConfiguration.makeServerConfiguration(
                    certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
                configuration.applicationProtocols = ["http/1.1"]
                return try NIOSSLContext(configuration: configuration)
            } catch {
                throw ConfigurationError(
                    description:
                        "TLS cannot be served with \(certificateChainFile) and \(privateKeyFile): \(error).")
            }
        }
    }
}
