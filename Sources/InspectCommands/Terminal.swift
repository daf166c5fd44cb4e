import Foundation
import Synchronization

/// What goes to the person: lines to standard output and error, each whole, from any thread.
enum Terminal {
    private static let lock = Mutex(())
    private static let hasReader = Atomic(true)

    /// Whether somebody still takes what is written: false once a pipe's reader has gone away, also where nothing was
    /// written since. (POSIX poll: POLLERR)
    static var isOpen: Bool {
        guard hasReader.load(ordering: .relaxed) else { return false }
        var output = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
        return poll(&output, 1, 0) <= 0 || output.revents & Int16(POLLERR) == 0
    }

    static func line(_ text: String) {
        write(text + "\n", to: STDOUT_FILENO)
    }

    static func error(_ text: String) {
        write(text + "\n", to: STDERR_FILENO)
    }

    /// Bytes as they are.
    static func raw(_ bytes: [UInt8]) {
        lock.withLock { _ in
            bytes.withUnsafeBytes { put($0, to: STDOUT_FILENO) }
        }
    }

    static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }

    /// Whether standard output is a terminal on which lines can be drawn anew.
    static var canRedraw: Bool {
        isatty(STDOUT_FILENO) == 1 && !["", "dumb"].contains(ProcessInfo.processInfo.environment["TERM"] ?? "")
    }

    /// How many rows it has.
    static var rows: Int {
        var size = winsize()
        return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_row > 0 ? Int(size.ws_row) : 24
    }

    /// Whether colour may be used on standard output. (no-color.org)
    static var hasColour: Bool {
        isatty(STDOUT_FILENO) == 1 && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
    }

    private static func write(_ text: String, to descriptor: Int32) {
        lock.withLock { _ in
            var text = text
            text.withUTF8 { put(UnsafeRawBufferPointer($0), to: descriptor) }
        }
    }

    private static func put(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            // A reader that went away (`| head`) ends the output, not the program's work.
            guard count > 0 else { return hasReader.store(false, ordering: .relaxed) }
            rest = rest.dropFirst(count)
        }
    }
}
