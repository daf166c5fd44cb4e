import Testing
import WireFormats

@testable import Scenario

@Suite struct AnswerBookTests {
    private func question(
        _ id: Int64, _ params: String, method: String = "elicitation/create", step: Int? = nil, key: String? = nil,
        answer: String? = nil
    ) -> RecordedQuestion {
        RecordedQuestion(
            messageID: id, method: method, params: JSONTree(params), key: key, parentStep: step,
            answer: answer.map { .result(Array($0.utf8)) } ?? .result(Array("{\"n\":\(id)}".utf8)), thinkNs: id * 10)
    }

    private func ask(_ book: inout AnswerBook, _ params: String, step: Int? = nil) -> Int64? {
        book.reply(to: "elicitation/create", params: JSONTree(params), parentStep: step).messageID
    }

    @Test func `what is asked decides, then the call on whose behalf, then the order`() {
        var book = AnswerBook([
            question(1, #"{"message":"a"}"#, step: 3), question(2, #"{"message":"b"}"#, step: 3),
            question(3, #"{"message":"a"}"#, step: 4),
        ])
        #expect(ask(&book, #"{"message":"a"}"#, step: 4) == 3)
        #expect(ask(&book, #"{"message":"b"}"#, step: 3) == 2)
        #expect(ask(&book, #"{"message":"other words"}"#, step: 3) == 1)
        #expect(ask(&book, #"{"message":"other words"}"#, step: 3) == nil)
        #expect(ask(&book, #"{"message":"b"}"#, step: 9) == 2)
    }

    @Test func `without a known call the order decides`() {
        var book = AnswerBook([question(1, #"{"message":"a"}"#), question(2, #"{"message":"b"}"#, step: 1)])
        #expect(ask(&book, #"{"message":"x"}"#) == 1)
        #expect(ask(&book, #"{"message":"y"}"#) == 2)
        #expect(ask(&book, #"{"message":"z"}"#) == nil)
    }

    @Test func `what masks take does not count`() {
        let uuids = ["01234567-89ab-cdef-0123-456789abcdef", "f1234567-89ab-cdef-0123-456789abcdef"]
        var book = AnswerBook([
            question(1, #"{"message":"b"}"#, step: 1), question(2, "{\"message\":\"\(uuids[0])\"}", step: 1),
        ])
        let reply = book.reply(
            to: "elicitation/create", params: JSONTree("{\"message\":\"\(uuids[1])\"}"), parentStep: 1)
        #expect(reply.messageID == 2)
        #expect(reply.thinkNs == 20 && reply.miss == nil)
        #expect(reply.answer == .result(Array("{\"n\":2}".utf8)))
    }

    @Test func `ping is answered at once and never from the recording`() {
        var book = AnswerBook([question(1, "{}", method: "ping")])
        let reply = book.reply(to: "ping", params: nil)
        #expect(reply == AnswerBook.Reply(answer: .result(Array("{}".utf8))))
    }

    @Test(arguments: [
        ("elicitation/create", #"{"action":"cancel"}"#), ("roots/list", #"{"roots":[]}"#),
    ])
    func `a miss is declined the way a user does`(_ method: String, _ result: String) {
        var book = AnswerBook([])
        let reply = book.reply(to: method, params: nil)
        #expect(reply.answer == .result(Array(result.utf8)))
        #expect(reply.miss == "the recording has no \(method) like it")
    }

    @Test func `a miss may be an error`() {
        var book = AnswerBook([], onMiss: .error)
        guard case .error(let bytes) = book.reply(to: "roots/list", params: nil).answer else {
            Issue.record("no error")
            return
        }
        #expect(JSONTree(bytes)?["code"]?.int == -32601)
        var declining = AnswerBook([])
        guard case .error(let refusal) = declining.reply(to: "sampling/createMessage", params: nil).answer else {
            Issue.record("no error")
            return
        }
        #expect(JSONTree(refusal)?["code"]?.int == -1)
    }

    @Test func `a question that the client left unanswered is a miss`() {
        var question = question(1, #"{"message":"a"}"#)
        question.answer = .none
        var book = AnswerBook([question])
        let reply = book.reply(to: "elicitation/create", params: JSONTree(#"{"message":"a"}"#))
        #expect(reply.miss == "the recorded client did not answer its elicitation/create")
        #expect(reply.messageID == nil)
    }

    @Test func `a round is filled in by key, method and what is asked`() throws {
        var book = AnswerBook([
            question(1, #"{"message":"a"}"#, step: 2, key: "k1"), question(2, #"{"message":"a"}"#, step: 2, key: "k2"),
        ])
        let asked = try #require(
            JSONTree(
                """
                {"k2":{"method":"elicitation/create","params":{"message":"a"}},
                 "new":{"method":"elicitation/create","params":{"message":"a"}},
                 "s":{"method":"sampling/createMessage","params":{}}}
                """))
        let round = book.responses(to: asked, parentStep: 2)
        #expect(round.responses == JSONTree(#"{"k2":{"n":2},"new":{"n":1}}"#))
        #expect(round.thinkNs == 20)
        #expect(round.misses == ["s: the recording has no sampling/createMessage like it"])
    }
}
