import Glibc

/// A small process that ends a process group when this one has gone without a word, even where it was killed.
///
/// It reads from a pipe whose other end is here alone, so that the end of what is to be read says that nobody is here.
struct GroupWatch: Sendable {
    private let pid: pid_t
    private let pipe: Int32

    /// nil where it cannot be started: then the group is ended as long as this process ends in order.
    init?(_ group: pid_t) {
        var ends: [Int32] = [0, 0]
        guard Glibc.pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // In a group of its own: what is typed at the keyboard is not for it.
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        let words = ["sh", "-c", "read line; kill -s KILL -- -\"$0\"", String(group)]
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var pid: pid_t = 0
        guard posix_spawn(&pid, "/bin/sh", &actions, &attributes, &arguments, environ) == 0 else {
            close(ends[1])
            return nil
        }
        (self.pid, pipe) = (pid, ends[1])
    }

    /// The group is gone. To be called once.
    func dismiss() {
        kill(pid, SIGKILL)
        waitpid(pid, nil, 0)
        close(pipe)
    }
}
