import CSQLite

/// Another program on the same file, with no idea of captures.
final class Shell {
    private var handle: OpaquePointer?

    struct CannotOpen: Error {}

    init(_ path: String) throws {
        guard sqlite3_open(path, &handle) == SQLITE_OK else { throw CannotOpen() }
    }

    /// The message where it failed.
    @discardableResult
    func run(_ sql: String) -> String? {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        return code == SQLITE_OK ? nil : String(cString: sqlite3_errmsg(handle))
    }

    /// Every row, its values as text.
    func rows(_ sql: String) -> [[String]] {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else { return [] }
        defer { sqlite3_finalize(statement) }
        var rows: [[String]] = []
        while sqlite3_step(statement) == SQLITE_ROW {
            rows.append(
                (0..<sqlite3_column_count(statement)).map { column in
                    sqlite3_column_text(statement, column).map { String(cString: $0) } ?? "-"
                })
        }
        return rows
    }

    deinit { sqlite3_close(handle) }
}
