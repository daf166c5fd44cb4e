import Foundation
import Scenario
import Traffic
import TrafficStore

/// The sessions that `mock` serves: those that were meant, completed by what was asked of live servers in their place.
struct MockedSessions {
    let path: String
    let scores: [Score]
    /// What belonged to no session.
    let unplaced: [Score]
    /// What a recording that completes them is called.
    let supplementName: String
    /// The URL of the recorded server, as far as it is known.
    let target: String?

    init(_ argument: String, in database: DatabaseOption) throws {
        let selected = try SelectedSessions.resolve(argument, in: database)
        let reader = selected.reader
        path = reader.path
        let all = try reader.sessions()
        let served = all.filter { selected.ids.contains($0.row.id) }
        // Where all is served that was captured, all that was asked in its place completes it.
        let captured = all.filter { !$0.recording.source.isMade }
        let isWhole = served.map(\.row.id) == captured.map(\.row.id)
        let names = Set((served.map(\.label) + served.compactMap(\.recording.name)).map(MissRecording.name))
        let supplements = all.filter { session in
            session.recording.source == .mock && !served.contains { $0.row.id == session.row.id }
                && (isWhole || session.recording.name.map(names.contains) ?? false)
        }
        let others = try supplements.map { try ScoreReader.read($0.row.id, in: reader) }
        scores = try served.map { try ScoreReader.read($0.row.id, in: reader).supplemented(by: others) }
        unplaced = try Set(served.map(\.recording.id)).sorted().map {
            ScoreReader.read(unplaced: try reader.exchangesWithoutSession(ofRecording: $0))
        }
        let recording = served.first?.recording
        let common = served.allSatisfy { $0.recording.id == recording?.id } ? recording?.name : nil
        let file = URL(filePath: reader.path).deletingPathExtension().lastPathComponent
        supplementName = MissRecording.name(of: served.count == 1 ? served[0].label : common ?? file)
        target = recording?.target
    }
}
