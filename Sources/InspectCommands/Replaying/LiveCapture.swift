import Foundation
import Traffic
import TrafficStore

/// The capture that live traffic goes to: the one of the recorded session, or one that is gone with the replay.
struct LiveCapture: Sendable {
    let path: String
    /// Why nothing is kept; nil where it is.
    let notStored: String?
    private let folder: String?

    init(beside recorded: String, stores: Bool) throws {
        var reason = stores ? nil : "not kept (--no-store)"
        if stores, !(try Self.canWrite(recorded)) { reason = "not kept: \(recorded.visible) cannot be written" }
        notStored = reason
        guard reason != nil else {
            (path, folder) = (recorded, nil)
            return
        }
        let folder = NSTemporaryDirectory() + "/mcp-inspect-replay-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        (path, self.folder) = (folder + "/live.sqlite", folder)
    }

    /// A database that is written has files beside it. Throws where something else is wrong with it.
    private static func canWrite(_ path: String) throws -> Bool {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        guard access(path, W_OK) == 0, access(folder, W_OK) == 0 else { return false }
        do throws(StoreFailure) {
            _ = try RunStore(path: path)
            return true
        } catch {
            guard error.code == .readOnly || error.code == .io else { throw error }
            return false
        }
    }

    func remove() {
        if let folder { try? FileManager.default.removeItem(atPath: folder) }
    }

    /// Keeps what a run found, where anything is kept.
    func keep(_ run: ReplayOutcome.Run, of script: ReplayScript, _ command: ReplayCommand) throws {
        guard folder == nil, let comparison = run.comparison else { return }
        var row = ReplayRow(
            sessionID: script.sessionID, command: CommandLineText.recorded(CommandLine.arguments),
            toolVersion: InspectCommand.version, failOn: comparison.failOn.words, startedNs: run.startedNs)
        row.liveRecordingID = run.live
        row.target = "\(run.target)".withoutCredentials
        row.dialect = command.replay.chosenDialect.map { Dialect(rawValue: $0.rawValue) } ?? script.plan.dialect
        row.speed = command.replay.speed.text
        row.endedNs = run.endedNs
        row.calls = Int64(comparison.calls.count)
        row.divergences = Int64(comparison.counted.count)
        row.masked = Int64(comparison.masked.count)
        _ = try RunStore(path: path).keep(row, divergences: comparison.rows)
    }
}
