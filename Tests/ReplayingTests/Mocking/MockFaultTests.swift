import MCPTransports
import Scenario
import Testing

@testable import Replaying

/// What clients of the library see of faults.
@Suite(.timeLimit(.minutes(2)))
struct MockFaultTests {
    /// Where a client of the library can speak, and the words that `echo` was recorded with.
    static let dialects: [(String, HTTPDialect, String, String)] = [
        ("http-sse", .httpSSE, "/sse", "hello – ünïcode ✓"), ("streamable", .streamable, "/mcp", "hello – ünïcode ✓"),
        ("streamable-json", .streamable, "/mcp", "one object"), ("stateless", .stateless, "/mcp", "hello – ünïcode ✓"),
    ]

    /// The outcome of each of some calls, one after the other: what was answered, or that nothing was.
    private static func outcomes(
        of count: Int, _ rates: [MockFault: Double], seed: UInt64 = 1, at place: (String, HTTPDialect, String, String),
        patience: Duration = .seconds(20)
    ) async throws -> (outcomes: [String], faults: [String]) {
        let settings = MockSettings(pace: .max, faults: FaultPlan(rates: rates, seed: seed))
        return try await ServedCapture.with(place.0, settings) { served in
            let found = try await served.client(place.1, place.2) { client in
                var found: [String] = []
                for _ in 0..<count {
                    do {
                        let result = try await client.callTool(
                            "echo", arguments: ["text": .string(place.3)], timeout: RequestTimeout(patience))
                        found.append(result.firstText == place.3 ? "answered" : "something else")
                    } catch let error as MCPError {
                        found.append(error.code == -32603 ? "refused" : "lost")
                    } catch {
                        found.append("lost")
                    }
                }
                return found
            }
            return (found, served.notices.faults)
        }
    }

    @Test(arguments: dialects, [MockFault.error, .duplicate])
    func `an error takes the place of the answer, a copy does no harm`(
        _ place: (String, HTTPDialect, String, String), _ fault: MockFault
    ) async throws {
        let (outcomes, faults) = try await Self.outcomes(of: 2, [fault: 1], at: place)
        let expected = fault == .error ? "refused" : "answered"
        #expect(outcomes == [expected, expected])
        // A subscription may be in it too, and be asked for again.
        #expect(faults.filter { $0.contains("tools/call") } == Array(repeating: "\(fault) tools/call echo", count: 2))
    }

    @Test(arguments: dialects) func `nothing comes of a call that stalls`(
        _ place: (String, HTTPDialect, String, String)
    ) async throws {
        let (outcomes, _) = try await Self.outcomes(of: 1, [.stall: 1], at: place, patience: .milliseconds(300))
        #expect(outcomes == ["lost"])
    }

    @Test(arguments: dialects.filter { $0.1 != .httpSSE }, [MockFault.drop, .truncate])
    func `a connection that closes loses the call`(
        _ place: (String, HTTPDialect, String, String), _ fault: MockFault
    ) async throws {
        let (outcomes, _) = try await Self.outcomes(of: 1, [fault: 1], at: place, patience: .seconds(1))
        #expect(outcomes == ["lost"])
    }

    @Test(arguments: dialects) func `a slow answer takes a second at least, and comes`(
        _ place: (String, HTTPDialect, String, String)
    ) async throws {
        let start = ContinuousClock.now
        let (outcomes, _) = try await Self.outcomes(of: 1, [.slow: 1], at: place)
        #expect(outcomes == ["answered"])
        #expect(ContinuousClock.now - start >= .seconds(1))
    }

    @Test func `the same calls are hit for a seed, others for another`() async throws {
        let rates: [MockFault: Double] = [.error: 0.4]
        let place = Self.dialects[1]
        let first = try await Self.outcomes(of: 40, rates, seed: 7, at: place).outcomes
        #expect(try await Self.outcomes(of: 40, rates, seed: 7, at: place).outcomes == first)
        #expect(try await Self.outcomes(of: 40, rates, seed: 8, at: place).outcomes != first)
        #expect((4...28).contains(first.count { $0 == "refused" }))
        #expect(Set(first) == ["refused", "answered"])
    }

    @Test(arguments: dialects) func `what is not recorded is not found`(
        _ place: (String, HTTPDialect, String, String)
    ) async throws {
        try await ServedCapture.with(place.0, MockSettings(pace: .max, miss: .notFound)) { served in
            await #expect(throws: (any Error).self) {
                try await served.client(place.1, place.2) {
                    try await $0.request("made/up", timeout: .init(.seconds(5)))
                }
            }
            #expect(served.notices.misses == ["made/up is not in the recording, nor any other made/up"])
        }
    }
}
