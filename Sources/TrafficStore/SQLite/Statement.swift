import CSQLite
import Traffic

/// A prepared statement, to be used again: `put` the parameters in order, then `run` it, or `step` through its
/// rows and `take` their columns in order.
final class Statement {
    let handle: OpaquePointer
    let connection: Connection
    private var parameter: Int32 = 0
    private(set) var column: Int32 = 0
    /// What `put(fields:)` bound lately.
    var fieldTexts = RecentFields<[UInt8]>()
    /// The first binding that did not succeed.
    private var refused = SQLITE_OK

    /// `alone`: refuses text that goes on after the first statement.
    init(_ connection: Connection, _ sql: String, alone: Bool = false) throws(StoreFailure) {
        var prepared: OpaquePointer?
        var rest = ""
        let code = sql.withCString { text in
            var tail: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v2(connection.handle, text, -1, &prepared, &tail)
            if alone, let tail { rest = String(cString: tail) }
            return code
        }
        guard code == SQLITE_OK else { throw connection.failure(code) }
        guard let prepared else { throw StoreFailure(.query, "there is no statement to run") }
        guard rest.allSatisfy({ $0.isWhitespace || $0 == ";" }) else {
            sqlite3_finalize(prepared)
            throw StoreFailure(.query, "one statement at a time: leave out what follows the first semicolon")
        }
        handle = prepared
        self.connection = connection
    }

    deinit { sqlite3_finalize(handle) }

    /// The place of the next parameter.
    func nextParameter() -> Int32 {
        parameter += 1
        return parameter
    }

    func note(_ code: Int32) {
        if refused == SQLITE_OK { refused = code }
    }

    /// Runs it to its end and makes it ready for the next parameters.
    func run() throws(StoreFailure) {
        defer { reset() }
        while try step() {}
    }

    /// Whether there is a (next) row.
    func step() throws(StoreFailure) -> Bool {
        guard refused == SQLITE_OK else { throw connection.failure(refused) }
        column = 0
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code:
            let failure = connection.failure(code)
            reset()
            throw failure
        }
    }

    func reset() {
        sqlite3_reset(handle)
        parameter = 0
        refused = SQLITE_OK
    }

    /// The place of the next column.
    func nextColumn() -> Int32 {
        defer { column += 1 }
        return column
    }
}
