import Forwarding
import Traffic

/// One run of the recording proxy: forwarder, queue and recorder thread, from listening to the last commit.
package struct ProxyRecording: Sendable {
    package struct Configuration: Sendable {
        package var forwarder: ForwarderConfiguration
        /// What sessions are named after instead of their client.
        package var name: String?
        /// Holds the traffic back instead of counting gaps.
        package var isLossless = false
        /// Nil stores secrets as they are.
        package var redactor: Redactor?
        /// Nil reads no encoded content.
        package var inflater: (any Inflater.Type)?

        package init(forwarder: ForwarderConfiguration) {
            self.forwarder = forwarder
        }
    }

    private let configuration: Configuration
    private let clock: RecordingClock

    package init(configuration: Configuration, clock: RecordingClock) {
        self.configuration = configuration
        self.clock = clock
    }

    /// Records until the task is cancelled, which is the normal end; then everything seen is stored.
    ///
    /// `sink` already holds the recording `recordingID`. Throws `ForwarderError` when it cannot listen; the recording is
    /// closed all the same.
    package func run(
        recordingID: Int64, into sink: sending any TrafficSink, observer: RecorderThread.Observer?,
        onListening: @escaping @Sendable (_ port: Int) -> Void
    ) async throws -> RecorderThread.Summary {
        let queue = TapQueue(clock: clock, isLossless: configuration.isLossless)
        let recorder = TrafficRecorder(
            recordingID: recordingID, name: configuration.name, redactor: configuration.redactor,
            inflater: configuration.inflater)
        let thread = RecorderThread(queue: queue, recorder: recorder, sink: sink, clock: clock, observer: observer)
        let forwarder = Forwarder(configuration: configuration.forwarder, tap: queue) { onListening($0.port ?? 0) }
        do {
            try await forwarder.run()
        } catch {
            _ = thread.finish()
            throw error
        }
        return thread.finish()
    }
}
