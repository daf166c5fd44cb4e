import Forwarding
import NIOCore
import Recording
import Testing
import Traffic
import TrafficStore

/// A whole recording proxy in this process.
enum RunningRecording {
    /// Runs the proxy in front of `upstream` while `body` runs and until so many connections of clients have closed;
    /// returns what its recording came to.
    static func run(
        to upstream: Int, into path: String, redactor: Redactor? = nil, isLossless: Bool = false, connections: Int = 0,
        _ body: @escaping @Sendable (_ port: Int) async throws -> Void
    ) async throws -> RecorderThread.Summary {
        let clock = RecordingClock()
        var configuration = ProxyRecording.Configuration(forwarder: try forwarder(to: upstream))
        configuration.redactor = redactor
        configuration.inflater = ZlibInflater.self
        configuration.isLossless = isLossless
        let start = RecordingStart(
            source: .proxy, command: "record", toolVersion: "0", foldVersion: Fold.version, startedNs: clock.now)
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let recording = Task { [configuration] in
            defer { found.finish() }
            let writer = try CaptureWriter(path: path, recording: start)
            let id = writer.recordingID
            return try await ProxyRecording(configuration: configuration, clock: clock).run(
                recordingID: id, into: writer, observer: nil, onListening: { found.yield($0) })
        }
        return try await whileRunning(recording, ports) { port in
            try await body(port)
            guard connections > 0 else { return }
            await eventually {
                let query = "SELECT count(*) FROM connections WHERE leg = 'client' AND closed_ns IS NOT NULL"
                return (try? Capture(path).integers(query)) == [Int64(connections)]
            }
        }
    }

    /// The same without a recorder.
    static func forward(
        to upstream: Int, _ body: @escaping @Sendable (_ port: Int) async throws -> Void
    ) async throws {
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let forwarder = Forwarder(configuration: try forwarder(to: upstream)) { found.yield($0.port ?? 0) }
        let forwarding = Task {
            defer { found.finish() }
            try await forwarder.run()
        }
        try await whileRunning(forwarding, ports, body)
    }

    private static func forwarder(to upstream: Int) throws -> ForwarderConfiguration {
        var configuration = ForwarderConfiguration(upstream: try UpstreamOrigin("http://127.0.0.1:\(upstream)/"))
        configuration.listenPort = 0
        return configuration
    }

    private static func whileRunning<Result: Sendable>(
        _ task: Task<Result, any Error>, _ ports: AsyncStream<Int>,
        _ body: @escaping @Sendable (_ port: Int) async throws -> Void
    ) async throws -> Result {
        var ports = ports.makeAsyncIterator()
        guard let port = await ports.next() else { return try await task.value }
        do {
            try await body(port)
        } catch {
            task.cancel()
            _ = try? await task.value
            throw error
        }
        task.cancel()
        return try await task.value
    }
}
