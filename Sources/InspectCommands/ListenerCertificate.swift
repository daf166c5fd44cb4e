import Forwarding
import Foundation

/// The certificate of `--tls-self-signed`: made at the first use for a listening address and kept in the state folder,
/// so that clients have to be told once.
struct ListenerCertificate {
    let certificate: SelfSignedCertificate
    /// The PEM file that clients are to trust.
    let path: String

    /// For loopback names and addresses, and `host`.
    static func load(
        host: String, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> ListenerCertificate {
        var hosts = ["localhost", "127.0.0.1", "::1"]
        var name = "listener"
        if !hosts.contains(host), !["0.0.0.0", "::"].contains(host) {
            hosts.append(host)
            name +=
                "-"
                + host.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") ? String($0) : "_" }
                .joined()
        }
        do {
            let folder = try StateFolder.make(environment)
            let path = "\(folder)/\(name).pem"
            let keyPath = "\(folder)/\(name).key"
            if let kept = SelfSignedCertificate(certificatePEM: text(path), keyPEM: text(keyPath), hosts: hosts) {
                return ListenerCertificate(certificate: kept, path: path)
            }
            let made = try SelfSignedCertificate(hosts: hosts)
            guard StateFolder.write(made.keyPEM, to: keyPath), StateFolder.write(made.certificatePEM, to: path) else {
                throw CommandFailure(
                    .usage,
                    "cannot keep a certificate in \(folder): \(String(cString: strerror(errno))); set XDG_STATE_HOME, or pass --tls-cert and --tls-key"
                )
            }
            return ListenerCertificate(certificate: made, path: path)
        } catch let error as CocoaError {
            throw CommandFailure(
                .usage,
                "cannot keep a certificate in \(StateFolder.path(environment)): \(error.localizedDescription); set XDG_STATE_HOME, or pass --tls-cert and --tls-key"
            )
        }
    }

    private static func text(_ path: String) -> String {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
