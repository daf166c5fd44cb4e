import Foundation
import NIOSSL

@testable import MCPTransports

/// Certificates that the `openssl` command makes once for all tests: two authorities, servers and a client.
final class Certificates: Sendable {
    static let shared = Result { try Certificates() }

    let folder: String
    /// Vouches for `server`, `elsewhere` and `client`.
    var authority: String { folder + "/authority.pem" }
    /// Vouches for nobody.
    var stranger: String { folder + "/stranger.pem" }

    private init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/mcp-transports-tests-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["authority", "stranger"] { try make(name, ["basicConstraints=critical,CA:TRUE"], by: nil) }
        let usage = "extendedKeyUsage=serverAuth,clientAuth"
        try make("server", [usage, "subjectAltName=DNS:localhost,IP:127.0.0.1"], by: "authority")
        try make("elsewhere", [usage, "subjectAltName=DNS:elsewhere.example"], by: "authority")
        try make("client", [usage, "subjectAltName=DNS:client"], by: "authority")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// A certificate and its key in `NAME.pem` and `NAME.key`.
    private func make(_ name: String, _ extensions: [String], by authority: String?) throws {
        var arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=\(name)", "-keyout", "\(folder)/\(name).key", "-out", "\(folder)/\(name).pem",
        ]
        for line in extensions { arguments += ["-addext", line] }
        if let authority { arguments += ["-CA", "\(folder)/\(authority).pem", "-CAkey", "\(folder)/\(authority).key"] }
        try Program.run("openssl", arguments)
    }

    /// The context of a server with the certificate of this name.
    func serverContext(
        _ name: String = "server", protocols: [String] = [], asksForCertificate: Bool = false
    ) throws -> NIOSSLContext {
        var settings = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile("\(folder)/\(name).pem").map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: "\(folder)/\(name).key", format: .pem)))
        settings.applicationProtocols = protocols
        if asksForCertificate {
            settings.certificateVerification = .noHostnameVerification
            settings.trustRoots = .file(authority)
        }
        return try NIOSSLContext(configuration: settings)
    }

    /// A client's configuration that trusts the authority.
    var trusting: HTTPClientConfiguration {
        HTTPClientConfiguration(tls: .init(trustRoots: .file(authority)))
    }
}
