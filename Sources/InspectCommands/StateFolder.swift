import Foundation

/// The user's state folder of this program: what is made once and kept. (XDG Base Directory)
enum StateFolder {
    static func path(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
        let state = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return (state ?? (environment["HOME"] ?? NSHomeDirectory()) + "/.local/state") + "/mcp-inspect"
    }

    /// Makes it, readable by its owner alone.
    static func make(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws -> String {
        let folder = path(environment)
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        return folder
    }

    /// Writes a file that its owner alone reads, whole or not at all.
    static func write(_ text: String, to path: String) -> Bool {
        let draft = "\(path).\(ProcessInfo.processInfo.processIdentifier)"
        unlink(draft)
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { return false }
        let bytes = Array(text.utf8)
        let written = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        close(file)
        guard written == bytes.count, rename(draft, path) == 0 else {
            unlink(draft)
            return false
        }
        return true
    }
}
