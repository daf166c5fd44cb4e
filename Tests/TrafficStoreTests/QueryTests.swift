import Testing
import Traffic
import TrafficStore

@Suite struct QueryTests {
    private let folder = TemporaryFolder()

    private func reader() throws -> CaptureReader {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample(name: "n"))
        try writer.close(endedNs: 1)
        return try CaptureReader(path: folder.file())
    }

    @Test func `values keep their types and columns their names`() throws {
        let rows = try reader().query("SELECT id, name, 1.5 AS half, x'00ff' AS bytes, NULL AS none FROM recordings;")
        #expect(rows.columns == ["id", "name", "half", "bytes", "none"])
        #expect(try rows.next() == [.integer(1), .text("n"), .real(1.5), .blob([0, 255]), .null])
        #expect(try rows.next() == nil)
    }

    @Test(arguments: [
        "DELETE FROM recordings", "INSERT INTO gaps VALUES (1,1,1,1,1,1,'x')", "DROP TABLE calls",
        "UPDATE recordings SET name = 'x'", "CREATE TABLE t (x)", "CREATE TEMP TABLE t (x)",
        "PRAGMA journal_mode = WAL", "PRAGMA user_version = 7", "PRAGMA writable_schema = 1",
        "ATTACH '/tmp/traffic-store-attached.sqlite' AS a", "VACUUM INTO '/tmp/traffic-store-vacuumed.sqlite'",
        "BEGIN", "SELECT 1; DELETE FROM recordings", "", "SELEC 1", "SELECT load_extension('x')",
    ])
    func `what changes something, is no statement or is two is refused`(_ sql: String) throws {
        let reader = try reader()
        let failure = #expect(throws: StoreFailure.self) { try reader.values(sql) }
        #expect(failure?.code == .query || failure?.code == .readOnly)
        #expect(try reader.texts("SELECT name FROM recordings") == ["n"])
        #expect(folder.files == ["captures.sqlite"])
    }

    @Test(arguments: [
        "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t WHERE x < 3) SELECT max(x) FROM t",
        "EXPLAIN QUERY PLAN SELECT * FROM messages", "PRAGMA table_info(calls)", "PRAGMA user_version",
        "SELECT name FROM pragma_table_info('calls')", "SELECT value FROM json_each('[1,2]')",
        "SELECT * FROM session_summary UNION ALL SELECT * FROM session_summary -- all of them\n;",
        "PRAGMA integrity_check",
    ])
    func `what only reads is run`(_ sql: String) throws {
        #expect(throws: Never.self) { try reader().values(sql) }
    }

    @Test func `views are our own, whatever the file says`() throws {
        _ = try reader()
        let other = try Shell(folder.file())
        #expect(other.run("DROP VIEW errors; CREATE VIEW errors AS SELECT 'forged' AS kind") == nil)
        #expect(other.rows("SELECT kind FROM errors") == [["forged"]])
        #expect(try CaptureReader(path: folder.file()).texts("SELECT kind FROM errors") == [])
    }
}
