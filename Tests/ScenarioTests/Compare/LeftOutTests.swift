import Testing
import Traffic

@testable import Scenario

@Suite struct LeftOutTests {
    private let changed = "notifications/tools/list_changed"
    private let asked = ("elicitation/create", #"{"message":"sure?"}"#)

    /// Two calls; the server tells of a change before the second, which asks something and brings about an update.
    private func recorded() -> SpokenSession {
        let session = SpokenSession()
        session.call("tools/call", "first")
        session.tell(changed)
        session.call("tools/call", "second", asked: [asked])
        session.tell("notifications/resources/updated", #"{"uri":"a"}"#)
        return session
    }

    private func plan(_ session: SpokenSession, skipping: Set<Int> = []) -> ScenarioPlan {
        ScenarioPlan(
            session: SessionRow(id: SpokenSession.id, recordingID: 1, startedNs: 0, confidence: .high),
            dialect: .streamable,
            steps: session.calls.enumerated().map { number, call in
                ScenarioStep(
                    number: number, kind: .call(CallStep(callID: call.id, method: call.method, body: [])),
                    skipped: skipping.contains(number) ? "not selected" : nil)
            })
    }

    /// What is found when the second call was not sent.
    private func found(_ leftOut: (SpokenSession) -> LeftOut, _ live: (SpokenSession) -> Void) throws -> [String] {
        let (old, new) = (recorded(), SpokenSession())
        live(new)
        let comparison = try Comparer().compare(
            recorded: old, session: SpokenSession.id, live: new, sessions: [SpokenSession.id],
            pairs: [old.calls[0].id: new.calls[0].id], skipping: [old.calls[1].id], leftOut: leftOut(old))
        return comparison.divergences.map { "\($0.kind.rawValue) \($0.path)" }
    }

    @Test func `what a call that was left out brings about is not expected`() throws {
        let live = { (session: SpokenSession) in
            session.call("tools/call", "first")
            session.tell(changed)
        }
        #expect(try found({ LeftOut(plan($0, skipping: [1]), calls: $0.calls) }, live) == [])
        #expect(try found({ LeftOut(plan($0), calls: $0.calls, undone: [1]) }, live) == [])
        #expect(
            try found({ _ in LeftOut() }, live) == ["notification notifications[1]", "question questions[0]"])
    }

    @Test func `what came before it still is, and what comes besides is told`() throws {
        let leftOut = { (session: SpokenSession) in LeftOut(self.plan(session, skipping: [1]), calls: session.calls) }
        #expect(try found(leftOut) { $0.call("tools/call", "first") } == ["notification notifications[0]"])
        let extra = try found(leftOut) { session in
            session.call("tools/call", "first")
            session.tell(changed)
            session.tell("notifications/resources/updated", #"{"uri":"a"}"#)
            session.tell("notifications/prompts/list_changed")
        }
        #expect(extra == ["notification notifications[1]"])
    }

    @Test func `nothing is expected outside of calls when a conversation was cut short`() throws {
        #expect(
            try found({ LeftOut(plan($0), calls: $0.calls, undone: [1], isCutShort: true) }) {
                $0.call("tools/call", "first")
            } == [])
    }

    @Test func `of a call without an answer nothing is expected that nobody waits for`() throws {
        let sessions = (SpokenSession(), SpokenSession())
        for (session, questions) in [(sessions.0, [asked]), (sessions.1, [])] {
            session.call("tools/call", "ask", asked: questions)
            session.changeLast { call in
                call.responseID = nil
                call.status = .unanswered
            }
        }
        #expect(try Comparer().compare(sessions.0, sessions.1, isReplay: true).divergences.isEmpty)
        #expect(
            try Comparer().compare(sessions.0, sessions.1).divergences.map(\.path) == ["questions[0]"])
    }
}
