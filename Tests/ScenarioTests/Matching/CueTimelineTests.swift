import TestSupport
import Testing
import WireFormats

@testable import Scenario

@Suite struct CueTimelineTests {
    @Test(arguments: 0..<12) func `it finds what looking at every cue finds`(_ seed: Int) {
        var random = SeededGenerator(seed)
        let cues = (0..<random.below(30)).map { Cue.random($0, &random) }
        let answers = cues.map { cue in random.chance(4) ? nil : cue.atNs + Int64(random.below(20)) }
        let tokens = cues.map { $0.message?.progressToken }
        let timeline = CueTimeline(cues, answerTime: { answers[$0] })
        for time in stride(from: Int64(0), through: 45, by: 3) {
            let past = cues.filter { $0.atNs <= time }.sorted { ($0.atNs, $0.index) < ($1.atNs, $1.index) }
            #expect(
                timeline.latestPost(at: time) == past.last { $0.httpMethod == "POST" && !$0.isListening }?.index)
            #expect(
                timeline.latestOpen(at: time)
                    == past.last { cue in
                        cue.kind == .request && !cue.isListening && (answers[cue.index] ?? .max) >= time
                    }?.index)
            for token in 0..<3 {
                #expect(
                    timeline.latestCarrier(of: .number(JSONNumber(token)), at: time)
                        == past.last { tokens[$0.index] == .number(JSONNumber(token)) }?.index)
            }
            let start = Int64(random.below(45))
            let but = random.below(30)
            #expect(
                timeline.latestCause(after: start, until: time, but: but)
                    == past.last { $0.isCause && $0.atNs > start && $0.index != but }?.index)
            #expect(timeline.hasEnd(from: start, to: time) == past.contains { $0.kind == .end && $0.atNs >= start })
        }
    }
}

extension Cue {
    fileprivate var isCause: Bool {
        if case .answer = kind { return false }
        return httpMethod == "POST"
    }

    fileprivate static func random(_ index: Int, _ random: inout SeededGenerator) -> Cue {
        let kinds: [(Kind, String)] = [
            (.request, "POST"), (.request, "POST"), (.notification, "POST"), (.answer([1]), "POST"), (.listen, "GET"),
            (.end, "DELETE"),
        ]
        let (kind, method) = kinds[random.below(kinds.count)]
        let token = random.below(3)
        let message = JSONTree(Array(#"{"id":1,"method":"a","params":{"_meta":{"progressToken":\#(token)}}}"#.utf8))
        return Cue(
            index: index, exchange: Int64(index), kind: kind, httpMethod: method, target: "/mcp",
            message: kind == .request ? message : nil, body: [],
            trait: RequestTrait(isAuthorized: false, hasMediaTypes: true, isRouted: true, revision: nil),
            atNs: Int64(random.below(40)), status: 200, isListening: kind == .listen || random.chance(5))
    }
}
