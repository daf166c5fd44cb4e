import Testing
import Traffic
import WireFormats

@testable import Scenario

@Suite struct RemapTests {
    /// A plan of two calls, with the links that are found between them.
    private static func plan(answer: String, request: String) throws -> ScenarioPlan {
        var flow = ValueFlow()
        flow.receive(try #require(JSONTree(answer)), from: .call(1), isCatalogue: false)
        flow.send(try #require(JSONTree(request)), by: 2)
        let links = flow.found.map { found in
            Link(
                from: .step(0), fromPath: found.fromPath, fromPart: found.fromPart, toStep: 1, toPath: found.toPath,
                toPart: found.toPart, recordedValue: found.value, reason: found.reason)
        }
        let bodies = [#"{"id":1,"method":"a"}"#, request]
        let steps = bodies.enumerated().map { number, body in
            ScenarioStep(number: number, kind: .call(CallStep(callID: 0, method: "a", body: Array(body.utf8))))
        }
        let session = SessionRow(id: 1, recordingID: 0, startedNs: 0, confidence: .high)
        return ScenarioPlan(session: session, dialect: .streamable, steps: steps, links: links)
    }

    private static func sent(_ remap: Remap, id: Int = 7) -> String {
        String(decoding: remap.body(ofStep: 1, liveID: .number(JSONNumber(id))), as: UTF8.self)
    }

    @Test func `a live value stands in the place of the recorded one`() throws {
        let request = #"{"id":2,"method":"b","params":{"arguments":{"cart":"c-81f0aa","n":[1,2.50]}}}"#
        var remap = Remap(try Self.plan(answer: #"{"result":{"cart":"c-81f0aa"}}"#, request: request))
        remap.learn(step: 0, answer: try #require(JSONTree(#"{"result":{"cart":"c-000001"}}"#)))
        #expect(
            Self.sent(remap) == #"{"id":7,"method":"b","params":{"arguments":{"cart":"c-000001","n":[1,2.50]}}}"#)
        #expect(remap.missed(ofStep: 1).isEmpty)
    }

    @Test func `equal values leave every byte of a request as it was recorded`() throws {
        let request =
            #"{"id":2,"method":"b","params":{"arguments":{"query":"{ \"of\" : \"c-81f0aa\" }"},"_meta":{"progressToken":2}}}"#
        let answer = #"{"result":{"cart":"c-81f0aa"}}"#
        var remap = Remap(try Self.plan(answer: answer, request: request))
        remap.learn(step: 0, answer: try #require(JSONTree(answer)))
        #expect(Self.sent(remap, id: 2) == request)
    }

    @Test func `where the live answer has no such value the recorded one is sent, and the link is named`() throws {
        let request = #"{"id":2,"method":"b","params":{"cart":"c-81f0aa"}}"#
        var remap = Remap(try Self.plan(answer: #"{"result":{"cart":"c-81f0aa"}}"#, request: request))
        #expect(remap.missed(ofStep: 1).isEmpty)
        remap.learn(step: 0, answer: try #require(JSONTree(#"{"error":{"code":1}}"#)))
        #expect(Self.sent(remap, id: 2) == request && remap.missed(ofStep: 1).count == 1)
    }

    @Test func `a progress token that was the id stays the id`() throws {
        let request = #"{"id":2,"method":"b","params":{"_meta":{"progressToken":2}}}"#
        let remap = Remap(try Self.plan(answer: "{}", request: request))
        #expect(Self.sent(remap) == #"{"id":7,"method":"b","params":{"_meta":{"progressToken":7}}}"#)
    }

    @Test(arguments: ["\"2\"", "3"])
    func `a progress token of another value or type is the client's own`(_ token: String) throws {
        let request = #"{"method":"b","params":{"_meta":{"progressToken":\#(token)}},"id":2}"#
        let remap = Remap(try Self.plan(answer: "{}", request: request))
        #expect(Self.sent(remap) == request.replacing(#""id":2"#, with: #""id":7"#))
    }

    @Test(arguments: [
        ("Saved as doc_9, thank you.", "doc_9"), ("Well: Saved as doc-10 (again)", "doc-10"),
        ("Saved as doc_77f1, thank you.", "doc_77f1"),
    ])
    func `an id within words is found between the same words`(_ live: String, _ id: String) throws {
        let request = #"{"id":2,"method":"b","params":{"uri":"doc://doc_77f1/body"}}"#
        var remap = Remap(
            try Self.plan(answer: #"{"result":{"text":"Saved as doc_77f1, thank you."}}"#, request: request))
        remap.learn(step: 0, answer: .object([.init("result", .object([.init("text", .string(live))]))]))
        #expect(Self.sent(remap, id: 2) == request.replacing("doc_77f1", with: id))
    }

    @Test func `a number that the client hands back as a text stays a text, and the other way round`() throws {
        let asText = #"{"id":2,"method":"b","params":{"item":"892371","path":"/x/892371/"}}"#
        var remap = Remap(try Self.plan(answer: #"{"result":{"id":892371}}"#, request: asText))
        remap.learn(step: 0, answer: try #require(JSONTree(#"{"result":{"id":100001}}"#)))
        #expect(Self.sent(remap, id: 2) == asText.replacing("892371", with: "100001"))
        let asNumber = #"{"id":2,"method":"b","params":{"order":892371}}"#
        remap = Remap(try Self.plan(answer: #"{"result":{"text":"Order 892371 is made"}}"#, request: asNumber))
        remap.learn(step: 0, answer: try #require(JSONTree(#"{"result":{"text":"Order 100001 is made"}}"#)))
        #expect(Self.sent(remap, id: 2) == asNumber.replacing("892371", with: "100001"))
    }

    @Test func `a secret that is given stands for its mask`() throws {
        let mask = "hmac:0123456789abcdef"
        let request = #"{"id":2,"method":"b","params":{"arguments":{"password":"\#(mask)"}}}"#
        var plan = try Self.plan(answer: "{}", request: request)
        let path = try #require(JSONPath("$.params.arguments.password"))
        plan.requirements = [Requirement(place: .body(step: 1, path), mask: mask)]
        var remap = Remap(plan)
        #expect(Self.sent(remap, id: 2) == request)
        remap.supply("open sesame", for: mask)
        #expect(Self.sent(remap, id: 2) == request.replacing(mask, with: "open sesame"))
    }
}
