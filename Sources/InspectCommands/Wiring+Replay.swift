import Recording
import Replaying
import Traffic
import TrafficStore

extension WireTap: DriveTap {}

extension Wiring {
    /// A recording of what clients of ours say and hear, under way.
    struct ReplayRecording: Sendable {
        let id: Int64
        let startedNs: Int64
        private let recording: WireRecording
        private let clock: RecordingClock

        fileprivate init(id: Int64, startedNs: Int64, recording: WireRecording, clock: RecordingClock) {
            (self.id, self.startedNs, self.recording, self.clock) = (id, startedNs, recording, clock)
        }

        var endedNs: Int64 { clock.now }
        var tap: PlanRun.TapMaker { { [recording] in recording.tap(on: $0, goOn: $1) } }

        /// Stores what is still under way. Blocks meanwhile; to be called once, when all clients are closed.
        func finish() -> RecorderThread.Summary { recording.finish() }
    }

    /// Begins the recording of a replay in the capture at `path`; its sessions are named after the recorded one.
    static func liveRecording(
        into path: String, of session: String, target: String, redactor: Redactor?
    ) throws -> ReplayRecording {
        let clock = RecordingClock()
        let started = clock.now
        let name = "replay-" + session.map { "/#".contains($0) ? "-" : $0 }
        let writer = try CaptureWriter(
            path: path,
            recording: RecordingStart(
                name: name, source: .replay, target: target.withoutCredentials,
                command: CommandLineText.recorded(CommandLine.arguments), toolVersion: InspectCommand.version,
                foldVersion: Fold.version, startedNs: started))
        let id = writer.recordingID
        let recording = WireRecording(
            recordingID: id, into: writer, configuration: .init(name: name, redactor: redactor), clock: clock)
        return ReplayRecording(id: id, startedNs: started, recording: recording, clock: clock)
    }
}
