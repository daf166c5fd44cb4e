import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// The TLS context of some settings: made once, off the event loop because it reads files, and shared by every
/// connection of every client that has these settings.
final class ClientTLS: Sendable {
    private let made = Mutex<[Bool: NIOSSLContext]>([:])

    /// The context, soon.
    func context(
        for tls: HTTPClientConfiguration.TLS, offersHTTP2: Bool, on eventLoop: any EventLoop
    ) -> EventLoopFuture<NIOSSLContext> {
        if let context = made.withLock({ $0[offersHTTP2] }) { return eventLoop.makeSucceededFuture(context) }
        return NIOThreadPool.singleton.runIfActive(eventLoop: eventLoop) {
            // Two that come at the same time both make one; the second is kept.
            let context = try Self.make(tls, offersHTTP2: offersHTTP2)
            self.made.withLock { $0[offersHTTP2] = context }
            return context
        }
    }

    private static func make(_ tls: HTTPClientConfiguration.TLS, offersHTTP2: Bool) throws -> NIOSSLContext {
        var settings = TLSConfiguration.makeClientConfiguration()
        settings.minimumTLSVersion = .tlsv12
        settings.applicationProtocols = offersHTTP2 ? ["h2", "http/1.1"] : ["http/1.1"]
        settings.shutdownTimeout = .seconds(1)
        if tls.unsafelyAcceptsAnyCertificate { settings.certificateVerification = .none }
        do {
            switch tls.trustRoots {
            case .system: settings.trustRoots = .default
            case .file(let path): settings.trustRoots = .file(path)
            case .pem(let bytes): settings.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(bytes))
            }
        } catch {
            throw HTTPClientError(.tls, "the trust roots are no PEM certificates", cause: error)
        }
        if let certificate = tls.clientCertificate { try present(certificate, in: &settings) }
        do {
            return try NIOSSLContext(configuration: settings)
        } catch {
            throw HTTPClientError(.tls, sentence(error, tls), cause: error)
        }
    }

    private static func present(
        _ certificate: HTTPClientConfiguration.ClientCertificate, in settings: inout TLSConfiguration
    ) throws {
        do {
            switch certificate.source {
            case .files(let chain, let key):
                settings.certificateChain = try NIOSSLCertificate.fromPEMFile(chain).map { .certificate($0) }
                settings.privateKey = .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
            case .pem(let chain, let key):
                settings.certificateChain = try NIOSSLCertificate.fromPEMBytes(chain).map { .certificate($0) }
                settings.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: key, format: .pem))
            }
        } catch {
            throw HTTPClientError(
                .tls, "the \(certificate) or its key cannot be read: both must be PEM, the key not encrypted",
                cause: error)
        }
    }

    private static func sentence(_ error: any Error, _ tls: HTTPClientConfiguration.TLS) -> String {
        let isFile = [.noSuchFilesystemObject, .failedToLoadCertificate].contains(error as? NIOSSLError)
        if case .file(let path) = tls.trustRoots, isFile {
            return "the trust roots in \(path) cannot be read as PEM certificates"
        }
        return tls.clientCertificate.map { "the \($0) does not fit its key" } ?? "TLS cannot be set up"
    }
}
