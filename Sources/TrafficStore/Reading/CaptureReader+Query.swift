import CSQLite
import Traffic

/// The rows of a statement, one at a time.
package final class QueryRows {
    package let columns: [String]
    private let statement: Statement

    init(_ statement: Statement) {
        self.statement = statement
        columns = statement.columnNames
    }

    /// The next row, with as many values as there are columns, or nil at the end.
    package func next() throws(StoreFailure) -> [StoredValue]? {
        guard try statement.step() else { return nil }
        return columns.map { _ in statement.takeValue() }
    }
}

extension CaptureReader {
    /// Runs one statement that reads. Tables and views are those of the capture; nothing can be changed, attached or
    /// written elsewhere. Throws `query` with SQLite's own words where the statement is refused.
    package func query(_ sql: String) throws(StoreFailure) -> QueryRows {
        wantIndexes()
        sqlite3_set_authorizer(
            connection.handle,
            { _, action, name, argument, _, _ in
                isHarmless(action, name.map { String(cString: $0) }, hasArgument: argument != nil)
                    ? SQLITE_OK : SQLITE_DENY
            }, nil)
        defer { sqlite3_set_authorizer(connection.handle, nil, nil) }
        let statement = try Statement(connection, sql, alone: true)
        guard sqlite3_stmt_readonly(statement.handle) != 0 else {
            throw StoreFailure(.query, "only statements that read are run here; to change \(path) use sqlite3")
        }
        return QueryRows(statement)
    }
}

/// Whether a part of a statement leaves the connection and other files alone. What would change the capture is
/// compiled, and refused because the statement is not read-only. (SQLite C interface: Authorizer Action Codes)
private func isHarmless(_ action: Int32, _ name: String?, hasArgument: Bool) -> Bool {
    switch action {
    case SQLITE_ATTACH, SQLITE_DETACH, SQLITE_TRANSACTION, SQLITE_SAVEPOINT: false
    case SQLITE_PRAGMA:
        switch name {
        case "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "integrity_check",
            "quick_check", "database_list", "compile_options", "function_list":
            true
        case "user_version", "application_id", "page_count", "page_size", "journal_mode", "freelist_count":
            !hasArgument
        default: false
        }
    default: true
    }
}
