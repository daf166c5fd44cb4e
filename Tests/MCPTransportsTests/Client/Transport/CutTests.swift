import DemoServer
import MCPTransports
import Synchronization
import Testing

/// The connection is cut before each byte that the server sends in a conversation. Whatever it is that is cut off: no
/// message is lost that could be had again, none comes twice, each request has one answer or one error, and the
/// conversation goes on.
@Suite(.serialized, .timeLimit(.minutes(5))) struct CutTests {
    /// What one conversation brought.
    private struct Outcome: Sendable {
        var failure: String?
        var steps: [Int] = []
        var slow: Result<String, MCPError>?
        var echo: Result<String, MCPError>?
        var strays = 0
        var passed = 0
        var hasCut = false
    }

    private static func converse(
        _ dialect: HTTPDialect, port: Int, path: String, cutAt offset: Int?, _ manner: CuttingProxy.Manner
    ) async throws -> Outcome {
        let proxy = try await CuttingProxy.start(before: port, cutAt: offset, manner)
        let strays = Mutex(0)
        let transport = try SSEClientTransport(
            url: "http://127.0.0.1:\(proxy.port)\(path)",
            configuration: .init(
                dialect: dialect, callTimeout: .seconds(20), reconnection: .backOff(from: .milliseconds(1))),
            callbacks: .init(onError: { error in
                if (error as? MCPTransportError)?.code == .strayAnswer { strays.withLock { $0 += 1 } }
            }))
        let client = Correspondent(transport)
        var outcome = Outcome()
        do {
            try await client.open()
            let id = try await client.request(
                "tools/call",
                ["name": "slow", "arguments": ["seconds": 0.003, "steps": 3], "_meta": ["progressToken": "p"]])
            outcome.slow = try await client.text(of: id)
            outcome.steps = await client.others.compactMap {
                $0.notified("notifications/progress")?["progress"]?.intValue
            }
            outcome.echo = try await client.text(
                of: client.request("tools/call", ["name": "echo", "arguments": ["text": "still here"]]))
        } catch {
            outcome.failure = "\(error)"
        }
        await client.close()
        await proxy.stop()
        outcome.strays = strays.withLock { $0 }
        outcome.passed = proxy.passed
        outcome.hasCut = proxy.hasCut
        return outcome
    }

    @Test(arguments: [HTTPDialect.httpSSE, .streamable, .stateless])
    func `at every byte, by an end and by a reset in turn`(_ dialect: HTTPDialect) async throws {
        let path = dialect == .httpSSE ? "/sse" : "/mcp"
        let configuration = SSEServerTransport.Configuration(retention: EventRetention())
        try await withHost(DemoServer.server, configuration) { port in
            let whole = try await Self.converse(dialect, port: port, path: path, cutAt: nil, .end)
            #expect(whole.failure == nil)
            #expect(whole.steps == [1, 2, 3])
            var failures = 0
            var resumptions = 0
            var cuts = 0
            for offset in 0..<whole.passed {
                let manner = CuttingProxy.Manner.allCases[offset % 2]
                let outcome = try await Self.converse(dialect, port: port, path: path, cutAt: offset, manner)
                cuts += outcome.hasCut ? 1 : 0
                Self.check(outcome, dialect, "cut before byte \(offset)")
                if outcome.failure != nil { failures += 1 }
                if case .success? = outcome.slow, outcome.hasCut { resumptions += 1 }
            }
            #expect(cuts > whole.passed / 2)
            #expect(failures < whole.passed / 2)
            #expect(resumptions > 0)
        }
    }

    private static func check(_ outcome: Outcome, _ dialect: HTTPDialect, _ place: Comment) {
        #expect(outcome.strays == 0, place)
        #expect(outcome.steps == Array([1, 2, 3].prefix(outcome.steps.count)), place)
        guard outcome.failure == nil else { return }
        switch outcome.slow {
        case .success(let text)?:
            #expect(text == "done in 3 steps", place)
            #expect(outcome.steps == [1, 2, 3], place)
        case .failure(let error)?:
            #expect(error.code == -32000, place)
            #expect(error.data?["reason"] == "cut", place)
        case nil: Issue.record("no outcome", sourceLocation: #_sourceLocation)
        }
        if case .success? = outcome.slow, !outcome.hasCut { #expect(outcome.echo != nil, place) }
        if case .success(let text)? = outcome.echo { #expect(text == "still here", place) }
    }
}

extension Correspondent {
    /// The text that a tool answered, or the error.
    func text(of id: RequestID) async throws -> Result<String, MCPError> {
        do {
            return .success(try await answer(to: id)["content"]?[0]?["text"]?.stringValue ?? "")
        } catch let error as MCPError {
            return .failure(error)
        }
    }
}
