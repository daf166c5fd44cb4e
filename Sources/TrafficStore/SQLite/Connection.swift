import CSQLite
import Glibc
import Traffic

/// An open SQLite file. Used from one thread at a time; nothing in it is locked.
final class Connection {
    enum Access {
        case readWrite
        case readOnly
        /// Neither locks nor looks for a write-ahead log: for media on which nothing can be written.
        case immutable
    }

    let path: String
    let access: Access
    let handle: OpaquePointer
    let patience: BusyPatience

    /// Opens an existing file; creates nothing.
    init(path: String, access: Access, patienceMs: Int = 2000) throws(StoreFailure) {
        var flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        flags |= access == .readWrite ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY
        _ = Self.allocatesPlainly
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(Self.uri(path, immutable: access == .immutable), &opened, flags, nil)
        guard code == SQLITE_OK, let handle = opened else {
            sqlite3_close_v2(opened)
            throw StoreFailure(sqlite: code, detail: "cannot open the file", path: path)
        }
        self.path = path
        self.access = access
        self.handle = handle
        patience = BusyPatience(limitMs: patienceMs)
        sqlite3_busy_handler(
            handle,
            { context, attempt in
                guard let context else { return 0 }
                return Unmanaged<BusyPatience>.fromOpaque(context).takeUnretainedValue().wait(attempt)
            },
            Unmanaged.passUnretained(patience).toOpaque())
        csqlite_distrust(handle)
        if access == .readWrite { csqlite_reserve(handle, 400) }
    }

    private static let allocatesPlainly = csqlite_allocate_plainly()

    deinit { sqlite3_close_v2(handle) }

    /// Runs statements that give no rows, or whose rows do not matter.
    func execute(_ sql: String) throws(StoreFailure) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code) }
    }

    func prepare(_ sql: String) throws(StoreFailure) -> Statement { try Statement(self, sql) }

    /// The first column of the first row.
    func integer(_ sql: String, _ arguments: StoredValue...) throws(StoreFailure) -> Int64? {
        let statement = try prepare(sql)
        for argument in arguments { statement.put(argument) }
        guard try statement.step() else { return nil }
        return statement.takeOptionalInteger()
    }

    func text(_ sql: String, _ arguments: StoredValue...) throws(StoreFailure) -> String? {
        let statement = try prepare(sql)
        for argument in arguments { statement.put(argument) }
        guard try statement.step() else { return nil }
        return statement.takeOptionalText()
    }

    func run(_ sql: String, _ arguments: StoredValue...) throws(StoreFailure) {
        let statement = try prepare(sql)
        for argument in arguments { statement.put(argument) }
        try statement.run()
    }

    /// All of the body's writes or none. Takes the write lock first, so that it cannot fail for it half-way.
    func transaction<Result>(_ body: () throws(StoreFailure) -> Result) throws(StoreFailure) -> Result {
        try execute("BEGIN IMMEDIATE")
        do throws(StoreFailure) {
            let result = try body()
            try execute("COMMIT")
            return result
        } catch {
            rollBack()
            throw error
        }
    }

    /// Some failures have rolled back already.
    func rollBack() {
        if sqlite3_get_autocommit(handle) == 0 { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
    }

    /// The failure that the last call on this connection ended with.
    func failure(_ code: Int32) -> StoreFailure {
        StoreFailure(sqlite: code, detail: String(cString: sqlite3_errmsg(handle)), path: path)
    }

    /// `file:` name of a path; SQLite would read `%`, `?` and `#` in it. (RFC 8089 §2)
    static func uri(_ path: String, immutable: Bool = false, readOnly: Bool = false) -> String {
        var bytes = Array("file:".utf8)
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "%"): bytes += "%25".utf8
            case UInt8(ascii: "?"): bytes += "%3f".utf8
            case UInt8(ascii: "#"): bytes += "%23".utf8
            default: bytes.append(byte)
            }
        }
        if immutable { bytes += "?immutable=1".utf8 } else if readOnly { bytes += "?mode=ro".utf8 }
        return String(decoding: bytes, as: UTF8.self)
    }
}
