import Glibc
import Traffic

/// Follows a capture from outside its recorders: says again and again what was committed since.
///
/// Nothing is said twice and nothing left out, whoever records, as long as the same follower asks. It holds the file
/// open while somebody records and lets go of it otherwise, so that the last recorder can leave WAL mode; a capture that
/// does not exist yet, or is replaced, is followed from its beginning. Each look is one short read. Used from one thread
/// at a time.
package final class CaptureFollower {
    /// From when on rows are told.
    package enum Start: Sendable, Hashable {
        /// Nanoseconds since the epoch.
        case time(Int64)
        /// The last messages, and what else was seen since the first of them; 0: only what is yet to come.
        case last(Int)
    }

    package let path: String
    private var start: Start
    private var reading: FollowedCapture?
    private var identity: CaptureFile.Identity?
    /// How the file stood when it was let go of.
    private var rest: FileMark?
    private var progress: FollowerProgress?

    package init(path: String, from start: Start) {
        self.path = path
        self.start = start
    }

    /// What is new; nil where there is no capture yet, or nothing was written to it. Fails where the file is none, or
    /// is damaged; a lock that somebody else holds just means nothing new.
    package func next() throws(StoreFailure) -> CommittedRows? {
        do throws(StoreFailure) {
            let rows = try look()
            if rows != nil, !isBeingRecorded { letGo() }
            return rows
        } catch {
            switch error.code {
            case .locked, .missing: return nil
            // It was made just now and is empty yet.
            case .notACapture where (CaptureFile.fileSize(path) ?? 0) == 0: return nil
            default: throw error
            }
        }
    }

    /// Whether any recorder was at work when the file was looked at last.
    package var isBeingRecorded: Bool { progress.map { !$0.active.isEmpty } ?? false }

    /// Text of a message, valid JSON or not.
    package func text(of message: MessageRow) throws(StoreFailure) -> [UInt8]? {
        try openCapture().text(of: message)
    }

    private func look() throws(StoreFailure) -> CommittedRows? {
        let mark = FileMark(path)
        if mark.identity != identity || mark.identity == nil {
            letGo()
            progress = nil
            // Whatever is there later is new.
            if mark.identity == nil || identity != nil { start = .time(0) }
            identity = mark.identity
        }
        guard mark.identity != nil, reading != nil || mark != rest else { return nil }
        let capture = try openCapture()
        var following = try progress(in: capture)
        progress = following
        let rows = try capture.ifChanged(or: following.wantsLook) { () throws(StoreFailure) in
            try capture.rows(after: &following)
        }
        guard let rows else { return nil }
        progress = following
        rest = mark
        return rows
    }

    func openCapture() throws(StoreFailure) -> FollowedCapture {
        if let reading { return reading }
        let capture = try FollowedCapture(path)
        reading = capture
        return capture
    }

    private func progress(in capture: FollowedCapture) throws(StoreFailure) -> FollowerProgress {
        if let progress { return progress }
        return try capture.begin(start)
    }

    /// Closes the file. Where the recorder could not leave WAL mode because of it, that is made up for.
    private func letGo() {
        guard reading != nil else { return }
        reading = nil
        CaptureFile.settle(path)
    }
}

/// What tells that a capture may have been written to, without opening it.
private struct FileMark: Equatable {
    let identity: CaptureFile.Identity?
    private let file: [Int]
    private let log: [Int]

    init(_ path: String) {
        identity = CaptureFile.identity(path)
        file = Self.sizeAndTime(of: path)
        log = Self.sizeAndTime(of: path + "-wal")
    }

    private static func sizeAndTime(of path: String) -> [Int] {
        var status = stat()
        guard stat(path, &status) == 0 else { return [] }
        return [Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
    }
}
