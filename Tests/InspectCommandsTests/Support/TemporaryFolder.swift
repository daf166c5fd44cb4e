import Foundation

/// A folder of a test's own, gone with it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "inspect-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    func file(_ name: String = "captures.sqlite") -> String { path + "/" + name }

    /// Waits until a program has made the file; the limit of the suite ends it.
    func has(_ name: String) async throws {
        while !FileManager.default.fileExists(atPath: file(name)) { try await Task.sleep(for: .milliseconds(10)) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
