import Foundation
import Testing
import Traffic
import TrafficStore

/// Several recorders write into one file, at 1,000 events a second each, and others read it meanwhile.
@Suite(.timeLimit(.minutes(3)), .serialized)
struct SeveralRecordersTests {
    private static let recorders = 4
    private static let events = 3000

    /// A stream of numbered events, 1000 a second, that comes to its end.
    private static func stream(_ wire: inout Wire) async throws {
        _ = try await wire.receiveHead()
        try await wire.send(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
        let started = ContinuousClock.now
        var next = 0
        while next < events {
            let due = min(events - 1, Int((ContinuousClock.now - started) / .milliseconds(1)))
            while next <= due {
                let event = event(next)
                try await wire.send("\(String(event.utf8.count, radix: 16))\r\n\(event)\r\n")
                next += 1
            }
            try await Task.sleep(for: .milliseconds(1))
        }
        try await wire.send("0\r\n\r\n")
    }

    private static func event(_ number: Int) -> String {
        let text = String(repeating: "x", count: 200)
        let params = #"{"level":"info","data":{"number":\#(number),"text":"\#(text)"}}"#
        return "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":\(params)}\n\n"
    }

    /// Reads a stream until it ends, in order or not.
    private static func follow(_ port: Int) async throws {
        try await Loopback.connect(port) { wire in
            try await wire.send("GET /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
            var end: [UInt8] = []
            while let bytes = try await wire.receive() {
                end = (end + bytes).suffix(7)
                if end == Array("\r\n0\r\n\r\n".utf8) { return }
            }
        }
    }

    /// What somebody who follows the file is told.
    private struct Told: Sendable {
        var messages: [Int64] = []
        var begun = 0
        var interrupted: [Bool] = []
    }

    /// Follows the file until nobody records into it any more.
    private static func tail(_ path: String) async throws -> Told {
        let follower = CaptureFollower(path: path, from: .time(0))
        var told = Told()
        var isOver = false
        while !isOver {
            let rows = try follower.next()
            told.messages += rows?.messages.map(\.id) ?? []
            told.begun += rows?.begun.count ?? 0
            told.interrupted += rows?.ended.map(\.interrupted) ?? []
            isOver = told.interrupted.count == recorders && rows?.isPartial != true
            if rows?.isPartial != true { try await Task.sleep(for: .milliseconds(50)) }
        }
        return told
    }

    private static func start(_ upstream: Int, _ folder: TemporaryFolder) async throws -> [RecorderProcess] {
        var found: [RecorderProcess] = []
        for number in 0..<recorders {
            found.append(try await RecorderProcess(upstream: upstream, folder: folder, number: number))
        }
        return found
    }

    /// Numbers of the events of a recording, as they stand.
    private static func numbers(_ recording: Int, in capture: Capture) throws -> [Int64] {
        try capture.integers(
            """
            SELECT data ->> '$.params.data.number' FROM stream_events
            WHERE id >> 32 = \(recording) AND kind = 'event' ORDER BY id
            """)
    }

    private static func isAlone(_ folder: TemporaryFolder) -> Bool {
        ["-wal", "-shm", "-journal"].allSatisfy { !FileManager.default.fileExists(atPath: folder.database + $0) }
    }

    /// Besides completeness, the promise of 100 ms: in memory, because how long a disk takes is not ours to promise, and
    /// without what the machine held up, because a recorder's thread wanted to run and was not let, for whoever of them
    /// it was that the others had to wait for.
    @Test func `four recorders miss nothing, are on disk in time, and the last leaves one file`() async throws {
        let folder = try TemporaryFolder(isInMemory: true)
        try await Loopback.serve(
            Self.stream,
            while: { upstream in
                let recorders = try await Self.start(upstream, folder)
                async let told = Self.tail(folder.database)
                try await withThrowingTaskGroup { group in
                    for port in recorders.map(\.port) { group.addTask { try await Self.follow(port) } }
                    try await group.waitForAll()
                }
                let waited = recorders.reduce(Duration.zero) { $0 + $1.recorderWaited }
                for recorder in recorders { #expect(try await recorder.interrupt() == 0) }
                for recorder in recorders {
                    let delay = try #require(recorder.longestDelay)
                    #expect(delay <= .milliseconds(100) + waited, "held up \(waited)")
                }
                let heard = try await told
                #expect(heard.begun == Self.recorders && heard.interrupted.allSatisfy { !$0 })
                #expect(Self.isAlone(folder))
                let capture = try Capture(folder.database)
                for recording in 1...Self.recorders {
                    #expect(try Self.numbers(recording, in: capture) == (0..<Int64(Self.events)).map { $0 })
                }
                #expect(try capture.integers("SELECT count(*) FROM gaps") == [0])
                #expect(try capture.texts("PRAGMA integrity_check") == ["ok"])
                let stored = try capture.integers("SELECT id FROM message_rows ORDER BY id")
                #expect(heard.messages.count == stored.count && Set(heard.messages) == Set(stored))
            })
    }

    @Test func `one that is killed does not keep the others from anything`() async throws {
        let folder = try TemporaryFolder()
        try await Loopback.serve(
            Self.stream,
            while: { upstream in
                let recorders = try await Self.start(upstream, folder)
                async let told = Self.tail(folder.database)
                let clients = recorders.map(\.port).map { port in Task { try await Self.follow(port) } }
                // Well within the stream, by what the file itself says.
                await eventually {
                    let query = "SELECT count(*) FROM stream_events WHERE id >> 32 = 2"
                    return (try? Capture(folder.database).integers(query).first).map { $0 > 500 } ?? false
                }
                recorders[1].kill()
                for client in clients { try await client.value }
                for (number, recorder) in recorders.enumerated() where number != 1 {
                    #expect(try await recorder.interrupt() == 0)
                }
                #expect(try await told.interrupted.sorted { $0 && !$1 } == [true, false, false, false])
                #expect(Self.isAlone(folder))
                let capture = try Capture(folder.database)
                #expect(try capture.reader.recordings().map(\.interrupted) == [false, true, false, false])
                for recording in 1...Self.recorders {
                    let numbers = try Self.numbers(recording, in: capture)
                    #expect(numbers == (0..<Int64(numbers.count)).map { $0 })
                    #expect(recording == 2 ? numbers.count > 500 : numbers.count == Self.events)
                }
                #expect(try capture.integers("SELECT count(*) FROM gaps") == [0])
                #expect(try capture.texts("PRAGMA integrity_check") == ["ok"])
            })
    }
}
