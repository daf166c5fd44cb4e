import Foundation
import Traffic
import TrafficStore

/// One capture, from its first part to its last commit.
struct Round {
    private(set) var wall = Duration.zero
    private(set) var cpuSeconds = 0.0
    private(set) var longestCommit = Duration.zero

    /// As many parts as the recorder's thread commits together when it has no time to wait for more.
    private static let partsPerCommit = 3000

    init(_ kind: SyntheticTraffic.Kind, _ plan: Plan) throws {
        let folder = URL(filePath: plan.folder).appending(path: "pipeline-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "capture.sqlite").path
        let start = RecordingStart(
            source: .proxy, command: "pipeline-bench", toolVersion: "0", foldVersion: Fold.version,
            startedNs: 1_700_000_000_000_000_000)
        let writer = try CaptureWriter(path: path, recording: start)
        let cpuBefore = Self.cpu()
        let began = ContinuousClock.now
        try record(kind, plan, into: writer)
        wall = ContinuousClock.now - began
        cpuSeconds = Self.cpu() - cpuBefore
        try writer.close(endedNs: start.startedNs)
        try check(kind, plan, path)
    }

    private mutating func record(_ kind: SyntheticTraffic.Kind, _ plan: Plan, into writer: CaptureWriter) throws {
        var traffic = SyntheticTraffic(places: plan.places, size: plan.size)
        var recorder = TrafficRecorder(
            recordingID: writer.recordingID, name: nil, redactor: Redactor(key: Array(repeating: 7, count: 32)))
        traffic.open(kind, into: &recorder)
        var parts = 0
        for number in 0..<plan.count {
            parts += traffic.next(kind, number, into: &recorder)
            guard parts >= Self.partsPerCommit else { continue }
            try commit(&recorder, writer)
            parts = 0
        }
        try commit(&recorder, writer)
    }

    private mutating func commit(_ recorder: inout TrafficRecorder, _ writer: CaptureWriter) throws {
        let batch = recorder.drain()
        let took = try ContinuousClock().measure { _ = try writer.commit(batch) }
        longestCommit = max(longestCommit, took)
    }

    /// Everything that was fed must be there, read back from the file.
    private func check(_ kind: SyntheticTraffic.Kind, _ plan: Plan, _ path: String) throws {
        let reader = try CaptureReader(path: path)
        func count(_ sql: String) throws -> Int {
            guard case .integer(let number)? = try reader.query(sql).next()?.first else { return 0 }
            return Int(number)
        }
        let exchanges = kind == .exchanges
        let rows = try count("SELECT count(*) FROM \(exchanges ? "exchanges" : "stream_events")")
        let messages = try count("SELECT count(*) FROM message_rows")
        let answered = try exchanges ? count("SELECT count(*) FROM calls WHERE status = 'ok'") : plan.count
        let gaps = try count("SELECT count(*) FROM gaps")
        guard rows == plan.count, messages == plan.count * (exchanges ? 2 : 1), answered == plan.count, gaps == 0 else {
            throw BenchFailure("\(rows) rows, \(messages) messages and \(gaps) gaps of \(plan.count) \(kind.rawValue)")
        }
    }

    private static func cpu() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
