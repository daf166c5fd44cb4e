import Forwarding
import NIOCore
import Synchronization
import Traffic

/// A recording of what clients of this process say and hear: queue and recorder thread, from the first client to the last
/// commit. The rows are those that the recording proxy would write between the same clients and their server.
///
/// Nothing is dropped: where the store cannot keep up, the taps ask their clients to wait.
package final class WireRecording: Sendable {
    package struct Configuration: Sendable {
        /// What sessions are named after instead of their client.
        package var name: String?
        /// Nil stores secrets as they are.
        package var redactor: Redactor?
        /// Nil reads no encoded content.
        package var inflater: (any Inflater.Type)?

        package init(
            name: String? = nil, redactor: Redactor? = nil, inflater: (any Inflater.Type)? = ZlibInflater.self
        ) {
            self.name = name
            self.redactor = redactor
            self.inflater = inflater
        }
    }

    private struct Client: Sendable {
        let tap: NIOLoopBound<WireTap>
        let eventLoop: any EventLoop
        let goOn: @Sendable () -> Void
    }

    /// What clients may be ahead of the record: what it takes in after the last of them was ended is over soon.
    private static let limit = 8 << 20

    package let recordingID: Int64
    private let queue: TapQueue
    private let thread: RecorderThread
    private let numbers = WireNumbers()
    private let clients = Mutex<[Client]>([])

    /// Begins. `sink` already holds the recording `recordingID`, and is used by the recorder's thread alone from now on.
    package init(
        recordingID: Int64, into sink: sending any TrafficSink, configuration: Configuration, clock: RecordingClock
    ) {
        self.recordingID = recordingID
        queue = TapQueue(clock: clock, limit: Self.limit, isLossless: true)
        let recorder = TrafficRecorder(
            recordingID: recordingID, name: configuration.name, redactor: configuration.redactor,
            inflater: configuration.inflater)
        thread = RecorderThread(queue: queue, recorder: recorder, sink: sink, clock: clock, observer: nil)
        queue.attach { [weak self] in self?.goOn() }
    }

    /// A tap for one more client, on whose event loop this is called.
    ///
    /// - Parameter goOn: called on the event loop after the tap asked for a pause, when it is over.
    package func tap(on eventLoop: any EventLoop, goOn: @escaping @Sendable () -> Void) -> WireTap {
        let tap = WireTap(queue: queue, numbers: numbers, eventLoop: eventLoop)
        let client = Client(tap: NIOLoopBound(tap, eventLoop: eventLoop), eventLoop: eventLoop, goOn: goOn)
        clients.withLock { $0.append(client) }
        return tap
    }

    private func goOn() {
        for client in clients.withLock({ $0 }) {
            client.eventLoop.execute {
                guard client.tap.value.isHeld else { return }
                client.tap.value.goOn()
                client.goOn()
            }
        }
    }

    /// Takes in what is still queued, ends the recording and returns what it came to. Blocks meanwhile: never called on an
    /// event loop or the cooperative pool. Call it once, after the connections of all clients were closed.
    package func finish() -> RecorderThread.Summary {
        for client in clients.withLock({ $0 }) {
            try? client.eventLoop.submit { client.tap.value.handOver() }.wait()
        }
        return thread.finish()
    }
}
