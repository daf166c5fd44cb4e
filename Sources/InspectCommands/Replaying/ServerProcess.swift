import Foundation
import Glibc
import Synchronization
import WireFormats

/// A server that was started for a replay, in a process group of its own, so that what it starts ends with it.
///
/// Its output goes to a file that is gone with it; the last line of it says why it did not start.
final class ServerProcess: Sendable {
    let words: [String]
    private let group: ProcessGroup
    private let output: String

    /// Starts what is to listen at the URL's port. Throws where the program cannot be run, or where somebody listens there
    /// already, who would be taken for it. Blocks meanwhile.
    init(_ words: [String], for url: HTTPURL) throws {
        guard !ListeningPort.isOpen(url.host, url.port) else {
            throw CommandFailure(
                .usage,
                "something listens on \(url.host):\(url.port) already, before \(words[0].visible) is started; end it, or "
                    + "give another port to both the command and --target")
        }
        self.words = words
        output = NSTemporaryDirectory() + "/mcp-inspect-server-\(UUID().uuidString)"
        do {
            group = try ProcessGroup(words, output: output)
        } catch {
            unlink(output)
            throw CommandFailure(
                .usage,
                "cannot start \(words[0].visible): \(String(cString: strerror(error.code))); check the command behind --"
            )
        }
    }

    /// Returns when somebody accepts connections at the URL's port. Throws when the server ends before or the time is over,
    /// and `CancellationError` when `isCancelled` says so. Blocks meanwhile.
    func waitForPort(of url: HTTPURL, within limit: Duration, isCancelled: () -> Bool) throws {
        let deadline = ContinuousClock.now + limit
        while true {
            let isOpen = ListeningPort.isOpen(url.host, url.port)
            guard group.isAlive else {
                throw CommandFailure(
                    .unreachable, "\(words[0].visible) ended before it listened\(group.outcome)\(lastWords)")
            }
            if isOpen { return }
            guard !isCancelled() else { throw CancellationError() }
            guard ContinuousClock.now < deadline else {
                throw CommandFailure(
                    .unreachable,
                    "\(words[0].visible) does not listen on \(url.host):\(url.port) after \(limit.components.seconds) s; "
                        + "give the port that it listens on with --target\(lastWords)")
            }
            usleep(30_000)
        }
    }

    /// That it ended by itself, in a sentence; nil while it runs. What listens no more has a moment to end. Blocks
    /// meanwhile.
    func ending(at url: HTTPURL) -> String? {
        let deadline = ContinuousClock.now + .seconds(1)
        while group.isAlive {
            guard !ListeningPort.isOpen(url.host, url.port), ContinuousClock.now < deadline else { return nil }
            usleep(10_000)
        }
        return "\(words[0].visible) ended during the replay\(group.outcome)\(lastWords)"
    }

    /// Ends it and what it started: asks, and after five seconds does not ask any more. Blocks meanwhile.
    func stop() {
        group.stop(patience: .seconds(5))
        unlink(output)
    }

    private var lastWords: String {
        let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
        guard let line = text.split(whereSeparator: \.isNewline).last else { return "" }
        return ": \(line.prefix(200).description.visible)"
    }
}

/// Whether somebody listens.
enum ListeningPort {
    static func isOpen(_ host: String, _ port: Int) -> Bool {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &found) == 0 else { return false }
        defer { freeaddrinfo(found) }
        var next = found
        while let address = next?.pointee {
            if connects(address) { return true }
            next = address.ai_next
        }
        return false
    }

    private static func connects(_ address: addrinfo) -> Bool {
        let type = address.ai_socktype | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let file = socket(address.ai_family, type, address.ai_protocol)
        guard file >= 0 else { return false }
        defer { close(file) }
        if connect(file, address.ai_addr, address.ai_addrlen) == 0 { return true }
        guard errno == EINPROGRESS else { return false }
        var waiting = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
        guard poll(&waiting, 1, 200) == 1 else { return false }
        var (failure, size): (Int32, socklen_t) = (0, 4)
        return getsockopt(file, SOL_SOCKET, SO_ERROR, &failure, &size) == 0 && failure == 0
    }
}

/// Work that waits, beside the tasks, whose threads are few.
enum Aside {
    static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try body() }) }
        }
    }

    /// The same, for work that asks from time to time whether its task was cancelled.
    static func run<Value: Sendable>(
        asking body: @escaping @Sendable (_ isCancelled: () -> Bool) throws -> Value
    ) async throws -> Value {
        let flag = CancellationFlag()
        return try await withTaskCancellationHandler {
            try await run { try body { flag.isSet.load(ordering: .relaxed) } }
        } onCancel: {
            flag.isSet.store(true, ordering: .relaxed)
        }
    }

    private final class CancellationFlag: Sendable {
        let isSet = Atomic(false)
    }
}
