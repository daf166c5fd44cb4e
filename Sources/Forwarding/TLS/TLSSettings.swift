/// How an `https` upstream is known, and how the forwarder shows who it is.
package struct UpstreamTLS: Sendable, Hashable {
    /// A file of PEM certificates of the authorities that vouch for it, no others; nil: the system's.
    package var trustFile: String?
    /// Accepts any certificate of anybody, for any name.
    package var acceptsAnyCertificate = false
    /// The certificate shown to an upstream that asks for one, and its key; PEM files.
    package var certificate: CertificateFiles?

    package init() {}
}

/// A certificate and its key in PEM files, the key not encrypted.
package struct CertificateFiles: Sendable, Hashable {
    /// The certificate, followed by those that lead to its authority.
    package var chain: String
    package var key: String

    package init(chain: String, key: String) {
        self.chain = chain
        self.key = key
    }
}

/// How the forwarder proves who it is to clients that speak TLS with it.
package enum ListenerTLS: Sendable, Hashable {
    case files(CertificateFiles)
    /// Text of PEM files: the certificate followed by those that lead to its authority, and its key.
    case pem(chain: [UInt8], key: [UInt8])
}
