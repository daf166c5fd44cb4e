import MCPTransports
import Testing

@testable import MCPTransportsTestKit

@Suite(.timeLimit(.minutes(1))) struct ScriptedFaultTests {
    static let whole =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 36\r\n\r\n"
        + #"{"jsonrpc":"2.0","id":1,"result":{}}"#

    /// What a client hears of one response until the connection ends or it has all.
    static func heard(_ fault: ScriptedFault, endsItself: Bool = true) async throws -> String {
        try await withScriptedServer { server in
            server.expectRequest("a").fault(fault).respond(result: [:])
            let client = try await RawConnection(port: server.port)
            try await client.request("POST /mcp", body: ScriptedServerTests.post(1, "a"))
            return try await endsItself ? client.waitForEnd() : client.wait(for: "}}")
        }
    }

    @Test(arguments: 0..<whole.utf8.count) func `a cut response has exactly so many bytes`(_ count: Int) async throws {
        #expect(
            try await Self.heard(.cut(after: count)) == String(decoding: Self.whole.utf8.prefix(count), as: UTF8.self))
    }

    @Test(arguments: [1, 2, 7, 1000]) func `a split response has the same bytes`(_ size: Int) async throws {
        #expect(try await Self.heard(.split(every: size), endsItself: false) == Self.whole)
    }

    @Test func `a dropped request gets no byte`() async throws {
        #expect(try await Self.heard(.drop).isEmpty)
    }

    @Test func `a wrong status stands where the right one would`() async throws {
        let heard = try await Self.heard(.wrongStatus(418), endsItself: false)
        #expect(heard == Self.whole.replacing("200 OK", with: "418 Status"))
    }

    @Test func `a stalled response goes on where it stopped`() async throws {
        try await withScriptedServer { server in
            let expectation = server.expectRequest("a").fault(.stall(after: 8)).respond(result: [:])
            let client = try await RawConnection(port: server.port)
            try await client.request("POST /mcp", body: ScriptedServerTests.post(1, "a"))
            try await client.wait(for: "HTTP/1.1")
            #expect(client.text == "HTTP/1.1")
            expectation.release()
            #expect(try await client.wait(for: "}}") == Self.whole)
        }
    }

    @Test func `a duplicated event comes twice and the others once`() async throws {
        try await withScriptedServer { server in
            server.expectRequest("a").fault(.duplicate(event: 1)).respondStream { stream in
                for number in 0..<3 { stream.sendEvent(data: "e\(number)") }
            }
            let client = try await RawConnection(port: server.port)
            try await client.request("POST /mcp", body: ScriptedServerTests.post(1, "a"))
            let heard = try await client.wait(for: "0\r\n\r\n")
            let events = heard.split(separator: "\r\n").filter { $0.hasPrefix("data") }.map { $0.dropLast(2) }
            #expect(events == ["data: e0", "data: e1", "data: e1", "data: e2"])
        }
    }

    @Test func `all connections can be reset at once`() async throws {
        try await withScriptedServer { server in
            let get = server.expectGET().openStream()
            let client = try await RawConnection(port: server.port)
            try await client.request("GET /x")
            _ = try await get.stream()
            server.dropConnections()
            try await client.waitForEnd()
            try await get.abandoned()
        }
    }

    @Test func `pieces of a response add up to it whatever the faults`() {
        for size in [1, 3, 100] {
            var wire = FaultyWire([.split(every: size), .stall(after: 5)])
            var steps = wire.begin() + wire.write(Array(0..<4)) + wire.write(Array(4..<9)) + wire.complete()
            #expect(bytes(of: steps) == Array(0..<5))
            #expect(!steps.contains(.complete))
            steps += wire.release()
            #expect(bytes(of: steps) == Array(0..<9))
            #expect(steps.last == .complete)
            #expect(wire.write([1]).isEmpty)
        }
    }

    private func bytes(of steps: [FaultyWire.Step]) -> [UInt8] {
        steps.flatMap { step -> [UInt8] in
            guard case .bytes(let bytes) = step else { return [] }
            return bytes
        }
    }
}
