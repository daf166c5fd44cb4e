import MCPTransports
import Testing

/// Web pages must not reach a server on their visitor's machine.
@Suite(.timeLimit(.minutes(1))) struct ServerAccessConformanceTests {
    typealias Revision = ConformancePeer.Revision

    static let revisions = Revision.all.filter { $0 >= .v20251125 }

    @Test(arguments: revisions, ["evil.example.com", "evil.example.com:80", "localhost.evil.example.com"])
    func `localhost-host-rebinding-rejected: a foreign Host with its Origin is refused with a 4xx`(
        revision: Revision, host: String
    ) async throws {
        let status = try await status(revision, host: { _ in host })
        #expect((400..<500).contains(status))
    }

    @Test(arguments: revisions, ["localhost", "127.0.0.1", "[::1]"])
    func `localhost-host-valid-accepted: a loopback Host with its Origin is let in`(
        revision: Revision, name: String
    ) async throws {
        #expect(try await status(revision, host: { "\(name):\($0)" }) == 200)
    }

    private func status(_ revision: Revision, host: @Sendable (Int) -> String) async throws -> Int {
        try await EverythingServer.run { port in
            let peer = ConformancePeer(port: port, revision: revision, capabilities: [:])
            let message = revision == .v20260728 ? peer.message("server/discover") : peer.initialize
            let host = host(port)
            var fields = peer.fields(for: message)
            fields["Host"] = host
            fields["Origin"] = "http://\(host)"
            fields["Content-Type"] = "application/json"
            fields["Content-Length"] = "\(message.description.utf8.count)"
            fields["Connection"] = "close"
            let head = ["POST /mcp HTTP/1.1"] + fields.map { "\($0.key): \($0.value)" }
            let connection = try await RawConnection(port: port)
            try await connection.send(head.joined(separator: "\r\n") + "\r\n\r\n\(message)")
            return try await WireAnswer(connection.waitForEnd()).status
        }
    }
}
