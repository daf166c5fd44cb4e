import MCPTransports
import Synchronization
import Testing

/// What the server asks and says by itself, and calls that do not run to their end.
extension ClientTour {
    func questions() async throws {
        guard can(.questions) else { return try await unrelatedQuestions() }
        #expect(try await text("ask_model", ["text": "2 + 2?"]) == "sampled: 2 + 2?", "\(description)")
        #expect(try await text("ask_user", ["text": "who are you?"]) == "accept: Ada, 36", "\(description)")
        #expect(try await text("ask_user", ["text": "decline this"]) == "decline", "\(description)")
        #expect(
            overheard.takeAsked() == [
                ["sampling": "2 + 2?", "maxTokens": 64],
                ["elicitation": "who are you?", "fields": ["age", "name"]],
                ["elicitation": "decline this", "fields": ["age", "name"]],
            ], "\(description)")
        if server.needsSDK2 {
            #expect(try await text("ask_roots") == "file:///tour", "\(description)")
            #expect(overheard.takeAsked() == ["roots"], "\(description)")
        }
        try await unrelatedQuestions()
    }

    private func unrelatedQuestions() async throws {
        guard can(.unrelatedQuestions) else { return }
        try await listening()
        #expect(try await text("ask_aside", ["text": "on the side?"]) == "sampled: on the side?", "\(description)")
        #expect(overheard.takeAsked() == [["sampling": "on the side?", "maxTokens": 64]], "\(description)")
        if !server.needsSDK2 {
            #expect(try await text("ask_roots") == "file:///tour", "\(description)")
            #expect(overheard.takeAsked() == ["roots"], "\(description)")
        }
    }

    /// Waits for the stream of what belongs to no call: nothing that was said before it stands is heard.
    func listening() async throws {
        try await wait(for: "listening stream") { await transport.status().openStreams > 0 }
    }

    func changes() async throws {
        guard can(.changes) else { return }
        try await listening()
        #expect(try await text("announce_change") == "announced", "\(description)")
        try await wait(for: "two changes") { overheard.changes.count >= 2 }
        #expect(
            overheard.changes == ["notifications/resources/list_changed", "notifications/tools/list_changed"],
            "\(description)")
    }

    /// One resource, which the client asks to hear of.
    func subscribing() async throws {
        guard can(.subscribing) else { return }
        try await client.subscribe(to: "memo://today")
        #expect(try await text("touch", ["uri": "pixels://logo"]) == "touched", "\(description)")
        #expect(try await text("touch", ["uri": "memo://today"]) == "touched", "\(description)")
        let uris = { overheard.notifications("notifications/resources/updated") { $0?["uri"]?.stringValue } }
        try await wait(for: "update") { !uris().isEmpty }
        #expect(uris() == ["memo://today"], "\(description)")
        try await client.unsubscribe(from: "memo://today")
    }

    /// The server's own word that the work was cancelled is what counts.
    func cancelling() async throws {
        guard can(.cancelling) else { return }
        let name = "\(dialect.rawValue) \(isForced)"
        let call = Task { try await text("hold", ["name": .string(name)]) }
        #expect(try await text("wait_until_held", ["name": .string(name)]) == "\(name) is held", "\(description)")
        call.cancel()
        await #expect(throws: CancellationError.self, "\(description)") { try await call.value }
        let answer = try await text("wait_until_cancelled", ["name": .string(name)])
        #expect(answer == "\(name) was cancelled", "\(description)")
    }

    func polling() async throws {
        guard can(.polling) else { return }
        try await poll(isLive: false)
        try await poll(isLive: true)
    }

    /// The server closes the stream of a call; the answer is there when the client comes back, or comes later.
    private func poll(isLive: Bool) async throws {
        let name = "poll \(isForced) \(isLive)"
        let heard = Mutex<[Int]>([])
        let call = Task {
            try await text("answer_later", ["name": .string(name), "live": .bool(isLive)]) { update in
                heard.withLock { $0.append(Int(update.progress)) }
            }
        }
        _ = try await text("wait_until_held", ["name": "\(name)-close"])
        _ = try await text("release", ["name": "\(name)-close"])
        if isLive {
            _ = try await text("wait_until_held", ["name": "\(name)-answer"])
            _ = try await text("release", ["name": "\(name)-answer"])
        }
        #expect(try await call.value == "\(name) answered later", "\(description)")
        #expect(heard.withLock { $0 } == [1, 2, 3], "\(description)")
    }
}
