import DemoServer
import Testing

@testable import MCPTransports

@Suite(.timeLimit(.minutes(1))) struct HeartbeatTests {
    private static let ping = #"event: message\#ndata: {"jsonrpc":"2.0","id":"heartbeat-3","method":"ping"}\#n\#n"#

    private func text(_ heartbeat: Heartbeat, carriesRequests: Bool = true) -> String? {
        heartbeat.encoded(at: UTCTime(microseconds: 0), carriesRequests: carriesRequests, number: 3).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    @Test func `Each kind has its bytes`() {
        #expect(text(.comment) == ": ping - 1970-01-01 00:00:00.000000+00:00\n\n")
        #expect(text(.event(type: "keepalive", data: "{}")) == "event: keepalive\ndata: {}\n\n")
        #expect(text(.emptyEvent) == "data: \n\n")
        #expect(text(.ping) == Self.ping)
        #expect(text(.ping, carriesRequests: false)?.hasPrefix(": ping - ") == true)
        #expect(text(.none) == nil)
    }

    @Test(arguments: [(Heartbeat.ping, #""method":"ping""#), (.event(type: "beat", data: "1"), "event: beat\ndata: 1")])
    func `A stream beats as it is told`(heartbeat: Heartbeat, part: String) async throws {
        let configuration = SSEServerTransport.Configuration(
            heartbeat: heartbeat, timeouts: .init(heartbeat: .milliseconds(20)))
        try await withHost(DemoServer.server, configuration) { port in
            let stream = try await RawConnection(port: port)
            try await stream.request("GET /sse")
            try await stream.wait(for: part)
        }
    }

    @Test func `Without heartbeats a slow answer stays JSON`() async throws {
        let configuration = SSEServerTransport.Configuration(
            heartbeat: .none, timeouts: .init(heartbeat: .milliseconds(10)))
        try await withHost(DemoServer.server, configuration) { port in
            let connection = try await RawConnection(port: port)
            try await connection.post(.call("slow", ["seconds": 0.1, "steps": 1]))
            #expect(try await connection.wait(for: "done in 1 steps").contains("Content-Type: application/json"))
        }
    }
}
