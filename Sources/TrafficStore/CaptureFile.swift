import CSQLite
import Glibc
import Traffic

/// Opening capture databases: what may be created, what is refused, and who was interrupted.
enum CaptureFile {
    /// Opens for writing. Makes the file, its folder and its tables where they are absent.
    static func create(_ path: String, patienceMs: Int) throws(StoreFailure) -> Connection {
        try makeFolder(of: path)
        // SQLite gives its side files the mode of the file itself.
        let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if file >= 0 {
            close(file)
        } else if errno != EEXIST {
            throw StoreFailure(
                errno == EACCES || errno == EROFS ? .readOnly : .io,
                "cannot create \(path): \(String(cString: strerror(errno))); pass --db with a file that can be written")
        }
        return try openForWriting(path, patienceMs: patienceMs)
    }

    /// Opens an existing capture for writing; an older format becomes today's.
    static func openForWriting(_ path: String, patienceMs: Int) throws(StoreFailure) -> Connection {
        try requireFile(path)
        let connection = try Connection(path: path, access: .readWrite, patienceMs: patienceMs)
        try Schema.migrate(connection)
        return connection
    }

    /// Opens for reading, by the first way that the file and its folder allow.
    static func openForReading(_ path: String) throws(StoreFailure) -> Connection {
        try requireFile(path)
        do throws(StoreFailure) {
            return try readable(path, .readOnly)
        } catch {
            // On media on which nothing can be written a file in WAL mode has no place for its index.
            guard error.code == .io || error.code == .readOnly else { throw error }
            guard fileSize(path + "-wal") ?? 0 == 0 else {
                throw StoreFailure(
                    .readOnly,
                    "\(path) was left in the middle of a recording and its folder cannot be written; "
                        + "copy it with \(path)-wal to another folder and open it there"
                )
            }
            return try readable(path, .immutable)
        }
    }

    private static func readable(_ path: String, _ access: Connection.Access) throws(StoreFailure) -> Connection {
        let connection = try Connection(path: path, access: access)
        _ = try connection.integer("SELECT count(*) FROM sqlite_schema")
        try Schema.check(connection)
        try Schema.shadowViews(connection)
        return connection
    }

    /// Marks the recordings whose process is gone as interrupted, and lets the last of them leave WAL mode.
    ///
    /// Does nothing where the file cannot be written or is in use: the next one to open it will.
    static func settle(_ path: String) {
        guard access(path, W_OK) == 0 else { return }
        _ = settleOnce(path, patienceMs: 200)
    }

    /// The same by whoever ends a recording. Others who just look, or end theirs at the same time, are in the way for
    /// a moment only: it is tried again for a while, and between the tries nothing is held that would be in theirs.
    static func settlePatiently(_ path: String) {
        let deadline = ContinuousClock.now + .seconds(1)
        while !settleOnce(path, patienceMs: 200), ContinuousClock.now < deadline {
            usleep(UInt32.random(in: 5_000...40_000))
        }
    }

    /// Whether nothing is left to be done: somebody still records, or the file is out of WAL mode.
    private static func settleOnce(_ path: String, patienceMs: Int) -> Bool {
        guard let connection = try? Connection(path: path, access: .readWrite, patienceMs: patienceMs),
            (try? Schema.check(connection)) != nil, (try? markInterrupted(connection)) != nil,
            let running = try? runningRecordings(connection)
        else { return false }
        return !running.isEmpty || leaveWriteAheadLog(connection)
    }

    /// Marks recordings without an end whose process is gone; they ended when they were last seen.
    static func markInterrupted(_ connection: Connection) throws(StoreFailure) {
        let gone = try openRecordings(connection).filter { !$0.process.isRunning }
        guard !gone.isEmpty else { return }
        try connection.transaction { () throws(StoreFailure) in
            for recording in gone {
                try connection.run(
                    "UPDATE recordings SET interrupted = 1, ended_ns = last_ns WHERE id = ? AND ended_ns IS NULL",
                    .integer(recording.id))
            }
        }
    }

    /// Ids of recordings that some process is still writing.
    static func runningRecordings(_ connection: Connection) throws(StoreFailure) -> [Int64] {
        try openRecordings(connection).filter(\.process.isRunning).map(\.id)
    }

    private static func openRecordings(
        _ connection: Connection
    ) throws(StoreFailure) -> [(id: Int64, process: ProcessIdentity)] {
        let statement = try connection.prepare(
            "SELECT id, pid, pid_started, boot_id FROM recordings WHERE ended_ns IS NULL")
        var found: [(id: Int64, process: ProcessIdentity)] = []
        while try statement.step() {
            let id = statement.takeInteger()
            let process = ProcessIdentity(
                pid: statement.takeInteger(), started: statement.takeInteger(), bootID: statement.takeText())
            found.append((id, process))
        }
        return found
    }

    /// Builds the indexes that only readers want, unless somebody records. Each is a transaction of its own, in which
    /// nobody can begin to record: a recorder that starts meanwhile waits for one of them at most.
    static func buildIndexes(_ connection: Connection) throws(StoreFailure) {
        for index in Schema.deferredIndexes {
            let isFree = try connection.transaction { () throws(StoreFailure) in
                guard try runningRecordings(connection).isEmpty else { return false }
                try Schema.build(index, in: connection)
                return true
            }
            guard isFree else { return }
        }
    }

    /// Makes one file the whole capture again. Returns whether it is; somebody else on the file prevents it.
    @discardableResult
    static func leaveWriteAheadLog(_ connection: Connection) -> Bool {
        (try? connection.text("PRAGMA journal_mode = DELETE")) == "delete"
    }

    static func requireFile(_ path: String) throws(StoreFailure) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard errno == ENOENT || errno == ENOTDIR else {
                throw StoreFailure(.io, "cannot open \(path): \(String(cString: strerror(errno)))")
            }
            throw .missing(path)
        }
        if status.st_mode & S_IFMT == S_IFDIR {
            throw StoreFailure(.notACapture, "\(path) is a folder; pass --db with the file in it")
        }
    }

    struct Identity: Hashable {
        let device: UInt64
        let inode: UInt64
    }

    /// Which file stands at the path; nil where there is none.
    static func identity(_ path: String) -> Identity? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    }

    static func fileSize(_ path: String) -> Int64? {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : nil
    }

    /// Makes the folder that the file shall be in, and those above it, for their owner alone.
    private static func makeFolder(of path: String) throws(StoreFailure) {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
        let folder = String(path[..<slash])
        guard access(folder, F_OK) != 0 else { return }
        try makeFolder(of: folder)
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
            throw StoreFailure(
                errno == EACCES || errno == EROFS ? .readOnly : .io,
                "cannot make the folder \(folder): \(String(cString: strerror(errno))); pass --db with a file elsewhere"
            )
        }
    }
}
