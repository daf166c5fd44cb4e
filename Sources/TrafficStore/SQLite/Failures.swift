import CSQLite
import Traffic

extension StoreFailure {
    /// What a SQLite result code means to somebody who wants to record or look.
    init(sqlite code: Int32, detail: String, path: String) {
        switch code & 0xff {
        case SQLITE_BUSY, SQLITE_LOCKED:
            self.init(.locked, "\(path) stayed locked by another program; try again when that one is done with it")
        case SQLITE_FULL:
            self.init(.full, "no space is left for \(path); free some, or pass --db with a file on another disk")
        case SQLITE_READONLY, SQLITE_PERM:
            self.init(.readOnly, "\(path) cannot be written; pass --db with a file in a folder that can be")
        case SQLITE_NOTADB:
            self = .notACapture(path)
        case SQLITE_CORRUPT:
            self.init(.corrupt, "\(path) is damaged (\(detail)); save what can be read with: sqlite3 \(path) .recover")
        case SQLITE_CANTOPEN:
            self.init(.io, "cannot open \(path): \(detail); check that its folder exists and that you may use it")
        case SQLITE_AUTH:
            self.init(.query, "only statements that read are run here (\(detail)); to change \(path) use sqlite3")
        case SQLITE_ERROR, SQLITE_TOOBIG, SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_RANGE, SQLITE_INTERRUPT:
            self.init(.query, "\(path): \(detail)")
        default:
            self.init(.io, "\(path) could not be read or written (\(detail)); check the disk that it is on")
        }
    }

    static func missing(_ path: String) -> StoreFailure {
        StoreFailure(
            .missing, "there is no capture at \(path); make one with mcp-inspect record, or pass --db with another file"
        )
    }

    static func notACapture(_ path: String) -> StoreFailure {
        StoreFailure(.notACapture, "\(path) is no capture of mcp-inspect; pass --db with a file that mcp-inspect wrote")
    }

    static func newer(_ path: String, version: Int64) -> StoreFailure {
        StoreFailure(
            .newer,
            "\(path) has capture format \(version), which is newer than this mcp-inspect reads; update mcp-inspect")
    }
}
