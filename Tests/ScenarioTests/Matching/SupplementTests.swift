import Testing
import Traffic
import WireFormats

@testable import Scenario

@Suite(.timeLimit(.minutes(1)))
struct SupplementTests {
    private static let call = #"{"id":1,"method":"tools/call","params":{"name":"new"}}"#
    private static let progress = #"{"method":"notifications/progress","params":{"progressToken":1,"progress":1}}"#
    private static let question = #"{"id":9,"method":"elicitation/create","params":{"message":"?"}}"#
    private static let answer = #"{"id":1,"result":{"content":[]}}"#

    /// A session in a dialect, with a stream to listen to first and a call second.
    private static func base(_ dialect: Dialect) -> Score {
        var score = Score.made(of: [#"{"id":1,"method":"ping"}"#, #"{"id":2,"method":"tools/list"}"#])
        var cues = score.cues
        if dialect == .httpSSE || dialect == .broadcast {
            cues[0] = Cue(
                index: 0, exchange: 0, kind: .listen, httpMethod: "GET", target: "/sse", message: nil, body: [],
                trait: .usual, atNs: 0, status: 200, isListening: true)
        }
        score = Score(
            session: 1, name: nil, dialect: dialect, revision: nil, wireID: nil, cues: cues, minted: [])
        return score
    }

    private static func event(_ text: String, delay: Int64 = 0, question: Int64? = nil, answers: [Int64] = []) -> Act {
        Act(
            what: .event(.init(data: Array(text.utf8), isMessage: true)), place: .own(segment: 0), atNs: 0,
            delayNs: delay, answers: answers, question: question)
    }

    private static func other(_ acts: [Act], _ message: String = call) -> Score {
        let made = Score.made(of: [message])
        var cues = made.cues
        let head = Act.Head(status: 200, fields: [])
        cues[0].acts =
            [Act(what: .open(head), place: .own(segment: 0), atNs: 0, delayNs: 5)] + acts
            + [Act(what: .close(isAbrupt: false), place: .own(segment: 0), atNs: 0)]
        return Score(
            session: 2, name: nil, dialect: .streamable, revision: nil, wireID: nil, cues: cues, minted: ["minted-1"])
    }

    /// What a supplement comes to, in words.
    private static func words(_ score: Score) -> [[String]] {
        score.cues.dropFirst(2).map { cue in
            cue.acts.map { act in
                let place = if case .stream(let cue) = act.place { " on \(cue)" } else { "" }
                let pause = act.delayNs == 0 ? "" : " after \(act.delayNs)"
                switch act.what {
                case .respond(let head, let body):
                    return "\(head.status) \(body.isEmpty ? "-" : "json")\(place)\(pause)"
                case .open: return "open\(place)\(pause)"
                case .event(let event):
                    let method = event.data.flatMap { JSONTree($0) }?["method"]?.string
                    return "\(method ?? "answer")\(place)\(pause)"
                case .close: return "close\(place)\(pause)"
                }
            }
        }
    }

    @Test(arguments: [
        (Dialect.streamable, ["open", "notifications/progress after 7", "answer after 3", "close"]),
        (.stateless, ["open", "notifications/progress after 7", "answer after 3", "close"]),
        (.httpSSE, ["202 -", "notifications/progress on 0 after 7", "answer on 0 after 3"]),
        (.broadcast, ["notifications/progress on 0 after 7", "200 json after 3"]),
    ])
    func `a call is said as the dialect has it, with its pauses`(_ dialect: Dialect, _ expected: [String]) {
        let other = Self.other([Self.event(Self.progress, delay: 2), Self.event(Self.answer, delay: 3)])
        let score = Self.base(dialect).supplemented(by: [other])
        #expect(Self.words(score) == [expected])
        #expect(score.minted == ["minted-1"] && score.dialect == dialect)
        #expect(score.cues.last?.target == "/mcp" && score.cues.last?.index == 2)
    }

    @Test func `an answer alone is a whole response`() {
        let score = Self.base(.streamable).supplemented(by: [Self.other([Self.event(Self.answer)])])
        #expect(Self.words(score) == [["200 json after 5"]])
    }

    @Test func `what depends on the answer to a question still does`() {
        let other = Self.other([
            Self.event(Self.question, question: 70), Self.event(Self.answer, answers: [70]),
        ])
        let score = Self.base(.streamable).supplemented(by: [other])
        #expect(score.cues.last?.acts.map(\.question) == [nil, 70, nil, nil])
        #expect(score.cues.last?.acts.map(\.answers) == [[], [], [70], []])
        #expect(Self.words(Self.base(.stateless).supplemented(by: [other])).isEmpty)
    }

    @Test func `handshakes and calls without an answer stay out`() {
        let opening = #"{"id":0,"method":"initialize","params":{}}"#
        let others = [Self.other([Self.event(Self.answer)], opening), Self.other([Self.event(Self.progress)])]
        #expect(Self.words(Self.base(.streamable).supplemented(by: others)).isEmpty)
    }

    @Test func `a round that asks for input has no place where there are sessions`() {
        let round = #"{"id":1,"result":{"resultType":"input_required","inputRequests":{},"requestState":"s"}}"#
        let other = Self.other([Self.event(round)])
        #expect(Self.words(Self.base(.streamable).supplemented(by: [other])).isEmpty)
        #expect(Self.words(Self.base(.stateless).supplemented(by: [other])).count == 1)
    }

    @Test func `results say what kind they are of where the dialect wants it`() throws {
        let score = Self.base(.stateless).supplemented(by: [Self.other([Self.event(Self.answer)])])
        guard case .respond(_, let body)? = score.cues.last?.acts.first?.what else {
            Issue.record("no response")
            return
        }
        #expect(JSONTree(body)?["result"]?["resultType"]?.string == "complete")
    }

    @Test func `its calls are found behind the session's own`() throws {
        let score = Self.base(.streamable).supplemented(by: [Self.other([Self.event(Self.answer)])])
        var matcher = CueMatcher(score)
        let live = try #require(JSONTree(Self.call))
        #expect(matcher.match(live, at: "/mcp", .usual)?.cue == 2)
    }
}
