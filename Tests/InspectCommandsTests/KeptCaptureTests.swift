import Foundation
import TestSupport
import Testing
import Traffic

@testable import InspectCommands
@testable import TrafficStore

/// The captures of this repository, of whichever format and fold: what was recorded once opens for ever.
@Suite(.timeLimit(.minutes(2)))
struct KeptCaptureTests {
    @Test func `they are small and of every dialect`() {
        #expect(Set(KeptCapture.all.map(\.dialect)).isSuperset(of: Dialect.allCases.map(\.rawValue)))
        #expect(KeptCapture.all.allSatisfy { !$0.calls.isEmpty })
        #expect(KeptCapture.all.map(\.text.utf8.count).reduce(0, +) < 500_000)
    }

    @Test(arguments: KeptCapture.all)
    func `it says nothing of the machine that made it`(_ capture: KeptCapture) {
        let path = #/(?:/(?:home|root|tmp|usr|var|work|etc|opt)/)|[Aa]uthorization|[Cc]ookie/#
        #expect(capture.text.firstMatch(of: path)?.output == nil)
    }

    @Test(arguments: KeptCapture.all)
    func `it opens, is sound, and holds what it promises`(_ capture: KeptCapture) throws {
        let folder = try TemporaryFolder()
        let reader = try CaptureReader(path: capture.build(in: folder.path))
        #expect(try reader.values("PRAGMA integrity_check") == [[.text("ok")]])
        let recordings = try reader.recordings()
        #expect(recordings.map(\.gaps) == [0])
        let dialects = try reader.values("SELECT DISTINCT dialect FROM sessions")
        #expect(dialects.contains([.text(capture.dialect)]))
        let calls = try reader.values("SELECT method, name, status, reason FROM calls")
        for call in capture.calls {
            let isFound = calls.contains { row in
                row[0] == .text(call.method) && row[1] == (call.name.map { .text($0) } ?? .null)
                    && row[2] == .text(call.status) && (call.reason == nil || row[3] == .text(call.reason ?? ""))
            }
            #expect(isFound, "no call is \(call)")
        }
    }

    @Test(arguments: KeptCapture.all)
    func `it becomes one of today, and the fold derives again what the recorder derived`(
        _ capture: KeptCapture
    ) throws {
        let folder = try TemporaryFolder()
        let path = try capture.build(in: folder.path)
        let isOfToday = try CaptureReader(path: path).recordings().map(\.foldVersion) == [Fold.version]
        let first = try Reindexing.run(path: path, recording: 1)
        let second = try Reindexing.run(path: path, recording: 1)
        let last = isOfToday ? first : second
        let isUnchanged = last.tables.allSatisfy { $0.isUnchanged }
        #expect(isUnchanged, "\(last.lines)")
        #expect(try CaptureReader(path: path).values("PRAGMA user_version") == [[.integer(Schema.version)]])
    }

    @Test(arguments: KeptCapture.all)
    func `every documented query runs on it`(_ capture: KeptCapture) throws {
        let folder = try TemporaryFolder()
        let path = try capture.build(in: folder.path)
        #expect(DocumentedQueries.all.count >= 12)
        let reader = try CaptureReader(path: path)
        for query in DocumentedQueries.all { _ = try reader.values(query) }
    }

    @Test(arguments: KeptCapture.all)
    func `the commands show it`(_ capture: KeptCapture) throws {
        let folder = try TemporaryFolder()
        let path = try capture.build(in: folder.path)
        for command in [["sessions", "--db", path], ["show", path]] {
            let run = try InspectRun(command, in: folder.path)
            #expect(run.status == 0 && !run.output.isEmpty, "\(command): \(run.error)")
        }
        let problems = try InspectRun(["problems", path], in: folder.path)
        #expect([0, 1].contains(problems.status), "\(problems.error)")
    }
}

extension CaptureReader {
    fileprivate func values(_ sql: String) throws -> [[StoredValue]] {
        let rows = try query(sql)
        var values: [[StoredValue]] = []
        while let row = try rows.next() { values.append(row) }
        return values
    }
}
