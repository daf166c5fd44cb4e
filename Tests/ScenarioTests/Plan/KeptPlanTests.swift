import TestSupport
import Testing
import Traffic
import WireFormats

@testable import Scenario

/// The plans of the kept captures.
@Suite(.timeLimit(.minutes(2)))
struct KeptPlanTests {
    private func plans(_ name: String, _ body: ([ScenarioPlan]) throws -> Void) throws {
        let capture = try #require(KeptCapture.all.first { $0.name == name })
        try KeptSessions.of(capture) { reader, ids in
            try body(try ids.map { try ScenarioPlan(session: $0, in: reader) })
        }
    }

    @Test(arguments: KeptCapture.all)
    func `every call of a kept capture is a step or opened the conversation, and nothing waits for itself`(
        _ capture: KeptCapture
    ) throws {
        try KeptSessions.of(capture) { reader, ids in
            for id in ids {
                let plan = try ScenarioPlan(session: id, in: reader)
                let calls = try reader.calls(ofSession: id).filter { $0.direction == .clientToServer }
                let planned = plan.steps.compactMap(\.call).flatMap { [$0.callID] + $0.joined } + plan.identity.calls
                #expect(Set(planned) == Set(calls.map(\.id)))
                for step in plan.steps {
                    #expect(step.after.allSatisfy { $0 < step.number } && step.thinkNs >= 0)
                }
                let isIntroduced = !plan.identity.calls.isEmpty || plan.dialect == .stateless
                #expect((plan.identity.capabilities != nil) == isIntroduced)
                #expect((plan.identity.clientInfo != nil) == isIntroduced)
                #expect(plan.recordedTarget?.hasPrefix("http://127.0.0.1:") == true)
                #expect(PlanText.lines(plan).count > plan.steps.count && !LinkText.lines(plan).isEmpty)
                for step in plan.steps {
                    guard let call = step.call else { continue }
                    let id = try #require(JSONTree(call.body)?["id"])
                    #expect(Remap(plan).body(ofStep: step.number, liveID: id) == call.body)
                }
            }
        }
    }

    @Test func `a question to the user has its answer, its call and its think time`() throws {
        for name in ["http-sse", "streamable"] {
            try plans(name) { plans in
                let plan = plans[0]
                let question = try #require(plan.questions.first)
                #expect(question.method == "elicitation/create" && plan.questions.count == 1)
                let parent = try #require(question.parentStep)
                #expect(plan.steps[parent].call?.name == "ask_user")
                #expect(
                    question.answer == .result(Array(#"{"action":"accept","content":{"name":"Ada","age":36}}"#.utf8)))
                #expect(question.thinkNs > 0 && plan.listens)
            }
        }
    }

    @Test func `a cancelled call is over when it was taken back, after what was answered before`() throws {
        try plans("streamable") { plans in
            let plan = plans[0]
            let hold = try #require(plan.steps.first { $0.call?.name == "hold" })
            let held = try #require(plan.steps.first { $0.call?.name == "wait_until_held" })
            let cancel = try #require(plan.steps.first { $0.kind == .cancel(of: hold.number, heard: 0) })
            #expect(cancel.after == [held.number] && held.after == hold.after)
            let last = try #require(plan.steps.last)
            #expect(last.call?.name == "wait_until_cancelled" && last.after.contains(cancel.number))
            #expect(plan.ending.deletes && plan.ending.after == [last.number])
        }
    }

    @Test
    func `without sessions rounds are one call, closing is cancelling, and a subscription stands before what follows`()
        throws
    {
        try plans("stateless") { plans in
            let plan = plans[0]
            let asking = try #require(plan.steps.first { $0.call?.name == "ask_user" })
            let call = try #require(asking.call)
            #expect(call.rounds.count == 1 && JSONTree(call.body)?["params"]?["requestState"] == nil)
            #expect(JSONTree(call.body)?["params"]?["_meta"]?["io.modelcontextprotocol/clientInfo"] == nil)
            #expect(plan.questions.first?.key == "__main__:ask_for_profile")
            #expect(plan.questions.first?.parentStep == asking.number)
            let listen = try #require(plan.steps.first { if case .listen = $0.kind { true } else { false } })
            let announce = try #require(plan.steps.first { $0.call?.name == "announce_change" })
            #expect(announce.after == [listen.number])
            let hold = try #require(plan.steps.first { $0.call?.name == "hold" })
            #expect(plan.steps.contains { $0.kind == .cancel(of: hold.number, heard: 0) })
        }
    }

    @Test func `a stream that the server closed is no cut of the client's`() throws {
        try plans("resumable") { plans in
            #expect(!plans[0].steps.contains { if case .cutStream = $0.kind { true } else { false } })
            let later = plans[0].steps.compactMap(\.call).filter { $0.name == "answer_later" }
            #expect(later.count == 2 && later.allSatisfy(\.isAnswered))
        }
    }

    @Test func `a call whose answer the recording lacks is sent and not waited for`() throws {
        try plans("hanging-call") { plans in
            let calls = plans.flatMap(\.steps).compactMap(\.call)
            #expect(calls.contains { !$0.isAnswered })
            #expect(plans.contains { $0.notes.contains { $0.hasPrefix("the recording has no answer to tools/call") } })
        }
    }
}
