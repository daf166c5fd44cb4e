import Traffic
import TrafficStore

/// The derived rows of a recording before and after, by table.
struct ReindexReport {
    struct Table {
        var name: String
        var rows: Int
        var changed = 0
        var added = 0
        var removed = 0

        var isUnchanged: Bool { changed == 0 && added == 0 && removed == 0 }
    }
    var recording: RecordingRow
    var tables: [Table]

    init(recording: RecordingRow, before: DerivedDigests, after: DerivedDigests) {
        self.recording = recording
        tables = DerivedDigests.tables.map { name, _ in
            let (old, new) = (before.rows[name] ?? [:], after.rows[name] ?? [:])
            var table = Table(name: name, rows: new.count)
            for (id, digest) in new {
                if let earlier = old[id] { table.changed += earlier == digest ? 0 : 1 } else { table.added += 1 }
            }
            table.removed = old.count + table.added - new.count
            return table
        }
    }

    var lines: [String] {
        let name = recording.name.map { " \($0.visible)" } ?? ""
        let started = Figures.minute(ns: recording.startedNs)
        let isUnchanged = tables.allSatisfy(\.isUnchanged)
        let verdict = isUnchanged ? "nothing changed" : "changed"
        let counts = tables.map { table in
            let row = "  \(table.name.padded(to: 10)) \(Figures.count(table.rows, "row"))"
            guard !table.isUnchanged else { return row }
            return row + ": \(table.changed) changed, \(table.added) added, \(table.removed) removed"
        }
        return ["recording \(recording.id)\(name) of \(started): \(verdict)"] + counts
    }
}

/// A digest of each derived row of a recording, by table and id; good for comparison within a process.
struct DerivedDigests {
    static let tables: [(name: String, query: String)] = [
        ("sessions", "SELECT * FROM sessions WHERE recording_id = "),
        ("messages", "SELECT * FROM message_rows WHERE recording_id = "),
        ("calls", "SELECT * FROM calls WHERE recording_id = "),
        (
            "exchanges",
            """
            SELECT id, session_id, dialect, dialect_evidence, dialect_confidence FROM exchanges WHERE recording_id = 
            """
        ),
    ]
    var rows: [String: [Int64: Int]] = [:]

    init(path: String, recording: Int64) throws(StoreFailure) {
        let reader = try CaptureReader(path: path)
        for (name, query) in Self.tables {
            let found = try reader.query(query + String(recording))
            var digests: [Int64: Int] = [:]
            while let row = try found.next() {
                guard case .integer(let id)? = row.first else { continue }
                digests[id] = row.hashValue
            }
            rows[name] = digests
        }
    }
}

/// Runs the fold again over what was observed.
enum Reindexing {
    /// So many events are folded before what came of them is written.
    private static let stretch = 1000

    static func run(path: String, recording id: Int64) throws(StoreFailure) -> ReindexReport {
        let before = try DerivedDigests(path: path, recording: id)
        let reindexer = try CaptureReindexer(path: path, recording: id)
        let recording = reindexer.recording
        var fold = Fold(recordingID: id, name: recording.name)
        var count = 0
        while let event = try reindexer.events.next() {
            fold.apply(event)
            count += 1
            if count % stretch == 0 { try hand(&fold, to: reindexer) }
        }
        // A recorder that was killed never came to its end either.
        if let ended = recording.endedNs, !recording.interrupted { fold.finish(at: ended) }
        try hand(&fold, to: reindexer)
        try reindexer.finish(foldVersion: Fold.version)
        return ReindexReport(
            recording: recording, before: before, after: try DerivedDigests(path: path, recording: id))
    }

    private static func hand(_ fold: inout Fold, to reindexer: CaptureReindexer) throws(StoreFailure) {
        var batch = RowBatch()
        fold.drain(into: &batch)
        try reindexer.add(batch)
    }
}
