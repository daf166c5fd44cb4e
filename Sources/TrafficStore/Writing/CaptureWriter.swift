import CSQLite
import Traffic

/// Writes one recording into a capture database, beside whoever else writes or reads it.
///
/// The file is in WAL mode while it is open: readers never wait for the writer, nor it for them. A recorder that is
/// killed loses what it had not committed and nothing else. Closed in order and last on the file, one file is the
/// whole capture. Used from one thread at a time.
package final class CaptureWriter: TrafficSink {
    package struct Options: Sendable, Hashable {
        /// Committed rows survive power loss too, at the price of waiting for the disk at each commit.
        package var durable: Bool
        /// How long to wait for another writer's lock.
        package var patienceMs: Int
        /// The same for a commit, where the caller offers its rows again; nil: as for everything else.
        package var commitPatienceMs: Int?
        /// Pages of 4 KiB beyond which the file counts as full; nil: as far as the disk reaches.
        package var pageLimit: Int64?

        package init(
            durable: Bool = false, patienceMs: Int = 2000, commitPatienceMs: Int? = nil, pageLimit: Int64? = nil
        ) {
            self.durable = durable
            self.patienceMs = patienceMs
            self.commitPatienceMs = commitPatienceMs
            self.pageLimit = pageLimit
        }
    }

    package let path: String
    package let recordingID: Int64
    private let startedNs: Int64
    private let patienceMs: Int
    /// Which file the rows go to: SQLite goes on writing to one that was removed.
    private let identity: CaptureFile.Identity?
    private var open: Open?
    package private(set) var commitTimes = CommitTimes()

    /// What is let go of at the close.
    private struct Open {
        let connection: Connection
        let rows: RowWriter
        let seen: Statement
        var names: SessionNames
        let checkpointer: Checkpointer
    }

    /// Opens the capture at `path`, making file and folder where they are absent, and begins a recording in it.
    package init(
        path: String, recording: RecordingStart, options: Options = Options(),
        process: ProcessIdentity = .current
    ) throws(StoreFailure) {
        let connection = try CaptureFile.create(path, patienceMs: options.patienceMs)
        try CaptureFile.markInterrupted(connection)
        try Self.tune(connection, options)
        self.path = path
        recordingID = try connection.transaction { () throws(StoreFailure) in
            try Schema.dropDeferredIndexes(connection)
            return try Self.begin(recording, process, connection)
        }
        let checkpointer = Checkpointer(path: path, durable: options.durable)
        open = Open(
            connection: connection, rows: try RowWriter(connection),
            seen: try connection.prepare("UPDATE recordings SET last_ns = max(last_ns, ?) WHERE id = ?"),
            names: try SessionNames(connection), checkpointer: checkpointer)
        checkpointer.watch(connection)
        startedNs = recording.startedNs
        patienceMs = options.patienceMs
        identity = CaptureFile.identity(path)
        connection.patience.change(limitMs: options.commitPatienceMs ?? options.patienceMs)
    }

    package func commit(_ batch: RowBatch) throws(StoreFailure) -> [Int64: String] {
        guard var writing = open else {
            throw StoreFailure(.io, "the recording in \(path) is closed; start another one")
        }
        guard CaptureFile.identity(path) == identity else { throw lost }
        // Taken out while it is changed in place, so that nothing of it is copied.
        open = nil
        defer { open = writing }
        do throws(StoreFailure) {
            let began = ContinuousClock.now
            try writing.connection.execute("BEGIN IMMEDIATE")
            let locked = ContinuousClock.now
            let given = try Self.write(batch, to: &writing, recordingID)
            commitTimes.note(waited: locked - began, held: ContinuousClock.now - locked)
            writing.names.settle()
            return given
        } catch {
            writing.names.forget()
            throw error
        }
    }

    /// Ends the transaction that has begun.
    private static func write(
        _ batch: RowBatch, to writing: inout Open, _ recordingID: Int64
    ) throws(StoreFailure) -> [Int64: String] {
        do throws(StoreFailure) {
            try writing.rows.writeObserved(batch)
            let given = try writing.rows.writeDerived(batch, naming: &writing.names)
            if let latest = batch.latestNs {
                writing.seen.put(latest)
                writing.seen.put(recordingID)
                try writing.seen.run()
            }
            try writing.connection.execute("COMMIT")
            return given
        } catch {
            writing.connection.rollBack()
            throw error
        }
    }

    /// Marks the recording as ended in order and lets go of the file, also where it throws: `missing` where the file is
    /// not there any more with the recording in it.
    package func close(endedNs: Int64) throws(StoreFailure) {
        guard open != nil else { return }
        try end(endedNs)
        CaptureFile.settlePatiently(path)
        guard try isKept(endedNs) else { throw lost }
    }

    private var lost: StoreFailure {
        StoreFailure(
            .missing,
            "\(path) was removed, replaced or overwritten while it was recorded into, and the recording with it; start another one"
        )
    }

    /// Whether the file that stands there now has the recording, and is whole as far as that can be told within moments.
    private func isKept(_ endedNs: Int64) throws(StoreFailure) -> Bool {
        guard CaptureFile.identity(path) == identity else { return false }
        do throws(StoreFailure) {
            let connection = try Connection(path: path, access: .readOnly)
            let found = try connection.integer(
                "SELECT count(*) FROM recordings WHERE id = ? AND started_ns = ? AND ended_ns = ?",
                .integer(recordingID), .integer(startedNs), .integer(endedNs))
            guard found == 1 else { return false }
            guard try connection.integer("PRAGMA page_count") ?? 0 <= Self.pagesCheckedAtClose else { return true }
            return try connection.text("PRAGMA quick_check(1)") == "ok"
        } catch {
            switch error.code {
            case .notACapture, .corrupt, .missing, .query: return false
            default: return true
            }
        }
    }

    /// A file up to 16 MiB is looked through in a few hundredths of a second.
    private static let pagesCheckedAtClose: Int64 = 4096

    /// The connection is closed on return: nobody can leave WAL mode before.
    private func end(_ endedNs: Int64) throws(StoreFailure) {
        guard let open else { return }
        let connection = open.connection
        open.checkpointer.stop(watching: connection)
        self.open = nil
        guard CaptureFile.identity(path) == identity else { throw lost }
        connection.patience.change(limitMs: patienceMs)
        try connection.run(
            "UPDATE recordings SET ended_ns = ?, interrupted = 0, last_ns = max(last_ns, ?) WHERE id = ?",
            .integer(endedNs), .integer(endedNs), .integer(recordingID))
        if try connection.integer("PRAGMA page_count") ?? 0 <= Self.pagesIndexedAtClose {
            // Readers do without, or build them, where this fails.
            try? CaptureFile.buildIndexes(connection)
            try? CaptureFile.extendSearch(connection, for: .milliseconds(500))
        }
    }

    /// A file up to 256 MiB is indexed within about a second; a larger one by the first reader who wants it.
    private static let pagesIndexedAtClose: Int64 = 65536

    private static func begin(
        _ start: RecordingStart, _ process: ProcessIdentity, _ connection: Connection
    ) throws(StoreFailure) -> Int64 {
        let id = (try connection.integer("SELECT max(id) FROM recordings") ?? 0) + 1
        let row = RecordingRow(
            id: id, name: start.name, source: start.source, target: start.target, command: start.command,
            toolVersion: start.toolVersion, foldVersion: start.foldVersion, pid: process.pid,
            pidStarted: process.started, bootID: process.bootID, startedNs: start.startedNs)
        let table = Table(RecordingRow.table.name, RecordingRow.table.list + " last_ns")
        let statement = try connection.prepare(table.insert)
        row.put(into: statement)
        statement.put(start.startedNs)
        try statement.run()
        return id
    }

    /// A commit makes no checkpoint: see `Checkpointer`. The cache keeps the pages of the indexes that are written to
    /// all the time.
    private static func tune(_ connection: Connection, _ options: Options) throws(StoreFailure) {
        try connection.execute(
            """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = \(options.durable ? "FULL" : "NORMAL");
            PRAGMA wal_autocheckpoint = 0;
            PRAGMA journal_size_limit = 67108864;
            PRAGMA cache_size = -65536;
            """)
        if let limit = options.pageLimit { try connection.execute("PRAGMA max_page_count = \(limit)") }
    }
}
