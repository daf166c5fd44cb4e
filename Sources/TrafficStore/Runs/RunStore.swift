import Traffic

/// The replays that a capture database keeps.
package final class RunStore: RunArchive {
    package let path: String
    private let connection: Connection

    /// Opens the capture for writing, which makes an older one of today's format. Throws `readOnly` where nothing can
    /// be written: the result is then printed and not kept.
    package init(path: String) throws(StoreFailure) {
        self.path = path
        connection = try CaptureFile.openForWriting(path, patienceMs: 2000)
    }

    package func keep(_ replay: ReplayRow, divergences: [DivergenceRow]) throws(StoreFailure) -> Int64 {
        try connection.transaction { () throws(StoreFailure) in
            var replay = replay
            replay.id = try connection.integer("SELECT coalesce(max(id), 0) + 1 FROM replays") ?? 1
            try write(replay)
            let first = try connection.integer("SELECT coalesce(max(id), 0) + 1 FROM divergences") ?? 1
            let statement = try connection.prepare(DivergenceRow.table.insert)
            for (offset, divergence) in divergences.enumerated() {
                var row = divergence
                row.id = first + Int64(offset)
                row.replayID = replay.id
                row.put(into: statement)
                try statement.run()
            }
            return replay.id
        }
    }

    private func write(_ replay: ReplayRow) throws(StoreFailure) {
        let statement = try connection.prepare(ReplayRow.table.insert)
        replay.put(into: statement)
        try statement.run()
    }

    package func replays(ofSession session: Int64) throws(StoreFailure) -> [ReplayRow] {
        let statement = try connection.prepare(ReplayRow.table.select + " WHERE session_id = ? ORDER BY id")
        statement.put(session)
        var rows: [ReplayRow] = []
        while try statement.step() { rows.append(try ReplayRow(from: statement)) }
        return rows
    }

    package func divergences(
        ofReplay replay: Int64, after: Int64 = 0, limit: Int = .max
    ) throws(StoreFailure) -> [DivergenceRow] {
        let statement = try connection.prepare(
            DivergenceRow.table.select + " WHERE replay_id = ? AND id > ? ORDER BY id LIMIT ?")
        statement.put(replay)
        statement.put(after)
        statement.put(Int64(limit))
        var rows: [DivergenceRow] = []
        while try statement.step() { rows.append(try DivergenceRow(from: statement)) }
        return rows
    }
}
