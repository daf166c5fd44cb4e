import Foundation
import TrafficStore

extension DatabaseOption {
    /// The capture database that the command works on.
    func location() throws -> CaptureLocation {
        try CaptureLocation.resolve(
            flag: db, environment: ProcessInfo.processInfo.environment,
            workingDirectory: FileManager.default.currentDirectoryPath)
    }
}

/// The line that names the file which a command used.
enum UsedFile {
    /// Below what is read, or on standard error where standard output is for machines.
    static func tell(_ path: String, isMachine: Bool, style: TextStyle = .standardOutput) {
        let text = "in \(path.visible)"
        if isMachine { Terminal.error(text) } else { Terminal.line(style.dim(text)) }
    }
}

/// The sessions that an argument means, and the file that they are in.
struct SelectedSessions {
    let reader: CaptureReader
    let ids: [Int64]

    /// `whole`: a file means all its sessions, those too that replay, load or mock made.
    static func resolve(
        _ argument: String, in database: DatabaseOption, whole: Bool = false
    ) throws -> SelectedSessions {
        switch try selection(argument, in: database, whole) {
        case .sessions(let path, let ids): return SelectedSessions(reader: try CaptureReader(path: path), ids: ids)
        case .packets(let path, _):
            throw CommandFailure(
                .usage,
                "\(path) is a packet capture, which this version does not read; record through the proxy instead")
        }
    }

    private static func selection(
        _ argument: String, in database: DatabaseOption, _ whole: Bool
    ) throws -> SessionSelection {
        let path = try database.location().path
        do {
            return try SessionSelection.resolve(argument, database: path, whole: whole)
        } catch {
            let file = argument.lastIndex(of: "#").map { String(argument[..<$0]) } ?? argument
            guard isFileName(file), !FileManager.default.fileExists(atPath: file) else { throw error }
            throw CommandFailure(
                .usage, "there is no file \(file.visible); give one that is there, or a session's name")
        }
    }

    /// Whether nothing but a file is called so.
    private static func isFileName(_ text: String) -> Bool {
        ["/", "./", "../"].contains { text.hasPrefix($0) }
            || [".sqlite", ".sqlite3", ".db", ".pcap", ".pcapng"].contains { text.hasSuffix($0) }
    }
}
