import Foundation
import FoundationNetworking
import MCPTransports
import Synchronization
import Testing

/// Connections and sessions that end before their time.
extension ClientTour {
    /// Heartbeats are heard where the server keeps a stream open; those of stateless streams are too far apart.
    func heartbeats() async throws {
        guard can(.changes), !isStateless else { return }
        try await wait(for: "heartbeat") { await transport.status().heartbeats > 0 }
    }

    func cuts() async throws {
        if can(.asides) { try await cutCalls() }
        // The stream of HTTP+SSE is the session, and its cut is among those before.
        if can(.changes), dialect != .httpSSE { try await cutListening() }
    }

    /// The connection is cut behind a step that was delivered, and before one that was not.
    private func cutCalls() async throws {
        for (steps, isDelivered) in [(5, true), (6, false)] {
            relay.cut(at: "step 3 of \(steps)", isDelivered: isDelivered)
            if server.isResumable, !isStateless {
                try await slow(steps: steps, heard: Array(1...steps))
            } else {
                await lost(steps: steps, heard: isDelivered ? 3 : 2)
            }
            #expect(relay.remaining == [], "\(description): the connection was not cut")
            #expect(try await text("echo", ["text": "still there"]) == "still there", "\(description)")
        }
    }

    /// A call whose answer is lost with the connection fails with an error of this side; what came before it was heard.
    private func lost(steps: Int, heard expected: Int) async {
        let heard = Mutex<[Int]>([])
        do {
            let answer = try await text("slow", ["steps": .integer(Int64(steps))]) { update in
                heard.withLock { $0.append(Int(update.progress)) }
            }
            Issue.record("\(description): a call that was cut is answered with \(answer)")
        } catch let error as MCPError {
            #expect(error.code == -32000 && error.data?["reason"] == "cut", "\(description): \(error)")
        } catch {
            Issue.record("\(description): a call that was cut fails with \(error)")
        }
        #expect(heard.withLock { $0 } == Array(1...expected), "\(description): progress before the cut")
    }

    /// The stream that belongs to no call is cut before a change is told. Where events are kept, nothing is lost or heard
    /// twice; elsewhere the stream is opened again, and what is said from then on is heard.
    private func cutListening() async throws {
        let told = ["notifications/resources/list_changed", "notifications/tools/list_changed"]
        let before = overheard.changes.count
        let heard = { Array(overheard.changes.dropFirst(before)) }
        relay.cut(at: told[0], isDelivered: false)
        _ = try await text("announce_change")
        if server.isResumable, !isStateless {
            try await wait(for: "changes from before the cut") { heard().count >= 2 }
            #expect(heard() == told, "\(description)")
        } else {
            // Only the client knows when it listens again, so the server says it until it is heard.
            try await wait(for: "changes after the cut") {
                _ = try? await text("announce_change")
                return Set(heard()) == Set(told)
            }
            #expect(await transport.status().reconnections > 0, "\(description)")
        }
        #expect(relay.remaining == [], "\(description): the listening stream was not cut")
    }

    /// The session is deleted behind the client's back. One call may fail for it; then there is another session.
    func forgottenSession() async throws {
        guard let session = await transport.status().sessionID else { return }
        var request = URLRequest(url: try #require(URL(string: transport.url)))
        request.httpMethod = "DELETE"
        request.setValue(session, forHTTPHeaderField: "Mcp-Session-Id")
        request.setValue("2025-11-25", forHTTPHeaderField: "MCP-Protocol-Version")
        let (_, response) = try await URLSession.shared.data(for: request)
        #expect((response as? HTTPURLResponse)?.statusCode == 200, "\(description)")
        do {
            #expect(try await text("echo", ["text": "first"]) == "first", "\(description)")
        } catch let error as MCPError {
            #expect(error.data?["reason"] == "sessionExpired", "\(description): \(error)")
        }
        #expect(try await text("echo", ["text": "second"]) == "second", "\(description)")
        let status = await transport.status()
        #expect(status.lostSessions == 1, "\(description)")
        #expect(status.sessionID != nil && status.sessionID != session, "\(description)")
        // Both are told on the side, and nothing else.
        #expect(overheard.takeErrors() == [], "\(description)")
    }
}
