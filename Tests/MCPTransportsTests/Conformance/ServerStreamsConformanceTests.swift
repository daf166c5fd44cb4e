import MCPTransports
import Testing

/// Several streams at a time, and streams that end before their answer.
@Suite(.timeLimit(.minutes(1))) struct ServerStreamsConformanceTests {
    typealias Revision = ConformancePeer.Revision

    private func three(_ revision: Revision, _ form: AnswerForm) async throws -> [WireAnswer] {
        try await EverythingServer.run(.init(answerForm: form, retention: EventRetention())) { port in
            let peer = try await ConformancePeer.connect(port, revision)
            return try await withThrowingTaskGroup(of: WireAnswer.self) { group in
                for id in 1000..<1003 {
                    group.addTask { try await peer.request("tools/list", id: .integer(Int64(id))) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }
    }

    @Test(arguments: [Revision.v20251125, .v20260728], AnswerForm.allCases)
    func `server-accepts-multiple-post-streams: three requests at a time are all answered`(
        revision: Revision, form: AnswerForm
    ) async throws {
        let answers = try await three(revision, form)
        #expect(answers.allSatisfy { $0.status == 200 })
        #expect(Set(answers.map { $0.reply?["id"] }) == [1000, 1001, 1002])
    }

    @Test(arguments: [Revision.v20251125, .v20260728])
    func `server-sse-streams-functional: each of three streams at a time carries its own answer`(
        revision: Revision
    ) async throws {
        let answers = try await three(revision, .eventStream)
        #expect(answers.allSatisfy { $0.isEventStream && $0.result?["tools"] != nil })
        #expect(Set(answers.map { $0.reply?["id"] }) == [1000, 1001, 1002])
    }

    /// The stream of a call that is ended early, and the session.
    private func poll<Result: Sendable>(
        _ body: @Sendable (ConformancePeer, WireAnswer) async throws -> Result
    ) async throws -> Result {
        try await EverythingServer.run { port in
            let peer = try await ConformancePeer.connect(port, .v20251125)
            let answer = try await peer.request("tools/call", ["name": "test_reconnection"])
            #expect(answer.status == 200 && answer.isEventStream)
            return try await body(peer, answer)
        }
    }

    @Test func `server-sse-priming-event: a stream begins with an event that has an id and empty data`()
        async throws
    {
        try await poll { _, answer in
            let first = try #require(answer.events.first)
            #expect(first.id?.isEmpty == false && first.data == "")
        }
    }

    @Test func `server-sse-retry-field: a stream that ends early says when to come back`() async throws {
        try await poll { _, answer in
            #expect(answer.events.compactMap(\.retry) == [50])
            #expect(answer.reply == nil)
        }
    }

    @Test func `server-sse-disconnect-resume: GET with the last event id brings the answer`() async throws {
        try await poll { peer, answer in
            let id = try #require(answer.events.compactMap(\.id).last)
            let fields = peer.fields().merging(["Accept": "text/event-stream", "Last-Event-ID": id]) { $1 }
            let resumed = try await WireAnswer(peer.begin("GET", nil, fields).waitForEnd())
            #expect(resumed.status == 200)
            #expect(resumed.reply?["id"] == 1)
            #expect(resumed.result?["content"]?[0]?["text"] == "fetched later")
        }
    }
}
