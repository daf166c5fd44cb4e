import Foundation
import Traffic

/// The key that masks secrets: 32 random bytes in the user's state folder, outside every capture, readable by its
/// owner alone. Made at the first use and kept, so that equal secrets are equal in all captures.
enum RedactionKey {
    static func load(environment: [String: String] = ProcessInfo.processInfo.environment) throws -> [UInt8] {
        let path = StateFolder.path(environment) + "/redaction.key"
        if let key = try read(path) { return key }
        guard (try? StateFolder.make(environment)) != nil else { throw failure(path) }
        let key = make()
        // Written beside and linked into place: of two first uses at once one key wins, and none is ever seen half.
        let draft = "\(path).\(ProcessInfo.processInfo.processIdentifier)"
        defer { unlink(draft) }
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure(path) }
        let written = key.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        fsync(file)
        close(file)
        guard written == key.count else { throw failure(path) }
        if link(draft, path) == 0 { return key }
        guard let other = try read(path) else { throw failure(path) }
        return other
    }

    /// The key, or where that can be neither read nor kept one that is forgotten.
    static func loadOrMake() -> [UInt8] { (try? load()) ?? make() }

    private static func make() -> [UInt8] {
        var random = SystemRandomNumberGenerator()
        return (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    private static func read(_ path: String) throws -> [UInt8]? {
        guard let data = FileManager.default.contents(atPath: path) else {
            if FileManager.default.fileExists(atPath: path) { throw failure(path) }
            return nil
        }
        guard data.count == 32 else {
            throw CommandFailure(.usage, "\(path) is not a redaction key of 32 bytes; move it away to get a new one")
        }
        return Array(data)
    }

    private static func failure(_ path: String) -> CommandFailure {
        CommandFailure(
            .usage,
            "cannot keep the redaction key in \(path): \(String(cString: strerror(errno))); set XDG_STATE_HOME, or pass --no-redact"
        )
    }
}
