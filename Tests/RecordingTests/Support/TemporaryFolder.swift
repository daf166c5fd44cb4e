import Foundation

/// A folder of a test's own, gone with it.
final class TemporaryFolder: Sendable {
    let path: String

    /// `isInMemory`: where no disk holds anything up, if there is such a place. (shm_overview(7))
    init(isInMemory: Bool = false) throws {
        let memory = "/dev/shm"
        let isThere = isInMemory && FileManager.default.isWritableFile(atPath: memory)
        let place = isThere ? memory : FileManager.default.temporaryDirectory.path
        path = place + "/recording-tests-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    var database: String { path + "/capture.sqlite" }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
