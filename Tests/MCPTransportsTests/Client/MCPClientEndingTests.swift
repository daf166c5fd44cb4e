import Testing

@testable import MCPTransports
@testable import MCPTransportsTestKit

@Suite(.timeLimit(.minutes(1))) struct MCPClientEndingTests {
    @Test func `cancelling the task of a call tells the server, whose answer may cross it once`() async throws {
        let heard = Heard()
        let (client, peer) = try await connected(.test, heard.handlers)
        let call = Task { try await client.callTool("slow") }
        let (id, _) = try await peer.request("tools/call")
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        let params = try await peer.notification("notifications/cancelled")
        #expect(params == ["requestId": 1, "reason": "The client does not wait any longer"])
        try await peer.answer(id, ["content": []])
        try await peer.answer(id, ["content": []])
        #expect(try await heard.errorCode() == .unexpectedAnswer)
        #expect(heard.messages.elements.count == 2)
        #expect(heard.errors.elements.count == 1)
        await client.close()
    }

    @Test func `a call whose task is cancelled already is not made`() async throws {
        let (client, peer) = try await connected()
        let call = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await client.ping()
        }
        await #expect(throws: CancellationError.self) { try await call.value }
        try await client.notify("next")
        try await peer.notification("next")
        await client.close()
    }

    @Test func `a request that did not leave is not cancelled at the server`() async throws {
        let (client, peer) = try await connected(capacity: 1)
        try await client.notify("fills the pipe")
        let call = Task { try await client.request("stuck") }
        while client.state.withLock({ $0.calls.isEmpty }) { await Task.yield() }
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        try await peer.notification("fills the pipe")
        try await client.notify("next")
        try await peer.notification("next")
        await client.close()
    }

    @Test func `an answer and a cancellation that race give one of the two`() async throws {
        let (client, peer) = try await connected()
        for _ in 0..<200 {
            let call = Task { try await client.request("race") }
            let (id, _) = try await peer.request("race")
            async let cancelling: Void = { call.cancel() }()
            try await peer.answer(id, ["n": 1])
            await cancelling
            switch await call.result {
            case .success(let result):
                #expect(result == ["n": 1])
            case .failure(let error):
                #expect(error is CancellationError)
                try await peer.notification("notifications/cancelled")
            }
        }
        #expect(client.state.withLock { $0.calls.isEmpty })
        await client.close()
    }

    @Test func `closing fails what waits, tells the handlers, and is told once`() async throws {
        let heard = Heard()
        let (client, peer) = try await connected(.test, heard.handlers)
        let notifications = client.notifications()
        let calls = (0..<3).map { _ in Task { try await client.request("a") } }
        for _ in calls { _ = try await peer.request("a") }
        await client.close()
        await client.close()
        for call in calls { await #expect(throws: MCPError.connectionClosed) { try await call.value } }
        for await notification in notifications { Issue.record("\(notification)") }
        #expect(heard.closings.elements.count == 1)
        #expect(heard.closings.elements.first.flatMap { $0 } == nil)
        #expect(try await peer.next() == nil)
    }

    @Test func `a server that leaves fails what waits`() async throws {
        let heard = Heard()
        let (client, peer) = try await connected(.test, heard.handlers)
        let call = Task { try await client.request("a") }
        _ = try await peer.request("a")
        await peer.transport.disconnect()
        await #expect(throws: MCPError.connectionClosed) { try await call.value }
        #expect(try #require(await heard.closings.element(at: 0, within: .seconds(10))) == nil)
        await #expect(throws: MCPError.connectionClosed) { try await client.ping() }
    }

    @Test func `what breaks the connection is the error of what waits and of what comes after`() async throws {
        let heard = Heard()
        let (client, peer) = try await connected(.test, heard.handlers)
        let call = Task { try await client.request("a") }
        _ = try await peer.request("a")
        let failure = MCPError.internalError("broken")
        peer.transport.fail(failure)
        await #expect(throws: failure) { try await call.value }
        let closing = try #require(await heard.closings.element(at: 0, within: .seconds(10)))
        #expect(closing as? MCPError == failure)
        await #expect(throws: failure) { try await client.ping() }
    }

    @Test func `notifications reach everybody who reads, until the end`() async throws {
        let (client, peer) = try await connected()
        let first = client.notifications()
        let second = client.notifications()
        try await peer.notify("a")
        try await peer.notify("b", ["x": 1])
        await peer.transport.disconnect()
        let expected = [ServerNotification(method: "a"), ServerNotification(method: "b", params: ["x": 1])]
        for stream in [first, second] {
            var seen: [ServerNotification] = []
            for await notification in stream { seen.append(notification) }
            #expect(seen == expected)
        }
    }

    @Test func `who does not read loses the oldest and it is said`() async throws {
        var configuration = MCPClient.Configuration.test
        configuration.notificationLimit = 2
        let heard = Heard()
        let (client, peer) = try await connected(configuration, heard.handlers)
        let stream = client.notifications()
        for name in ["a", "b", "c"] { try await peer.notify(name) }
        #expect(try await heard.errorCode() == .notificationsLost)
        await client.close()
        var seen: [String] = []
        for await notification in stream { seen.append(notification.method) }
        #expect(seen == ["b", "c"])
        #expect(heard.notifications.elements.map(\.method) == ["a", "b", "c"])
    }
}
