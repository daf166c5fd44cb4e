import Glibc
import NIOCore

/// A file that gets the secrets of TLS sessions, a line each, so that tools such as Wireshark can read what was captured
/// of them. (NSS key log format, as in the environment variable SSLKEYLOGFILE)
///
/// Open as long as anybody holds it. Lines are appended whole, also where several processes share the file.
final class TLSKeyLog: Sendable {
    private let descriptor: Int32

    /// Throws when the file cannot be appended to. One that is made is its owner's alone.
    init(path: String) throws(ForwarderError) {
        descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw ForwarderError(
                .unusableKeyLog,
                "cannot write TLS secrets to \(path): \(String(cString: strerror(errno))); change or unset SSLKEYLOGFILE"
            )
        }
    }

    deinit { close(descriptor) }

    /// Appends a line, its end included. One that cannot be written is let go: traffic does not care.
    func write(_ line: ByteBuffer) {
        line.withUnsafeReadableBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            _ = Glibc.write(descriptor, base, bytes.count)
        }
    }
}
