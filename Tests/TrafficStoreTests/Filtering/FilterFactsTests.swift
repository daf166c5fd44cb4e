import Testing
import Traffic

@testable import TrafficStore

struct FilterFactsTests {
    private let folder = TemporaryFolder()

    @Test func `nothing of a session is looked for in whole tables, though somebody records`() throws {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        let shell = try Shell(folder.file())
        #expect(shell.rows("SELECT name FROM sqlite_schema WHERE name = 'calls_by_session'") == [])
        let all: [FilterFacts] = [
            .messages(ofSession: 1 << 32 | 1), .exchanges(ofSession: 1 << 32 | 1), .blocks(ofSession: 1 << 32 | 1),
            .end(ofSession: 1 << 32 | 1),
        ]
        for facts in all {
            let columns = [facts.kind, facts.hasCall, facts.callStatus, facts.latencyMs, facts.text]
            let plan = shell.rows(
                "EXPLAIN QUERY PLAN SELECT \(columns.joined(separator: ", ")) FROM \(facts.source) WHERE \(facts.scope)"
            )
            let details = plan.compactMap(\.last)
            #expect(!details.isEmpty)
            #expect(!details.contains { $0.hasPrefix("SCAN") && !$0.hasPrefix("SCAN f") }, "\(details)")
        }
        try writer.close(endedNs: sampleStart)
    }
}
