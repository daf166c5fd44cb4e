import NIOCore
import NIOPosix
import NIOSSL

/// The TLS of both sides of a forwarder, as far as it has any: made once, shared by all connections.
///
/// TLS 1.2 and 1.3; HTTP/1.1 is the only protocol offered (ALPN, RFC 7301), because nothing else is forwarded.
struct TLSContexts: Sendable {
    let client: NIOSSLContext?
    let upstream: NIOSSLContext?
    /// The name sent to the upstream (SNI, RFC 6066 §3) and expected of it; nil where it is an address, which then is
    /// what is expected.
    let upstreamName: String?

    /// Reads the files. Throws when one cannot be used.
    init(_ configuration: ForwarderConfiguration) throws(ForwarderError) {
        let origin = configuration.upstream
        let isUsed = configuration.listenerTLS != nil || origin.isSecure
        let file = isUsed ? configuration.keyLogFile : nil
        let keyLog = try file.map { path throws(ForwarderError) in try TLSKeyLog(path: path) }
        client = try configuration.listenerTLS.map { tls throws(ForwarderError) in try Self.listener(tls, keyLog) }
        upstream = origin.isSecure ? try Self.upstream(configuration.upstreamTLS, keyLog) : nil
        let isAddress = (try? SocketAddress(ipAddress: origin.host, port: origin.port)) != nil
        upstreamName = isAddress ? nil : origin.host
    }

    func context(of side: Side) -> NIOSSLContext? { side == .client ? client : upstream }

    private static func listener(_ tls: ListenerTLS, _ keyLog: TLSKeyLog?) throws(ForwarderError) -> NIOSSLContext {
        let pair: CertificatePair
        switch tls {
        case .files(let files): pair = try CertificatePair(files, options: ("--tls-cert", "--tls-key"))
        case .pem(let chain, let key): pair = try CertificatePair(chain: chain, key: key)
        }
        var settings = TLSConfiguration.makeServerConfiguration(
            certificateChain: pair.chain.map { .certificate($0) }, privateKey: .privateKey(pair.key))
        settings.minimumTLSVersion = .tlsv12
        settings.applicationProtocols = ["http/1.1"]
        settings.shutdownTimeout = .seconds(1)
        settings.keyLogCallback = keyLog.map(Self.logging)
        do {
            return try NIOSSLContext(configuration: settings)
        } catch {
            throw ForwarderError(
                .unusableCertificate, "cannot serve TLS with this certificate; check --tls-cert and --tls-key",
                cause: error)
        }
    }

    private static func upstream(_ tls: UpstreamTLS, _ keyLog: TLSKeyLog?) throws(ForwarderError) -> NIOSSLContext {
        var settings = TLSConfiguration.makeClientConfiguration()
        settings.minimumTLSVersion = .tlsv12
        settings.applicationProtocols = ["http/1.1"]
        settings.shutdownTimeout = .seconds(1)
        settings.keyLogCallback = keyLog.map(Self.logging)
        if tls.acceptsAnyCertificate { settings.certificateVerification = .none }
        if let file = tls.trustFile { settings.trustRoots = .file(file) }
        if let files = tls.certificate {
            let pair = try CertificatePair(files, options: ("--cert", "--key"))
            settings.certificateChain = pair.chain.map { .certificate($0) }
            settings.privateKey = .privateKey(pair.key)
        }
        do {
            return try NIOSSLContext(configuration: settings)
        } catch {
            let isFile = [.noSuchFilesystemObject, .failedToLoadCertificate].contains(error as? NIOSSLError)
            guard let file = tls.trustFile, isFile || tls.certificate == nil else { throw unusable(tls, cause: error) }
            throw ForwarderError(
                .unusableCertificate,
                "cannot trust the authorities in \(file): they cannot be read as PEM certificates; check --cacert",
                cause: error)
        }
    }

    private static func logging(_ log: TLSKeyLog) -> NIOSSLKeyLogCallback { { log.write($0) } }

    private static func unusable(_ tls: UpstreamTLS, cause: any Error) -> ForwarderError {
        let files = tls.certificate.map { "\($0.chain) and \($0.key)" } ?? "these settings"
        return ForwarderError(
            .unusableCertificate,
            "cannot show a certificate with \(files): a PEM certificate and its unencrypted PEM key are needed; check --cert and --key",
            cause: cause)
    }
}
