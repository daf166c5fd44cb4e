import Foundation
import Traffic
import TrafficStore

/// What is searched for problems.
struct ProblemScope {
    let reader: CaptureReader
    let sessions: [Int64]
    /// Recordings of which everything is searched: also exchanges that are no MCP, gaps and failed handshakes, which
    /// belong to no session.
    let wholes: Set<Int64>
    /// Whether `show` finds these sessions by their names alone, in the database that it uses by itself.
    let isDefaultFile: Bool
    /// `session tourist/1`, `3 sessions of the recording begun …`
    let name: String

    /// `argument`: a session and so on; nil: the newest recording that was captured, not made by replay, load or mock.
    init(_ argument: String?, in database: DatabaseOption) throws {
        let location = try database.location()
        guard let argument else {
            let reader = try CaptureReader(path: location.path)
            guard
                let newest = Self.captured(try reader.recordings()).max(by: {
                    ($0.startedNs, $0.id) < ($1.startedNs, $1.id)
                })
            else {
                throw CommandFailure(
                    .usage, "nothing is recorded in \(reader.path.visible) yet; begin with mcp-inspect record")
            }
            try self.init(reader, recordings: [newest], isDefaultFile: location.choice != .flag)
            return
        }
        do {
            try self.init(selecting: argument, in: database)
        } catch let error as StoreFailure where error.code == .noSuchSession {
            // Recordings in which no session was seen have their problems too.
            guard let (reader, recordings) = try Self.recordings(argument, location.path) else { throw error }
            try self.init(
                reader, recordings: recordings,
                isDefaultFile: location.choice != .flag && reader.path == location.path)
        }
    }

    private init(_ reader: CaptureReader, recordings: [RecordingRow], isDefaultFile: Bool) throws {
        self.reader = reader
        self.isDefaultFile = isDefaultFile
        sessions = try recordings.flatMap { try reader.sessions(ofRecording: $0.id).map(\.row.id) }
        wholes = Set(recordings.map(\.id))
        let count = Figures.count(sessions.count, "session")
        guard recordings.count == 1, let only = recordings.first else {
            name = "\(count) of \(Figures.count(recordings.count, "recording"))"
            return
        }
        let isRunning = try reader.runningRecordings().contains(only.id)
        let state =
            isRunning ? ", still running" : only.interrupted || only.endedNs == nil ? ", which was interrupted" : ""
        name = "\(count) of the recording begun \(Figures.minute(ns: only.startedNs)) UTC\(state)"
    }

    private init(selecting argument: String, in database: DatabaseOption) throws {
        let location = try database.location()
        let selected = try SelectedSessions.resolve(argument, in: database)
        reader = selected.reader
        sessions = selected.ids
        isDefaultFile = location.choice != .flag && reader.path == location.path
        if sessions.count == 1, let only = try reader.session(sessions[0]) {
            name = "session \(only.label.visible)"
        } else {
            name = Figures.count(sessions.count, "session")
        }
        let chosen = Set(sessions)
        let touched = Set(sessions.map { $0 >> 32 })
        var wholes: Set<Int64> = []
        for recording in touched
        where try reader.sessions(ofRecording: recording).allSatisfy({ chosen.contains($0.row.id) }) {
            wholes.insert(recording)
        }
        // A file means all that was captured in it, with recordings in which no session was seen.
        if reader.path == argument {
            wholes.formUnion(Self.captured(try reader.recordings()).map(\.id).filter { !touched.contains($0) })
        }
        self.wholes = wholes
    }

    private static func captured(_ recordings: [RecordingRow]) -> [RecordingRow] {
        recordings.filter { !$0.source.isMade }
    }

    /// Those of that name, or those of a file.
    private static func recordings(
        _ argument: String, _ database: String
    ) throws -> (CaptureReader, [RecordingRow])? {
        if let reader = try? CaptureReader(path: database),
            let named = try reader.recordings().last(where: { $0.name == argument })
        {
            return (reader, [named])
        }
        guard FileManager.default.fileExists(atPath: argument) else { return nil }
        let other = try CaptureReader(path: argument)
        let all = Self.captured(try other.recordings())
        return all.isEmpty ? nil : (other, all)
    }
}
