import Testing
import Traffic
import WireFormats

@testable import Scenario

@Suite struct PlanTextTests {
    private static func plan() throws -> ScenarioPlan {
        let session = MadeUpSession()
        let list = #"{"tools":[{"name":"drop","annotations":{"destructiveHint":true}},{"name":"open"}]}"#
        session.call("tools/list", answer: list, from: 0, to: 5)
        session.call(
            "tools/call", #"{"name":"open"}"#, answer: #"{"content":[{"text":"{\"door\":\"d-1f2e3d\"}"}]}"#, from: 10,
            to: 20)
        session.call(
            "tools/call", #"{"name":"drop","arguments":{"door":"d-1f2e3d","key":"hmac:0123456789abcdef"}}"#,
            answer: nil,
            from: 1270, to: 1300, status: .cancelled)
        session.notify("notifications/cancelled", #"{"requestId":3}"#, at: 1290)
        return try session.plan()
    }

    @Test func `a plan is read line by line`() throws {
        #expect(
            PlanText.lines(try Self.plan()) == [
                "3 calls in 4 steps, streamable",
                "recorded of http://127.0.0.1:1/mcp",
                "0  +0.000s  at once  tools/list",
                "1  +0.005s  after 0  tools/call open",
                "2  +1.250s  after 1  tools/call drop  (destructive)",
                "3  +0.020s  after 1  cancel 2",
                "then +0.000s  leaves",
                "1 value of the live server will stand for recorded ones (--explain)",
                "needs: $.params.arguments.key of step 2, which was masked when it was recorded",
                "note: the recording has no handshake: the client's name and capabilities are not known",
            ])
    }

    @Test func `what is left out says why`() throws {
        var plan = try Self.plan()
        plan.skipDestructive()
        let lines = PlanText.lines(plan)
        #expect(lines[0] == "2 calls in 4 steps, 2 skipped, streamable")
        #expect(lines[4].hasSuffix("skipped: destructive (--allow-destructive calls it)"))
        #expect(lines[5].hasSuffix("cancel 2  skipped: step 2 is skipped"))
    }

    @Test func `a link is explained by both places and a reason`() throws {
        #expect(
            LinkText.lines(try Self.plan()) == [
                #"step 2 tools/call drop $.params.arguments.door = "d-1f2e3d""#,
                "    from step 1 tools/call open $.result.content[0].text→$.door: the server gave it first, under the name door",
            ])
    }

    @Test func `a long value is cut, and none is said to be none`() {
        let value = JSONTree.string(String(repeating: "é", count: 60))
        #expect(LinkText.value(value).count == 40)
        let session = SessionRow(id: 1, recordingID: 0, startedNs: 0, confidence: .high)
        let plan = ScenarioPlan(session: session, dialect: .stateless)
        #expect(LinkText.lines(plan) == ["no value of a recorded answer appears in a later request"])
    }
}
