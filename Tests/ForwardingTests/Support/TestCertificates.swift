import Forwarding
import Foundation
import NIOSSL

/// A certificate for `localhost` and `127.0.0.1`, one for another name, and the contexts of peers that have them.
final class TestCertificates: Sendable {
    static let shared = Result { try TestCertificates() }

    let folder: String
    let own: SelfSignedCertificate
    /// For another name.
    let other: SelfSignedCertificate

    private init() throws {
        own = try SelfSignedCertificate(hosts: ["localhost", "127.0.0.1"])
        other = try SelfSignedCertificate(hosts: ["elsewhere.test"])
        folder = FileManager.default.temporaryDirectory.path + "/forwarding-tests-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, text) in [
            ("own.pem", own.certificatePEM), ("own.key", own.keyPEM), ("other.pem", other.certificatePEM),
        ] {
            try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var listener: ListenerTLS { .pem(chain: Array(own.certificatePEM.utf8), key: Array(own.keyPEM.utf8)) }

    var upstream: UpstreamTLS {
        var tls = UpstreamTLS()
        tls.trustFile = "\(folder)/own.pem"
        return tls
    }

    private static func source(_ certificate: SelfSignedCertificate) throws -> [NIOSSLCertificateSource] {
        try NIOSSLCertificate.fromPEMBytes(Array(certificate.certificatePEM.utf8)).map { .certificate($0) }
    }

    /// A client that trusts the own certificate, or only the other.
    func clientContext(trustsOther: Bool = false) throws -> NIOSSLContext {
        var settings = TLSConfiguration.makeClientConfiguration()
        settings.trustRoots = .file("\(folder)/\(trustsOther ? "other" : "own").pem")
        return try NIOSSLContext(configuration: settings)
    }

    /// A server; `asks`: for the client's certificate, which must be the own one.
    func serverContext(
        _ certificate: SelfSignedCertificate? = nil, asks: Bool = false, maximum: TLSVersion? = nil
    ) throws -> NIOSSLContext {
        let certificate = certificate ?? own
        var settings = TLSConfiguration.makeServerConfiguration(
            certificateChain: try Self.source(certificate),
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(certificate.keyPEM.utf8), format: .pem)))
        settings.applicationProtocols = ["h2", "http/1.1"]
        settings.maximumTLSVersion = maximum
        if asks {
            settings.certificateVerification = .noHostnameVerification
            settings.trustRoots = .file("\(folder)/own.pem")
        }
        return try NIOSSLContext(configuration: settings)
    }
}
