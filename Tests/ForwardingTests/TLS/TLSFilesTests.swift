import Forwarding
import Foundation
import Testing

extension SocketTests {
    @Suite("Files that TLS reads and writes", .timeLimit(.minutes(2)))
    struct TLSFilesTests {
        private let certificates: TestCertificates

        init() throws { certificates = try TestCertificates.shared.get() }

        @Test func `Files that cannot be used are one sentence that names the option`() async throws {
            let folder = certificates.folder
            func sentence(
                _ code: ForwarderError.Code = .unusableCertificate, _ configure: (inout ForwarderConfiguration) -> Void
            ) async throws -> String? {
                var configuration = ForwarderConfiguration(upstream: try UpstreamOrigin("https://127.0.0.1:1"))
                configuration.listenPort = 0
                configure(&configuration)
                let forwarder = Forwarder(configuration: configuration)
                let error = await #expect(throws: ForwarderError.self) { try await forwarder.run() }
                #expect(error?.code == code)
                return error?.message
            }
            #expect(try await sentence { $0.upstreamTLS.trustFile = "/nowhere.pem" }?.contains("--cacert") == true)
            let swapped = CertificateFiles(chain: "\(folder)/other.pem", key: "\(folder)/own.key")
            #expect(try await sentence { $0.upstreamTLS.certificate = swapped }?.contains("--cert") == true)
            #expect(
                try await sentence { $0.listenerTLS = .files(swapped) }
                    == "the key in \(folder)/own.key is not that of the certificate in \(folder)/other.pem; check --tls-cert and --tls-key"
            )
            let missing = CertificateFiles(chain: "/nowhere.pem", key: "\(folder)/own.key")
            #expect(
                try await sentence { $0.listenerTLS = .files(missing) }
                    == "cannot read /nowhere.pem: No such file or directory; check --tls-cert")
            let keyless = CertificateFiles(chain: "\(folder)/own.pem", key: "\(folder)/own.pem")
            #expect(
                try await sentence { $0.listenerTLS = .files(keyless) }
                    == "\(folder)/own.pem holds no unencrypted key in PEM; pass its file with --tls-key")
            let certless = CertificateFiles(chain: "\(folder)/own.key", key: "\(folder)/own.key")
            #expect(
                try await sentence { $0.upstreamTLS.certificate = certless }
                    == "\(folder)/own.key holds no certificate in PEM; check --cert")
            let log = try await sentence(.unusableKeyLog) { $0.keyLogFile = "\(folder)/none/keys" }
            #expect(log?.contains("SSLKEYLOGFILE") == true)
        }

        @Test func `Secrets of both sides are appended to the key log, which is its owner's alone`() async throws {
            let path = "\(certificates.folder)/keys-\(UUID().uuidString)"
            try await RunningForwarder.run(tls: .both, configure: { $0.keyLogFile = path }) { forwarder in
                let (client, server) = try forwarder.exchange()
                client.close()
                server.close()
            }
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            let secrets = lines.filter { $0.hasPrefix("CLIENT_TRAFFIC_SECRET_0 ") }.map { $0.split(separator: " ") }
            // Two sessions, told apart by the client's random: 32 bytes in hexadecimal.
            #expect(Set(secrets.map { $0[1] }).count == 2)
            #expect(secrets.allSatisfy { $0.count == 3 && $0[1].count == 64 && $0[2].count >= 64 })
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }
}
