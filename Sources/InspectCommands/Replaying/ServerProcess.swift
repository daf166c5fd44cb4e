import Foundation
import Glibc
import WireFormats

/// A server that was started for a replay, in a process group of its own, so that what it starts ends with it.
///
/// Its output goes to a file that is gone with it; the last line of it says why it did not start.
final class ServerProcess: Sendable {
    let words: [String]
    private let pid: pid_t
    private let output: String

    /// Starts it. Throws where the program cannot be run.
    init(_ words: [String]) throws {
        self.words = words
        output = NSTemporaryDirectory() + "/mcp-inspect-server-\(UUID().uuidString)"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Signals that are caught or blocked here are not there.
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&attributes, &all)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var pid: pid_t = 0
        let failure = posix_spawnp(&pid, words[0], &actions, &attributes, &arguments, environ)
        guard failure == 0 else {
            unlink(output)
            throw CommandFailure(
                .usage,
                "cannot start \(words[0].visible): \(String(cString: strerror(failure))); check the command behind --")
        }
        self.pid = pid
    }

    /// Returns when somebody accepts connections at the URL's port. Throws when the server ends before or the time is over.
    /// Blocks meanwhile.
    func waitForPort(of url: HTTPURL, within limit: Duration) throws {
        let deadline = ContinuousClock.now + limit
        while !Self.accepts(url.host, url.port) {
            guard isRunning else {
                throw CommandFailure(.unreachable, "\(words[0].visible) ended before it listened\(lastWords)")
            }
            guard ContinuousClock.now < deadline else {
                throw CommandFailure(
                    .unreachable,
                    "\(words[0].visible) does not listen on \(url.host):\(url.port) after \(limit.components.seconds) s; "
                        + "give the port that it listens on with --target\(lastWords)")
            }
            usleep(30_000)
        }
    }

    /// Ends it and what it started: asks, and after five seconds does not ask any more. Blocks meanwhile.
    func stop() {
        kill(-pid, SIGTERM)
        let deadline = ContinuousClock.now + .seconds(5)
        while isRunning, ContinuousClock.now < deadline { usleep(10_000) }
        kill(-pid, SIGKILL)
        if isRunning { waitpid(pid, nil, 0) }
        unlink(output)
    }

    /// The process is not waited for before it is stopped, so that its id stays its own.
    private var isRunning: Bool {
        var information = siginfo_t()
        guard waitid(P_PID, id_t(pid), &information, WEXITED | WNOHANG | WNOWAIT) == 0 else { return false }
        return information._sifields._sigchld.si_pid == 0
    }

    private var lastWords: String {
        let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
        guard let line = text.split(whereSeparator: \.isNewline).last else { return "" }
        return ": \(line.prefix(200).description.visible)"
    }

    private static func accepts(_ host: String, _ port: Int) -> Bool {
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
}
