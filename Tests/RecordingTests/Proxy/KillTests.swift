import Foundation
import Synchronization
import TestSupport
import Testing
import Traffic
import TrafficStore

/// A recorder that is killed leaves a capture that lacks at most the last 100 ms.
@Suite(.timeLimit(.minutes(15)), .serialized)
struct KillTests {
    /// What a client got, and when.
    private final class Arrivals: Sendable {
        let times = Mutex<[ContinuousClock.Instant]>([])
        var count: Int { times.withLock { $0.count } }
    }

    /// An endless stream of numbered events, 1000 a second.
    private static func stream(_ wire: inout Wire) async throws {
        _ = try await wire.receiveHead()
        try await wire.send(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
        let started = ContinuousClock.now
        var next = 0
        while true {
            let due = Int((ContinuousClock.now - started) / .milliseconds(1))
            while next <= due {
                let event = event(next)
                try await wire.send("\(String(event.count, radix: 16))\r\n\(event)\r\n")
                next += 1
            }
            try await Task.sleep(for: .milliseconds(1))
        }
    }

    private static func event(_ number: Int) -> String {
        let params = #"{"progressToken":1,"progress":\#(number)}"#
        return
            "id: \(number)\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":\(params)}\n\n"
    }

    /// Reads the stream until it ends or `limit` events have come.
    private static func follow(_ port: Int, _ arrivals: Arrivals, limit: Int = .max) async throws {
        try await Loopback.connect(port) { wire in
            try await wire.send("GET /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
            _ = try await wire.receiveHead()
            var last: UInt8 = 0
            while arrivals.count < limit, let bytes = try await wire.receive() {
                let now = ContinuousClock.now
                for byte in bytes {
                    if byte == 10, last == 10 { arrivals.times.withLock { $0.append(now) } }
                    last = byte
                }
            }
        }
    }

    /// The numbers of the events in the capture, which must be those of `event`.
    private static func recorded(_ path: String) throws -> [Int] {
        let capture = try Capture(path)
        guard let row = try capture.exchanges().first else { return [] }
        let blocks = try capture.blocks(of: row)
        for (number, block) in blocks.enumerated() where block.block.raw != Array(event(number).utf8) {
            if block.block.kind != .partial { Issue.record("event \(number) is \(block.block)") }
        }
        return blocks.filter { $0.block.kind != .partial }.map { Int($0.seq) }
    }

    /// The promise counts from when an event passed, and a client gets it no later than its bytes are queued for the
    /// recorder but for the scheduling of one thread. What the machine itself held up is taken out: the time in which
    /// the recorder's thread wanted to run and was not let, which the kernel counts.
    @Test(arguments: 0..<50)
    func `after SIGKILL the file is sound and lacks at most the last 100 ms`(seed: Int) async throws {
        let folder = try TemporaryFolder()
        var random = SeededGenerator(seed)
        let pause = Duration.milliseconds(120 + random.below(300))
        try await Loopback.serve(
            Self.stream,
            while: { upstream in
                let recorder = try await RecorderProcess(upstream: upstream, folder: folder)
                let port = recorder.port
                let arrivals = Arrivals()
                let client = Task { try await Self.follow(port, arrivals) }
                await eventually { arrivals.count > 0 }
                let waitedBefore = recorder.recorderWaited
                try await Task.sleep(for: pause)
                let waited = recorder.recorderWaited - waitedBefore
                let killed = ContinuousClock.now
                recorder.kill()
                try await client.value

                let bound = killed - .milliseconds(100) - waited
                let due = arrivals.times.withLock { $0.prefix { $0 <= bound }.count }
                let numbers = try Self.recorded(folder.database)
                #expect(numbers == Array(0..<numbers.count))
                #expect(
                    numbers.count >= due,
                    "\(numbers.count) of \(due) due events, \(arrivals.count) in all, held up \(waited)")
                let capture = try Capture(folder.database)
                #expect(try capture.texts("PRAGMA integrity_check") == ["ok"])
                let recording = try #require(try capture.reader.recordings().first)
                #expect(recording.interrupted && recording.endedNs != nil)
                try expectReindexChangesNothing(folder.database)
            })
    }

    @Test func `ended in order, nothing is missing`() async throws {
        let folder = try TemporaryFolder()
        try await Loopback.serve(
            Self.stream,
            while: { upstream in
                let recorder = try await RecorderProcess(upstream: upstream, folder: folder)
                let arrivals = Arrivals()
                try await Self.follow(recorder.port, arrivals, limit: 500)
                #expect(try await recorder.interrupt() == 0)
                let numbers = try Self.recorded(folder.database)
                #expect(numbers.count >= arrivals.count && numbers == Array(0..<numbers.count))
                let capture = try Capture(folder.database)
                #expect(try capture.reader.recordings().map(\.interrupted) == [false])
                #expect(try capture.integers("SELECT count(*) FROM gaps") == [0])
                try expectReindexChangesNothing(folder.database)
            })
    }
}
