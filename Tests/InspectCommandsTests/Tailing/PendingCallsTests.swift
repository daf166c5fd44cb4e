import Testing
import Traffic
import TrafficStore

@testable import InspectCommands

struct PendingCallsTests {
    private static func rows(_ calls: [(number: Int64, status: CallRow.Status, sentMs: Int64)]) -> CommittedRows {
        var rows = CommittedRows()
        for (number, status, sentMs) in calls {
            var call = CallRow(
                id: number, recordingID: 1, direction: .clientToServer, method: "tools/call", rpcID: String(number),
                requestID: number, sentNs: sentMs * 1_000_000, requestBytes: 9)
            call.name = "dig"
            call.status = status
            let stage = CommittedRows.Stage(bits: status == .pending ? 1 : 5)
            rows.calls.append(.init(row: call, before: nil, now: stage))
        }
        return rows
    }

    private func lines(_ pending: PendingCalls, atMs now: Int64, limit: Int = 10) -> [String] {
        pending.lines(nowNs: now * 1_000_000, limit: limit, style: .plain)
    }

    @Test func `the one that waits longest stands first, with how long it has been`() {
        var pending = PendingCalls()
        pending.apply(Self.rows([(1, .pending, 900), (2, .pending, 400)])) { _, _ in true }
        #expect(
            lines(pending, atMs: 62_500) == [
                "  1m 02s → tools/call dig id:2  -", "  1m 01s → tools/call dig id:1  -",
            ])
        #expect(lines(pending, atMs: 1000).first == "   0.6 s → tools/call dig id:2  -")
    }

    @Test func `an answered call waits no more, nor does one of a recording that ended`() {
        var pending = PendingCalls()
        pending.apply(Self.rows([(1, .pending, 0), (2, .pending, 0)])) { _, _ in true }
        pending.apply(Self.rows([(1, .ok, 0)])) { _, _ in true }
        #expect(lines(pending, atMs: 1).count == 1)
        var ended = CommittedRows()
        ended.ended = [
            RecordingRow(
                id: 1, name: nil, source: .proxy, target: nil, command: "", toolVersion: "", foldVersion: 1, pid: 1,
                pidStarted: 1, bootID: "", startedNs: 0)
        ]
        pending.apply(ended) { _, _ in true }
        #expect(lines(pending, atMs: 1).isEmpty)
    }

    @Test func `a subscription that is listened to is not waited for`() {
        var rows = Self.rows([(1, .pending, 0), (2, .pending, 0)])
        rows.calls[0].row.method = "subscriptions/listen"
        var pending = PendingCalls()
        pending.apply(rows) { _, _ in true }
        #expect(lines(pending, atMs: 1) == ["   0.0 s → tools/call dig id:2  -"])
    }

    @Test func `more than there is room for are counted`() {
        var pending = PendingCalls()
        pending.apply(Self.rows((1...7).map { ($0, .pending, $0) })) { call, _ in call.id != 7 }
        #expect(lines(pending, atMs: 9, limit: 4).count == 5)
        #expect(lines(pending, atMs: 9, limit: 4).last == "         and 2 more")
    }
}
