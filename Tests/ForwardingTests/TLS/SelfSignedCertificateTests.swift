import Forwarding
import Foundation
import NIOSSL
import Testing

@Suite("A certificate that vouches for itself")
struct SelfSignedCertificateTests {
    private static let hosts = ["localhost", "127.0.0.1", "::1"]

    @Test func `It is read by others, has the names and the fingerprint of its bytes`() throws {
        let made = try SelfSignedCertificate(hosts: Self.hosts)
        let read = try #require(try NIOSSLCertificate.fromPEMBytes(Array(made.certificatePEM.utf8)).first)
        #expect(read._subjectAlternativeNames().count == 3)
        #expect(
            try NIOSSLPrivateKey(bytes: Array(made.keyPEM.utf8), format: .pem)
                == NIOSSLPrivateKey(bytes: Array(made.keyPEM.utf8), format: .pem))
        #expect(made.fingerprint.count == 32 * 3 - 1)
        #expect(try SelfSignedCertificate(hosts: Self.hosts).fingerprint != made.fingerprint)
    }

    @Test func `One made before is taken while it fits`() throws {
        let made = try SelfSignedCertificate(hosts: Self.hosts)
        func again(_ hosts: [String], key: String? = nil, now: Date = Date()) -> String? {
            SelfSignedCertificate(
                certificatePEM: made.certificatePEM, keyPEM: key ?? made.keyPEM, hosts: hosts, now: now)?.fingerprint
        }
        #expect(again(["localhost"]) == made.fingerprint)
        #expect(again(Self.hosts) == made.fingerprint)
        #expect(again(Self.hosts + ["10.0.0.1"]) == nil)
        #expect(again(Self.hosts, key: try SelfSignedCertificate(hosts: Self.hosts).keyPEM) == nil)
        #expect(again(Self.hosts, now: Date() + 392 * 86_400) == nil)
        #expect(again(Self.hosts, now: Date() - 2 * 86_400) == nil)
        #expect(SelfSignedCertificate(certificatePEM: "", keyPEM: "", hosts: []) == nil)
    }
}
