import ArgumentParser
import Foundation
import MCPTransports

/// How a server over TLS is known, and how we show who we are.
struct TLSOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Trust the authorities in this PEM file, and no others. SSL_CERT_FILE says the same.", valueName: "file"))
    var cacert: String?

    @Flag(name: [.customShort("k"), .long], help: "Accept any certificate. For experiments alone.")
    var insecure = false

    @Option(
        help: ArgumentHelp("Show this certificate (PEM) to a server that asks for one.", valueName: "file"))
    var cert: String?

    @Option(help: ArgumentHelp("The key of --cert (PEM); without it the key is in the same file.", valueName: "file"))
    var key: String?

    /// What `--cacert` gave, or its variables.
    var trustFile: String? {
        if let file = cacert ?? Environment.text("CACERT") { return file }
        let file = ProcessInfo.processInfo.environment["SSL_CERT_FILE"] ?? ""
        return file.isEmpty ? nil : file
    }

    /// Where the secrets of TLS sessions go, for tools that read what was captured of them.
    var keyLogFile: String? {
        let file = ProcessInfo.processInfo.environment["SSLKEYLOGFILE"] ?? ""
        return file.isEmpty ? nil : file
    }

    var acceptsAnyCertificate: Bool { insecure || Environment.flag("INSECURE") }

    /// The files of the certificate to show and of its key.
    var certificate: (chain: String, key: String)? {
        get throws {
            let key = key ?? Environment.text("KEY")
            guard let chain = cert ?? Environment.text("CERT") else {
                guard key == nil else {
                    throw CommandFailure(.usage, "--key is of no use without its certificate; pass that with --cert")
                }
                return nil
            }
            return (chain, key ?? chain)
        }
    }
}

extension TLSOptions {
    /// Has a client keep to them.
    func configure(_ http: inout HTTPClientConfiguration) throws {
        if let trustFile { http.tls.trustRoots = .file(trustFile) }
        http.tls.unsafelyAcceptsAnyCertificate = acceptsAnyCertificate
        http.tls.clientCertificate = try certificate.map { .init(chainFile: $0.chain, keyFile: $0.key) }
    }
}
