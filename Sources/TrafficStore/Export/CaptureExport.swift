import CSQLite
import Glibc
import Traffic

/// Copies sessions into a capture of their own, with all that they consist of and nothing else.
///
/// Works on a capture that is being recorded: rows are copied in short reads, those that refer to others first, so
/// whatever a row refers to is there too. The new file appears under its name only when it is whole.
package enum CaptureExport {
    /// Fails with `io` where the destination exists, with `noSuchSession` where a session does not.
    package static func export(sessions: [Int64], from source: String, to path: String) throws(StoreFailure) {
        var status = stat()
        guard lstat(path, &status) != 0 else { throw exists(path) }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex, access(String(path[..<slash]), F_OK) != 0 {
            throw StoreFailure(.io, "cannot write \(path): there is no folder \(path[..<slash]); make it first")
        }
        let reader = try CaptureReader(path: source)
        for session in sessions where try reader.session(session) == nil {
            throw StoreFailure(.noSuchSession, "\(source) has no session \(session)")
        }
        let partial = "\(path).partial-\(getpid())"
        unlink(partial)
        defer { unlink(partial) }
        do throws(StoreFailure) {
            let copy = try CaptureFile.create(partial, patienceMs: 2000)
            try attach(reader, to: copy)
            try SessionCopy(copy, sessions).run()
            try copy.execute("DETACH source")
            try Schema.buildDeferredIndexes(copy)
        } catch {
            throw StoreFailure(error.code, error.message.replacing(partial, with: path))
        }
        try publish(partial, as: path)
    }

    private static func attach(_ reader: CaptureReader, to copy: Connection) throws(StoreFailure) {
        // Nothing is lost with this file until it has its name, so it needs neither journal nor patience.
        try copy.execute("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA temp_store = MEMORY")
        let uri = Connection.uri(reader.path, immutable: reader.connection.access == .immutable, readOnly: true)
        try copy.run("ATTACH ? AS source", .text(uri))
    }

    /// Gives the finished file its name, unless somebody else took it meanwhile.
    private static func publish(_ partial: String, as path: String) throws(StoreFailure) {
        let file = open(partial, O_RDONLY | O_CLOEXEC)
        if file >= 0 {
            fsync(file)
            close(file)
        }
        if link(partial, path) == 0 { return }
        guard errno != EEXIST else { throw exists(path) }
        // A file system without hard links.
        guard rename(partial, path) == 0 else {
            throw StoreFailure(.io, "cannot write \(path): \(String(cString: strerror(errno)))")
        }
    }

    private static func exists(_ path: String) -> StoreFailure {
        StoreFailure(.io, "\(path) exists already; remove it or choose another name")
    }
}
