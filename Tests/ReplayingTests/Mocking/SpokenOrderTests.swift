import MCPTransports
import Scenario
import Testing
import WireFormats

@testable import Replaying

/// What a client hears keeps its order, whatever caused it.
@Suite(.timeLimit(.minutes(1)))
struct SpokenOrderTests {
    @Test(arguments: ["http-sse", "streamable", "stateless", "resumable"])
    func `each act knows what came just before it upon other cues`(_ capture: String) throws {
        var count = 0
        for score in try ServedCapture.scores(of: capture) {
            var before: [Act.Spot] = []
            for (spot, act) in score.inOrder {
                if act.isPreparing {
                    #expect(act.behind.isEmpty)
                    before.append(spot)
                } else {
                    #expect(act.behind == before.filter { $0.cue != spot.cue })
                    count += act.behind.count
                    before = [spot]
                }
            }
        }
        #expect(count > 0)
    }

    @Test func `an answer waits for what was said just before it upon another call`() async throws {
        let scores = try ServedCapture.scores(of: "http-sse").map { try $0.slowed(by: 300_000_000) }
        let settings = MockSettings(pace: .recorded, lead: .seconds(20))
        let steps = Watched(0)
        let seen = try await ServedCapture.with(scores, settings) { served in
            try await served.client(.httpSSE, "/sse") { client in
                async let slow = client.callTool(
                    "slow", arguments: ["steps": 3], progress: { _ in steps.with { $0 += 1 } })
                _ = await steps.wait(atMost: nil) { $0 > 0 }
                _ = try await client.callTool("echo", arguments: ["text": "hello – ünïcode ✓"])
                let seen = steps.with { $0 }
                _ = try await slow
                return seen
            }
        }
        #expect(seen == 3)
    }

    @Test func `a call that another client does not make holds nothing up`() async throws {
        let scores = try ServedCapture.scores(of: "http-sse").map { try $0.slowed(by: 300_000_000) }
        let settings = MockSettings(pace: .max, patience: .seconds(600), lead: .seconds(600))
        try await ServedCapture.with(scores, settings) { served in
            try await served.client(.httpSSE, "/sse") { client in
                _ = try await client.callTool("echo", arguments: ["text": "hello – ünïcode ✓"])
            }
        }
    }
}

extension Score {
    /// What was prepared and said, in the order of its times.
    fileprivate var inOrder: [(Act.Spot, Act)] {
        let acts = cues.flatMap { cue in
            cue.acts.enumerated().filter { $0.element.isSaying || $0.element.isPreparing }
                .map { (Act.Spot(cue: cue.index, position: $0.offset), $0.element) }
        }
        return acts.sorted { ($0.1.atNs, $0.0.cue, $0.0.position) < ($1.1.atNs, $1.0.cue, $1.0.position) }
    }

    /// The session as if the answer of `echo` had come upon the last progress of `slow`, and that so much later.
    fileprivate func slowed(by delay: Int64) throws -> Score {
        let tools = cues.map { $0.message?["params"]?["name"]?.string }
        let slow = try #require(tools.firstIndex(of: "slow"))
        let echo = try #require(tools.firstIndex(of: "echo"))
        var cues = cues
        for index in cues.indices {
            for position in cues[index].acts.indices { cues[index].acts[position].behind = [] }
        }
        let progress = try #require(cues[slow].acts.lastIndex { !$0.isAnswer(of: cues[slow]) })
        cues[slow].acts[progress].delayNs = delay
        let answer = try #require(cues[echo].acts.lastIndex { $0.isAnswer(of: cues[echo]) })
        cues[echo].acts[answer].behind = [Act.Spot(cue: slow, position: progress)]
        cues[echo].acts[answer].delayNs = 0
        cues[echo].acts[answer].after = nil
        return Score(
            session: session, name: name, dialect: dialect, revision: revision, wireID: wireID, cues: cues,
            minted: minted)
    }
}
