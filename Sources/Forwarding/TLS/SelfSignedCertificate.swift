import Crypto
import Foundation
import Glibc
import SwiftASN1
import X509

/// A certificate that vouches for itself, so that a listener can speak TLS without an authority; whoever is to trust it
/// is given the certificate. With it nobody can vouch for anything else.
package struct SelfSignedCertificate: Sendable {
    package let certificatePEM: String
    package let keyPEM: String
    /// SHA-256 of the certificate, in hex with colons.
    package let fingerprint: String

    /// As long as programs take of such a certificate (825 days) and far over what one forgets.
    private static let lifetime: TimeInterval = 397 * 86_400
    private static let remainder: TimeInterval = 7 * 86_400

    /// A fresh one, with a key of its own, for these names and addresses.
    package init(hosts: [String], now: Date = Date()) throws(ForwarderError) {
        do {
            let key = P256.Signing.PrivateKey()
            let name = try DistinguishedName { CommonName("mcp-inspect on \(hosts.first ?? "localhost")") }
            let publicKey = Certificate.PublicKey(key.publicKey)
            let certificate = try Certificate(
                version: .v3, serialNumber: .init(), publicKey: publicKey,
                // Clocks of virtual machines differ.
                notValidBefore: now - 3600, notValidAfter: now + Self.lifetime, issuer: name, subject: name,
                signatureAlgorithm: .ecdsaWithSHA256,
                extensions: Certificate.Extensions {
                    Critical(BasicConstraints.notCertificateAuthority)
                    try ExtendedKeyUsage([.serverAuth, .clientAuth])
                    SubjectAlternativeNames(hosts.map(Self.generalName))
                    SubjectKeyIdentifier(hash: publicKey)
                }, issuerPrivateKey: .init(key))
            self.init(certificate, try certificate.serializeAsPEM(), keyPEM: key.pemRepresentation)
        } catch {
            throw ForwarderError(
                .unusableCertificate,
                "cannot make a certificate for \(hosts.joined(separator: ", ")); pass one with --tls-cert and --tls-key",
                cause: error)
        }
    }

    /// One that was made before; nil where it is none, does not fit its key, lacks one of the names or addresses, or
    /// ends within a week.
    package init?(certificatePEM: String, keyPEM: String, hosts: [String], now: Date = Date()) {
        guard let certificate = try? Certificate(pemEncoded: certificatePEM),
            let pem = try? PEMDocument(pemString: certificatePEM),
            let key = try? P256.Signing.PrivateKey(pemRepresentation: keyPEM),
            certificate.publicKey == Certificate.PublicKey(key.publicKey),
            certificate.notValidBefore <= now, certificate.notValidAfter > now + Self.remainder,
            let names = try? certificate.extensions.subjectAlternativeNames,
            hosts.map(Self.generalName).allSatisfy({ names.contains($0) })
        else { return nil }
        self.init(certificate, pem, keyPEM: keyPEM)
    }

    private init(_ certificate: Certificate, _ pem: PEMDocument, keyPEM: String) {
        certificatePEM = pem.pemString + "\n"
        self.keyPEM = keyPEM + (keyPEM.hasSuffix("\n") ? "" : "\n")
        fingerprint = SHA256.hash(data: pem.derBytes)
            .map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true) }.joined(separator: ":")
    }

    private static func generalName(_ host: String) -> GeneralName {
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: count)
            if inet_pton(family, host, &bytes) == 1 { return .ipAddress(ASN1OctetString(contentBytes: bytes[...])) }
        }
        return .dnsName(host)
    }
}
