import Glibc
import Traffic

/// What a `<session>` argument means.
package enum SessionSelection: Sendable, Hashable {
    /// Sessions of a capture database, in the order in which they began.
    case sessions(path: String, ids: [Int64])
    /// A pcap or pcapng file, which must be read first; `session` is what stood after `#`.
    case packets(path: String, session: String?)

    /// Finds out what `argument` means beside the database that is in use: `latest`, a session's name or id, a
    /// recording's name, or a file (`FILE`, `FILE#session`). A session of the database comes before a file of that
    /// name. A file means what was captured in it: the sessions that replay, load or mock made there too only where
    /// there are no others, or with `whole`. Throws `noSuchSession`, or what opening a file throws.
    package static func resolve(
        _ argument: String, database: String, whole: Bool = false
    ) throws(StoreFailure) -> SessionSelection {
        let notFound: StoreFailure
        do throws(StoreFailure) {
            return .sessions(path: database, ids: try CaptureReader(path: database).sessionIDs(matching: argument))
        } catch {
            notFound = error
        }
        guard argument != "latest", let (path, session) = split(argument) else { throw notFound }
        if isPacketFile(path) { return .packets(path: path, session: session) }
        let reader = try CaptureReader(path: path)
        var ids: [Int64] = []
        if let session {
            ids = try reader.sessionIDs(matching: session)
        } else {
            let all = try reader.sessions()
            let captured = whole ? [] : all.filter { !$0.recording.source.isMade }
            ids = (captured.isEmpty ? all : captured).map(\.row.id)
        }
        guard !ids.isEmpty else {
            throw StoreFailure(.noSuchSession, "\(path) has no session; nothing of it looked like MCP")
        }
        return .sessions(path: path, ids: ids)
    }

    /// The file and the session of `FILE#session`, or nil where no such file exists.
    private static func split(_ argument: String) -> (path: String, session: String?)? {
        if access(argument, F_OK) == 0 { return (argument, nil) }
        guard let hash = argument.lastIndex(of: "#") else { return nil }
        let path = String(argument[..<hash])
        let session = String(argument[argument.index(after: hash)...])
        return access(path, F_OK) == 0 ? (path, session.isEmpty ? nil : session) : nil
    }

    /// Whether the file begins like pcap, in either byte order and resolution, or pcapng.
    private static func isPacketFile(_ path: String) -> Bool {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        var magic: UInt32 = 0
        guard read(file, &magic, 4) == 4 else { return false }
        return [0xA1B2_C3D4, 0xD4C3_B2A1, 0xA1B2_3C4D, 0x4D3C_B2A1, 0x0A0D_0D0A].contains(magic)
    }
}
