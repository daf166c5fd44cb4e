import CSQLite
import Dispatch
import Foundation
import Synchronization
import Traffic

/// Moves what stands in the write-ahead log into the file itself, on a thread and a connection of its own.
///
/// A checkpoint waits for the disk, so a commit makes none: what passes would wait for it. Here it is made while others
/// write. The log begins anew where it has caught up with them for a moment; where it does not, because recorders write
/// without a pause, and the log has become long, they are kept out for the last part. One of them checkpoints at a time.
final class Checkpointer: Sendable {
    private struct State {
        var isStarted = false
        /// A checkpoint is wanted, under way, or was made just now.
        var isDue = false
        var isStopping = false
    }

    private let path: String
    private let durable: Bool
    private let state = Mutex(State())
    private let due = DispatchSemaphore(value: 0)
    private let stopped = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    /// Pages of the log (of 4 KiB) from which on it is worth a checkpoint.
    static let worthwhile: Int32 = 8000
    /// Pages from which on writers are kept out until it is done.
    private static let long: Int32 = 24_000
    /// So often it is tried at a time to catch up with them.
    private static let tries = 4
    /// How long the last part waits for writers to let it in, and keeps them waiting for readers of the old log.
    private static let patienceMs = 15

    init(path: String, durable: Bool) {
        self.path = path
        self.durable = durable
    }

    /// Asks to be told after each commit of the connection, until `stop`.
    func watch(_ connection: Connection) {
        sqlite3_wal_hook(
            connection.handle,
            { context, _, _, pages in
                guard let context, pages >= Checkpointer.worthwhile else { return SQLITE_OK }
                Unmanaged<Checkpointer>.fromOpaque(context).takeUnretainedValue().want()
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// Lets go of the file, for good, and of the connection that it watched: what is committed there later makes no
    /// checkpoint. Blocks until one that is under way is done.
    func stop(watching connection: Connection? = nil) {
        if let connection { sqlite3_wal_hook(connection.handle, nil, nil) }
        let wasStarted = state.withLock { state in
            defer {
                state.isStopping = true
                state.isStarted = false
            }
            return state.isStarted
        }
        guard wasStarted else { return }
        stopped.signal()
        due.signal()
        ended.wait()
    }

    /// Whether a thread is there that checkpoints.
    var isAtWork: Bool { state.withLock(\.isStarted) }
    /// Whether one is wanted, under way, or was made just now.
    var isDue: Bool { state.withLock(\.isDue) }

    /// A checkpoint is worth while. One that was due already, or not to be made any more, is not asked for again.
    func want() {
        let (starts, wakes) = state.withLock { state in
            guard !state.isStopping else { return (false, false) }
            defer {
                state.isStarted = true
                state.isDue = true
            }
            return (!state.isStarted, !state.isDue)
        }
        if starts { start() }
        if wakes { due.signal() }
    }

    private func start() {
        let thread = Thread { [self] in
            try? Data("checkpointer".utf8).write(to: URL(filePath: "/proc/thread-self/comm"))
            run()
            ended.signal()
        }
        thread.stackSize = 1 << 19
        thread.start()
    }

    private func run() {
        var connection: Connection?
        while true {
            due.wait()
            if state.withLock(\.isStopping) { return }
            // Where the file cannot be opened now, for want of descriptors perhaps, it is tried again with the next one.
            if connection == nil { connection = try? open() }
            if let connection { checkpoint(connection) }
            // Others checkpoint too, and what is left is not worth doing at once.
            let pause = DispatchTime.now() + .milliseconds(.random(in: 50...100))
            if stopped.wait(timeout: pause) == .success { return }
            state.withLock { $0.isDue = false }
        }
    }

    private func open() throws(StoreFailure) -> Connection {
        let connection = try Connection(path: path, access: .readWrite, patienceMs: Self.patienceMs)
        try connection.execute("PRAGMA synchronous = \(durable ? "FULL" : "NORMAL")")
        return connection
    }

    private func checkpoint(_ connection: Connection) {
        var (pages, done): (Int32, Int32) = (0, 0)
        for _ in 0..<Self.tries {
            let code = sqlite3_wal_checkpoint_v2(connection.handle, nil, SQLITE_CHECKPOINT_PASSIVE, &pages, &done)
            // Another recorder's is at it, or everything is in the file.
            guard code == SQLITE_OK, done < pages else { return }
        }
        guard pages >= Self.long else { return }
        // The disk is waited for before writers are kept out, so that they wait for little.
        csqlite_sync(connection.handle)
        sqlite3_wal_checkpoint_v2(connection.handle, nil, SQLITE_CHECKPOINT_FULL, nil, nil)
    }
}
