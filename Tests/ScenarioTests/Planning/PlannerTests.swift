import TestSupport
import Testing
import Traffic
import WireFormats

@testable import Scenario

@Suite struct PlannerTests {
    @Test(arguments: 0..<25)
    func `in random sessions what was sent after an answer stays after it, and overlap stays`(_ seed: Int) throws {
        var random = SeededGenerator(seed)
        let session = MadeUpSession()
        var spans: [Int64: (start: Int64, end: Int64)] = [:]
        var starts = Set<Int64>()
        while spans.count < 40 {
            let start = Int64(random.below(2000))
            guard starts.insert(start).inserted else { continue }
            let end = start + 1 + Int64(random.below(100))
            let id = session.call(
                "tools/call", #"{"name":"a"}"#, answer: random.chance(9) ? nil : "{}", from: start, to: end)
            spans[id] = (start, end)
        }
        let plan = try session.plan()
        #expect(plan.steps.count == 40)
        var reached: [Set<Int>] = []
        for step in plan.steps {
            reached.append(step.after.reduce(into: Set(step.after)) { $0.formUnion(reached[$1]) })
            for other in plan.steps where other.number < step.number {
                let (own, before) = (spans[step.call?.callID ?? 0], spans[other.call?.callID ?? 0])
                let isOver = other.call?.isAnswered == true && (before?.end ?? 0) <= (own?.start ?? 0)
                #expect(reached[step.number].contains(other.number) == isOver)
            }
        }
    }

    @Test(arguments: 0..<10)
    func `with the values that were recorded a driven plan sends what was recorded`(_ seed: Int) throws {
        var random = SeededGenerator(seed)
        let session = MadeUpSession()
        var answers: [Int64: String] = [:]
        var minted = ["h-\(seed)00x"]
        for place in 0..<60 {
            let handle = minted[random.below(minted.count)]
            let new = "h-\(random.below(90) + 10)\(place)z"
            minted.append(new)
            let answer =
                #"{"structuredContent":{"handle":"\#(new)","n":[1.50,{"of":"\#(handle)"}]},"text":"made \#(new)."}"#
            let params =
                #"{"name":"a","arguments":{"handle":"\#(handle)","path":"x/\#(handle)/y","text":"{ \"h\": \"\#(handle)\" }"}}"#
            let start = Int64(place * 10)
            answers[session.call("tools/call", params, answer: answer, from: start, to: start + 5)] = answer
        }
        let plan = try session.plan()
        #expect(plan.links.count > 60)
        var remap = Remap(plan)
        for step in plan.steps {
            let call = try #require(step.call)
            let id = try #require(JSONTree(call.body)?["id"])
            #expect(remap.body(ofStep: step.number, liveID: id) == call.body)
            #expect(remap.missed(ofStep: step.number).isEmpty)
            let answer = #"{"jsonrpc":"2.0","id":1,"result":\#(answers[call.callID] ?? "{}")}"#
            remap.learn(step: step.number, answer: try #require(JSONTree(answer)))
        }
    }

    @Test func `a cancellation waits for what was answered, and the cancelled call is over with it`() throws {
        let session = MadeUpSession()
        session.call("tools/call", #"{"name":"hold"}"#, answer: nil, from: 10, to: 90, status: .cancelled)
        session.call("tools/call", #"{"name":"other"}"#, answer: "{}", from: 20, to: 30)
        session.notify("notifications/cancelled", #"{"requestId":1,"reason":"enough"}"#, at: 40)
        session.call("ping", answer: "{}", from: 50, to: 60)
        let steps = try session.plan().steps
        #expect(steps[2].kind == .cancel(of: 0, heard: 0) && steps[2].after == [1])
        #expect(steps[2].thinkNs == 10 * MadeUpSession.ms)
        #expect(steps[3].after == [0, 2])
    }

    @Test func `a step knows how many notifications had come that its client may have acted upon`() throws {
        let session = MadeUpSession()
        session.call("tools/call", #"{"name":"a"}"#, answer: "{}", from: 0, to: 10)
        session.tell("notifications/message", at: 12)
        session.tell("notifications/resources/updated", at: 15)
        session.call("resources/read", answer: "{}", from: 16, to: 20)
        session.tell("notifications/tools/list_changed", at: 18)
        session.notify("notifications/roots/list_changed", at: 30)
        let plan = try session.plan()
        #expect(plan.steps.map(\.told) == [0, 1, 2] && plan.steps.map(\.toldNs) == [0, 5 * MadeUpSession.ms, 0])
        #expect(PlanText.lines(plan).contains("1  +0.006s  after 0 and 1 notification  resources/read"))
        #expect(plan.adapted(to: .stateless).steps.map(\.told) == [0, 0, 0])
        #expect(plan.steps.map(\.overNs) == [10, 20, 30].map { $0 * MadeUpSession.ms })
    }

    @Test func `who leaves a stream and comes back with the id of its last event has cut it`() throws {
        let session = MadeUpSession()
        let call = session.call("tools/call", #"{"name":"a"}"#, answer: nil, from: 0, to: 20, leftBy: true)
        session.add(events: ["e1", "e2"], to: session.exchangeOfCall(call))
        session.listen(from: 40, to: 60, events: ["e3"], resuming: "e2", leftByClient: true)
        session.listen(from: 70, to: 90, events: [], resuming: "e3", leftByClient: false)
        let cuts = try session.plan().steps.dropFirst().map(\.kind)
        #expect(cuts == [.cutStream(of: 0, heard: 2), .cutStream(of: 0, heard: 1)])
    }

    @Test func `who leaves the listening stream and opens another has cut it`() throws {
        let session = MadeUpSession()
        session.listen(from: 0, to: 20, events: [], leftByClient: true)
        session.listen(from: 30, to: 90, events: [], leftByClient: true)
        let plan = try session.plan()
        #expect(plan.listens && plan.steps.map(\.kind) == [.cutStream(of: nil, heard: 0)])
    }

    @Test func `polls until a task is done are one step, and those before an update another`() throws {
        let session = MadeUpSession()
        session.call("tools/call", #"{"name":"a"}"#, answer: #"{"task":{"taskId":"t-1"}}"#, from: 0, to: 5)
        for (index, status) in ["working", "working", "input_required", "working", "completed"].enumerated() {
            let start = Int64(100 + index * 100)
            session.call(
                "tasks/get", #"{"taskId":"t-1"}"#, answer: #"{"status":"\#(status)"}"#, from: start, to: start + 5)
            guard status == "input_required" else { continue }
            session.call("tasks/update", #"{"taskId":"t-1"}"#, answer: "{}", from: start + 20, to: start + 25)
        }
        let plan = try session.plan()
        let calls = plan.steps.compactMap(\.call)
        #expect(calls.map(\.method) == ["tools/call", "tasks/get", "tasks/update", "tasks/get"])
        #expect(calls[1].joined.count == 2 && calls[3].joined.count == 1)
        #expect(
            calls[1].tasks
                == .poll(
                    until: ["input_required", "completed", "failed", "cancelled"], intervalNs: 100 * MadeUpSession.ms))
        #expect(plan.links.map(\.toStep) == [1, 2, 3] && plan.links.allSatisfy { $0.from == .step(0) })
    }

    @Test func `what a task asks for is a question, once a key, and what updates it is the answer`() throws {
        let session = MadeUpSession()
        session.call("tools/call", #"{"name":"a"}"#, answer: #"{"taskId":"t-1"}"#, from: 0, to: 5)
        let asks = #"{"status":"input_required","inputRequests":{"k":{"method":"roots/list","params":{"n":1}}}}"#
        session.call("tasks/get", #"{"taskId":"t-1"}"#, answer: asks, from: 10, to: 15)
        session.call("tasks/get", #"{"taskId":"t-1"}"#, answer: asks, from: 20, to: 25)
        session.call(
            "tasks/update", #"{"taskId":"t-1","inputResponses":{"k":{"roots":[]},"other":{}}}"#, answer: "{}", from: 35,
            to: 40)
        let question = try #require(try session.plan().questions.first)
        #expect(try session.plan().questions.count == 1)
        #expect(question.method == "roots/list" && question.key == "k" && question.parentStep == nil)
        #expect(question.answer == .result(Array(#"{"roots":[]}"#.utf8)) && question.thinkNs == 20 * MadeUpSession.ms)
    }

    @Test func `tools that the recorded list calls destructive are left out, and with them what concerns them`() throws
    {
        let session = MadeUpSession()
        let list = #"{"tools":[{"name":"drop","annotations":{"destructiveHint":true}},{"name":"look"}]}"#
        session.call("tools/list", answer: list, from: 0, to: 5)
        session.call("tools/call", #"{"name":"drop"}"#, answer: nil, from: 10, to: 30, status: .cancelled)
        session.notify("notifications/cancelled", #"{"requestId":2}"#, at: 20)
        session.call("tools/call", #"{"name":"look"}"#, answer: "{}", from: 40, to: 50)
        var plan = try session.plan()
        plan.skipDestructive()
        #expect(plan.steps.map { $0.skipped != nil } == [false, true, true, false])
    }

    @Test func `a session that was deleted behind its client's back is said to be deleted later`() throws {
        try KeptSessions.of(try #require(KeptCapture.all.first { $0.name == "expired-session" })) { reader, ids in
            let notes = try ids.map { try ScenarioPlan(session: $0, in: reader).notes }
            #expect(notes[0] == ["the session was deleted before 1 call of its client; it will be deleted after that"])
            #expect(notes[1] == [])
        }
    }

    @Test func `what was masked is asked for, unless the server gave it`() throws {
        let session = MadeUpSession()
        let (given, own) = ("hmac:0123456789abcdef", "hmac:fedcba9876543210")
        session.call("tools/call", #"{"name":"a"}"#, answer: #"{"token":"\#(given)"}"#, from: 0, to: 5)
        session.call(
            "tools/call", #"{"name":"b","arguments":{"token":"\#(given)","password":"\#(own)"}}"#, answer: "{}",
            from: 9,
            to: 12)
        let plan = try session.plan()
        let path = try #require(JSONPath("$.params.arguments.password"))
        #expect(plan.requirements == [Requirement(place: .body(step: 1, path), mask: own)])
        #expect(plan.links.map(\.toPath.description) == ["$.params.arguments.token"])
    }
}
