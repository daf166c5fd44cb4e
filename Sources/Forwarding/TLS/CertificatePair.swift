import Glibc
import NIOSSL

/// A certificate, those that vouch for it, and its key, which belong together.
struct CertificatePair {
    let chain: [NIOSSLCertificate]
    let key: NIOSSLPrivateKey

    init(chain: [UInt8], key: [UInt8]) throws(ForwarderError) {
        do {
            self.chain = try NIOSSLCertificate.fromPEMBytes(chain)
            self.key = try NIOSSLPrivateKey(bytes: key, format: .pem)
        } catch {
            throw ForwarderError(
                .unusableCertificate, "cannot use the certificate that is kept; remove it", cause: error)
        }
    }

    /// Reads the files; what is wrong is said of the one that it is wrong with. `options`: what names them.
    init(_ files: CertificateFiles, options: (chain: String, key: String)) throws(ForwarderError) {
        try Self.requireFile(files.chain, options.chain)
        try Self.requireFile(files.key, options.key)
        do {
            chain = try NIOSSLCertificate.fromPEMFile(files.chain)
            guard !chain.isEmpty else { throw NIOSSLError.failedToLoadCertificate }
        } catch {
            throw Self.unusable("\(files.chain) holds no certificate in PEM; check \(options.chain)", error)
        }
        do {
            key = try NIOSSLPrivateKey(file: files.key, format: .pem)
        } catch {
            let advice = files.key == files.chain ? "pass its file with" : "check"
            throw Self.unusable("\(files.key) holds no unencrypted key in PEM; \(advice) \(options.key)", error)
        }
        do {
            // Only together do they show whether they fit.
            _ = try NIOSSLContext(
                configuration: .makeServerConfiguration(
                    certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key)))
        } catch {
            throw Self.unusable(
                "the key in \(files.key) is not that of the certificate in \(files.chain); check \(options.chain) and \(options.key)",
                error)
        }
    }

    private static func requireFile(_ path: String, _ option: String) throws(ForwarderError) {
        guard access(path, R_OK) == 0 else {
            throw unusable("cannot read \(path): \(String(cString: strerror(errno))); check \(option)", nil)
        }
    }

    private static func unusable(_ sentence: String, _ cause: (any Error)?) -> ForwarderError {
        ForwarderError(.unusableCertificate, sentence, cause: cause)
    }
}
