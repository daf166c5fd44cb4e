import Forwarding
import Recording
import Testing
import Traffic
import TrafficStore

/// Encoded content through a whole recording proxy.
@Suite struct EncodedRecordingTests {
    private static let request = #"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#
    private static let answer = #"{"jsonrpc":"2.0","id":1,"result":{"tools":[]}}"#
    private static let note = #"{"jsonrpc":"2.0","method":"notifications/message","params":{"data":"é"}}"#

    private static func head(_ length: Int?, _ type: String, _ coding: String) -> String {
        "HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nContent-Encoding: \(coding)\r\n"
            + (length.map { "Content-Length: \($0)" } ?? "Transfer-Encoding: chunked") + "\r\n\r\n"
    }

    private static func chunk(_ bytes: [UInt8]) -> [UInt8] {
        Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + [13, 10]
    }

    /// A POST in gzip answered in deflate, and a GET whose stream, in gzip, brings two events and is then cut.
    private static let body = Deflating.whole(Array(answer.utf8), .zlib)
    private static let events = Deflating.pieces(
        ["event: message\ndata: \(note)\n\n", ": ping\n\n"].map { Array($0.utf8) } + [[]], .gzip
    ).dropLast()

    private static func serve(_ wire: inout Wire) async throws {
        while let head = try await wire.receiveHead() {
            guard String(decoding: head, as: UTF8.self).hasPrefix("POST") else {
                try await wire.send(Self.head(nil, "text/event-stream", "gzip"))
                for event in events { try await wire.send(chunk(event)) }
                return
            }
            _ = try await wire.receive(exactly: Deflating.whole(Array(request.utf8), .gzip).count)
            try await wire.send(Array(Self.head(body.count, "application/json", "deflate").utf8) + body)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `bodies and streams pass as they are, are stored as sent, and their messages are read`() async throws {
        let folder = try TemporaryFolder()
        let request = Deflating.whole(Array(Self.request.utf8), .gzip)
        let summary = try await Loopback.serve(Self.serve) { upstream in
            try await RunningRecording.run(to: upstream, into: folder.database, connections: 1) { port in
                let received = try await Loopback.connect(port) { wire in
                    let head =
                        "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nMcp-Session-Id: s\r\n"
                        + "Content-Encoding: gzip\r\nContent-Length: \(request.count)\r\n\r\n"
                    try await wire.send(Array(head.utf8) + request)
                    _ = try await wire.receiveHead()
                    let body = try await wire.receive(exactly: Self.body.count)
                    try await wire.send("GET /mcp HTTP/1.1\r\nHost: localhost\r\nMcp-Session-Id: s\r\n\r\n")
                    _ = try await wire.receiveHead()
                    return body + (try await wire.receiveAll())
                }
                #expect(received == Self.body + Self.events.flatMap(Self.chunk))
            }
        }
        #expect(summary.isComplete && summary.messages == 3)
        let capture = try Capture(folder.database)
        let rows = try capture.exchanges()
        #expect(rows.map(\.requestRaw) == [request, nil])
        #expect(rows.map(\.requestBody) == [Array(Self.request.utf8), nil])
        #expect(rows.map(\.responseRaw) == [Self.body, Self.events.flatMap { $0 }])
        #expect(rows.map(\.responseBody) == [Array(Self.answer.utf8), nil])
        #expect(rows[1].chunks.map(\.size) == Self.events.map { Int64($0.count) })
        #expect(rows[1].chunks.map(\.offset) == [0, Int64(Self.events[0].count)])
        #expect(try capture.texts("SELECT kind FROM stream_events ORDER BY seq") == ["event", "comment"])
        #expect(try capture.texts("SELECT status FROM calls") == ["ok"])
        #expect(
            try capture.texts("SELECT coalesce(method, '-') FROM messages ORDER BY seq")
                == ["tools/list", "-", "notifications/message"])
        try expectReindexChangesNothing(folder.database)
    }
}
