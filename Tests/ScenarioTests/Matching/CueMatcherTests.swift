import TestSupport
import Testing
import WireFormats

@testable import Scenario

@Suite(.timeLimit(.minutes(2)))
struct CueMatcherTests {
    @Test(arguments: KeptCapture.all)
    func `every recorded request repeats itself, in recorded order`(_ capture: KeptCapture) throws {
        try KeptSessions.of(capture) { reader, ids in
            for id in ids {
                let score = try ScoreReader.read(id, in: reader)
                var matcher = CueMatcher(score)
                for cue in score.cues {
                    guard let message = cue.message, message["method"] != nil else { continue }
                    #expect(matcher.match(message, at: cue.path, cue.trait) == .init(cue: cue.index, isRepeat: false))
                }
            }
        }
    }

    @Test func `ids, progress tokens and order of members do not count`() throws {
        let score = Score.made(of: [
            #"{"id":1,"method":"tools/call","params":{"name":"add","arguments":{"a":1,"b":2},"_meta":{"progressToken":1}}}"#
        ])
        var matcher = CueMatcher(score)
        let live = try #require(
            JSONTree(
                #"{"id":"x","method":"tools/call","params":{"_meta":{"progressToken":"y"},"arguments":{"b":2.0,"a":1},"name":"add"}}"#
            ))
        #expect(matcher.match(live, at: "/mcp", .usual) == .init(cue: 0, isRepeat: false))
        #expect(matcher.match(live, at: "/mcp", .usual) == .init(cue: 0, isRepeat: true))
    }

    @Test func `repeats are answered in recorded order, then the last again`() throws {
        let call = #"{"id":1,"method":"tools/call","params":{"name":"next"}}"#
        var matcher = CueMatcher(Score.made(of: [call, #"{"id":2,"method":"ping"}"#, call]))
        let live = try #require(JSONTree(call))
        #expect((0..<4).map { _ in matcher.match(live, at: "/mcp", .usual)?.cue } == [0, 2, 2, 2])
    }

    @Test func `what was masked and what a server mints may be anything`() throws {
        let recorded = #"""
            {"id":1,"method":"tools/call","params":{"name":"open","arguments":{"key":"hmac:0123456789abcdef","n":1},"requestState":"s1"}}
            """#
        let live = try #require(
            JSONTree(
                #"{"id":2,"method":"tools/call","params":{"name":"open","arguments":{"key":"clear","n":1},"requestState":"s2"}}"#
            ))
        var matcher = CueMatcher(Score.made(of: [recorded]))
        #expect(matcher.match(live, at: "/mcp", .usual)?.cue == 0)
        let other = live.setting(["params", "arguments", "n"], to: .number(JSONNumber(2)))
        #expect(matcher.match(other, at: "/mcp", .usual) == nil)
    }

    @Test func `a refusal for the head of a request is not given to one with a better head`() throws {
        var bad = RequestTrait.usual
        bad.isAuthorized = false
        var good = bad
        good.isAuthorized = true
        let call = #"{"id":1,"method":"tools/list"}"#
        var matcher = CueMatcher(Score.made(of: [call, call], traits: [bad, good], statuses: [401, 200]))
        let live = try #require(JSONTree(call))
        #expect(matcher.match(live, at: "/mcp", good)?.cue == 1)
        #expect(matcher.match(live, at: "/mcp", bad)?.cue == 0)
    }
}

extension RequestTrait {
    static let usual = RequestTrait(isAuthorized: false, hasMediaTypes: true, isRouted: true, revision: "2025-11-25")
}

extension Score {
    /// A session whose client sent these messages.
    static func made(of messages: [String], traits: [RequestTrait] = [], statuses: [Int] = []) -> Score {
        let cues = messages.enumerated().map { index, text in
            Cue(
                index: index, exchange: Int64(index), kind: .request, httpMethod: "POST", target: "/mcp",
                message: JSONTree(text), body: Array(text.utf8),
                trait: traits.isEmpty ? .usual : traits[index], atNs: Int64(index),
                status: statuses.isEmpty ? 200 : statuses[index], isListening: false)
        }
        return Score(
            session: 1, name: "made/1", dialect: .streamable, revision: nil, wireID: "0", cues: cues, minted: [])
    }
}
