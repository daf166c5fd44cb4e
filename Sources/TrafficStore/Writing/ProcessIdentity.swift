import Glibc

/// Which process writes a recording, so that whoever opens the file later knows whether it still runs: process ids
/// come round again, but not with the same start time in the same boot.
package struct ProcessIdentity: Sendable, Hashable {
    package var pid: Int64
    /// Clock ticks since boot. (`proc(5)`: field 22 of `/proc/<pid>/stat`)
    package var started: Int64
    package var bootID: String

    package init(pid: Int64, started: Int64, bootID: String) {
        self.pid = pid
        self.started = started
        self.bootID = bootID
    }

    /// The calling process.
    package static var current: ProcessIdentity {
        let pid = Int64(getpid())
        return ProcessIdentity(pid: pid, started: state(of: pid)?.started ?? 0, bootID: currentBootID)
    }

    /// A process that runs now, or nil where there is none of that id.
    package static func running(pid: Int64) -> ProcessIdentity? {
        state(of: pid).map { ProcessIdentity(pid: pid, started: $0.started, bootID: currentBootID) }
    }

    /// Whether that very process still runs. One that was killed but not yet waited for does not.
    package var isRunning: Bool {
        guard bootID == Self.currentBootID, let state = Self.state(of: pid) else { return false }
        return state.started == started && state.letter != "Z" && state.letter != "X"
    }

    static var currentBootID: String {
        let text = contents(of: "/proc/sys/kernel/random/boot_id") ?? ""
        return String(text.prefix(while: { $0 != "\n" }))
    }

    private static func state(of pid: Int64) -> (letter: Substring, started: Int64)? {
        guard let text = contents(of: "/proc/\(pid)/stat"), let name = text.lastIndex(of: ")") else { return nil }
        // The second field, a name in parentheses, may hold anything; the third follows it.
        let fields = text[text.index(after: name)...].split(separator: " ")
        guard fields.count > 19, let started = Int64(fields[19]) else { return nil }
        return (fields[0], started)
    }

    private static func contents(of path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(file, &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }
}
