import Glibc
import Testing
import Traffic

@testable import TrafficStore

@Suite struct MigrationTests {
    private let folder = TemporaryFolder()

    private func empty() throws -> Connection {
        let file = try #require(fopen(folder.file(), "w"))
        fclose(file)
        return try Connection(path: folder.file(), access: .readWrite)
    }

    @Test func `versions count up from 1`() {
        #expect(allMigrations.map(\.version) == Array(1...Int64(allMigrations.count)))
    }

    @Test func `every file of a migration or a view is in its list`() {
        let sources = #filePath.replacing("Tests/TrafficStoreTests/MigrationTests.swift", with: "Sources/TrafficStore/")
        let migrations = fileNames(in: sources + "Migrations").filter { $0 != "AllMigrations.swift" }
        #expect(migrations.map { Int64($0.prefix(3)) } == allMigrations.map(\.version))
        let views = fileNames(in: sources + "Views").filter { $0 != "AllViews.swift" }
        let named = allViews.map { $0.name.replacing("_", with: "") + ".swift" }
        #expect(views.map { $0.lowercased() } == named.sorted())
    }

    @Test func `a file of an older version becomes one of today and keeps its rows`() throws {
        let connection = try empty()
        try Schema.migrate(connection)
        try connection.execute(
            "INSERT INTO gaps (id, recording_id, at_ns, bytes, reason) VALUES (1, 1, 1, 1, 'x')")
        let next = Migration(
            version: Schema.version + 1,
            sql: "ALTER TABLE gaps ADD COLUMN direction TEXT; UPDATE gaps SET direction = 'c2s'")
        try Schema.migrate(connection, with: allMigrations + [next])
        #expect(try connection.text("SELECT direction FROM gaps WHERE id = 1") == "c2s")
        #expect(try connection.integer("PRAGMA user_version") == next.version)
        let failure = #expect(throws: StoreFailure.self) { try Schema.migrate(connection) }
        #expect(failure?.code == .newer)
    }

    @Test func `a file of format 1 is read and exported as it lies, what came later being empty`() throws {
        let old = try empty()
        try Schema.migrate(old, with: [.initial])
        try old.execute(
            """
            INSERT INTO recordings (id, source, command, tool_version, fold_version, pid, pid_started, boot_id, started_ns,
                ended_ns, last_ns) VALUES (1, 'proxy', 'record', '0', 1, 1, 1, 'b', 1, 9, 9);
            INSERT INTO sessions (id, recording_id, started_ns, confidence) VALUES (4294967297, 1, 1, 'high');
            INSERT INTO exchanges (id, recording_id, connection_id, session_id, request_start_ns, method, target, path,
                request_version, request_headers) VALUES (4294967298, 1, 1, 4294967297, 1, 'GET', '/', '/', '1.1', '[]');
            """)
        let reader = try CaptureReader(path: folder.file())
        let row = try #require(try reader.exchange(4_294_967_298))
        #expect(row.request.method == "GET" && row.requestRaw == nil && row.notes == [])
        #expect(try reader.texts("SELECT count(*) FROM errors") == ["0"])
        #expect(try reader.texts("SELECT count(replay_id) FROM divergences") == ["0"])
        #expect(try reader.texts("SELECT user_version FROM pragma_user_version") == ["1"])
        try CaptureExport.export(sessions: [4_294_967_297], from: folder.file(), to: folder.file("copy"))
        #expect(try CaptureReader(path: folder.file("copy")).exchange(4_294_967_298) == row)
        #expect(
            try CaptureReader(path: folder.file("copy")).texts("SELECT user_version FROM pragma_user_version") == [
                "\(Schema.version)"
            ])
    }

    @Test func `a migration that fails leaves the file as it was`() throws {
        let connection = try empty()
        try Schema.migrate(connection)
        let broken = Migration(version: Schema.version + 1, sql: "DROP TABLE gaps; SELECT nonsense")
        #expect(throws: StoreFailure.self) { try Schema.migrate(connection, with: allMigrations + [broken]) }
        #expect(try connection.integer("SELECT count(*) FROM gaps") == 0)
        #expect(try connection.integer("PRAGMA user_version") == Schema.version)
    }

    @Test func `every table is strict`() throws {
        let connection = try empty()
        try Schema.migrate(connection)
        let tables = try connection.integer("SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND strict")
        #expect(tables == Int64(Schema.tableNames.count + Schema.laterTables.count))
    }
}
