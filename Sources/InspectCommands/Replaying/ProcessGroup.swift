import Foundation
import Glibc

/// A program and whatever it starts, as long as that does not leave its process group. It does not outlive this process.
struct ProcessGroup: Sendable {
    /// `errno` of what kept it from being started.
    struct NotStarted: Error { let code: Int32 }

    private let leader: pid_t
    private let watch: GroupWatch?

    /// Starts it, with nothing to read and both its outputs at the end of a file.
    init(_ words: [String], output: String) throws(NotStarted) {
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
        guard failure == 0 else { throw NotStarted(code: failure) }
        leader = pid
        watch = GroupWatch(pid)
    }

    /// What became of the leader; it is not waited for before it is stopped, so that its id stays its own. nil while it
    /// runs.
    private var leaderEnd: (code: Int32, status: Int32)? {
        var information = siginfo_t()
        // Where somebody waits for all children it is gone without a trace.
        guard waitid(P_PID, id_t(leader), &information, WEXITED | WNOHANG | WNOWAIT) == 0 else { return (0, 0) }
        guard information._sifields._sigchld.si_pid != 0 else { return nil }
        return (information.si_code, information._sifields._sigchld.si_status)
    }

    /// ` (exit code 3)`, ` (signal 9)`; empty where all went well, or goes on.
    var outcome: String {
        guard let (code, status) = leaderEnd, status != 0 else { return "" }
        return code == Int32(CLD_EXITED) ? " (exit code \(status))" : " (signal \(status))"
    }

    /// Whether any of it still runs.
    var isAlive: Bool {
        if leaderEnd == nil { return true }
        // A wrapper may have ended before the server that it started. One that ended and that nobody waits for is listed
        // as long as whoever should wait does not.
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return folders.contains { folder in
            guard folder.first?.isNumber == true,
                let text = try? String(contentsOfFile: "/proc/\(folder)/stat", encoding: .utf8),
                let fields = text.split(separator: ")").last?.split(separator: " "), fields.count > 2
            else { return false }
            return fields[2] == String(leader) && fields[0] != "Z" && fields[0] != "X"
        }
    }

    /// Asks it to end, and when it has not in so long a time does not ask any more. Blocks meanwhile. To be called once.
    func stop(patience: Duration) {
        kill(-leader, SIGTERM)
        let deadline = ContinuousClock.now + patience
        while isAlive, ContinuousClock.now < deadline { usleep(10_000) }
        kill(-leader, SIGKILL)
        watch?.dismiss()
        waitpid(leader, nil, 0)
    }
}
