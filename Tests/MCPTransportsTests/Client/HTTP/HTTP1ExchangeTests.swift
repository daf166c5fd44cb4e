import Foundation
import NIOCore
import Testing

@testable import MCPTransports

/// Exchanges by HTTP/1.1 with a server of which every byte is said here.
@Suite(.timeLimit(.minutes(1))) struct HTTP1ExchangeTests {
    @Test func `A request is spelled with everything that HTTP asks for`() async throws {
        try await RawServer.run { server in
            let client = try await RunningClient(server.url)
            let fields = [
                HTTPRequest.Field(name: "Content-Type", value: "application/json"),
                HTTPRequest.Field(name: "Connection", value: "upgrade"),
                HTTPRequest.Field(name: "Transfer-Encoding", value: "gzip"),
            ]
            try await client.begin(1, .post(#"{"a":1}"#, fields))
            let text = try await server.peer().request(body: #"{"a":1}"#)
            let expected = [
                "POST /mcp HTTP/1.1", "host: 127.0.0.1:\(server.port)", "content-type: application/json",
                "user-agent: mcp-transports/\(LibraryVersion.text)", "content-length: 7", "", #"{"a":1}"#,
            ]
            #expect(text.components(separatedBy: "\r\n") == expected)
            try await server.peer().send(response("ok", ["X-Name: A b "]))
            let record = try await client.end(of: 1)
            #expect(record.isComplete)
            #expect(record.body == "ok")
            #expect(record.head?.status == 200)
            #expect(record.head?["x-name"] == "A b")
            #expect(!record.isDisordered)
            try await client.close()
            try await server.peer().end()
        }
    }

    static let responses: [(name: String, wire: String, body: String, endsConnection: Bool)] = [
        ("length", response("hello"), "hello", false),
        ("empty", response("", status: "202 Accepted"), "", false),
        ("no content", "HTTP/1.1 204 No Content\r\n\r\n", "", false),
        (
            "chunks",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nT: 1\r\n\r\n",
            "hello", false
        ),
        ("until the end", "HTTP/1.1 200 OK\r\n\r\nhello", "hello", true),
        ("HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\nhello", "hello", true),
        (
            "informational", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\n\(response("hello"))",
            "hello", false
        ),
    ]

    @Test(arguments: responses)
    func `A response arrives whole in whatever pieces it comes`(
        name: String, wire: String, body: String, endsConnection: Bool
    ) async throws {
        try await RawServer.run { server in
            let client = try await RunningClient(server.url)
            for (number, cut) in wire.utf8.indices.enumerated() {
                try await client.begin(UInt32(number), .get("/\(number)"))
                let peer = try await server.peer(endsConnection ? number : 0)
                _ = try await peer.text(with: "GET /\(number) HTTP/1.1\r\n")
                try await peer.send(String(wire[..<cut]))
                try await peer.send(String(wire[cut...]))
                if endsConnection { try await peer.close() }
                let record = try await client.end(of: UInt32(number))
                #expect(record.isComplete && record.body == body && !record.isDisordered, "\(name), cut at \(number)")
            }
            try await client.close()
        }
    }

    @Test(arguments: responses.filter { !$0.endsConnection })
    func `A response that is cut anywhere says so, and no byte is told twice`(
        name: String, wire: String, body: String, endsConnection: Bool
    ) async throws {
        try await RawServer.run { server in
            let client = try await RunningClient(server.url)
            for (number, cut) in wire.utf8.indices.enumerated() {
                try await client.begin(UInt32(number), .get("/\(number)"))
                let peer = try await server.peer(number)
                _ = try await peer.text(with: "GET /\(number) HTTP/1.1\r\n")
                try await peer.send(String(wire[..<cut]))
                try await peer.close()
                let record = try await client.end(of: UInt32(number))
                #expect(
                    record.cut?.code == .connectionClosed,
                    "\(name), cut at \(number): \(String(describing: record.end))")
                #expect(body.hasPrefix(record.body) && !record.isDisordered)
                #expect(
                    record.cut?.message.hasSuffix(record.head == nil ? "without a response" : "within its response")
                        == true)
            }
            try await client.close()
        }
    }

    @Test func `An event stream is told as it arrives`() async throws {
        try await RawServer.run { server in
            let client = try await RunningClient(server.url)
            try await client.begin(1, .get(isLongLived: true))
            let peer = try await server.peer()
            try await peer.request()
            try await peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            try await client.record(of: 1, "the head") { $0.head != nil }
            for count in 1...3 {
                try await peer.send("7\r\ndata:\(count)\n\r\n")
                let record = try await client.record(of: 1, "event \(count)") { $0.pieces == count }
                #expect(record.body.hasSuffix("data:\(count)\n"))
            }
            try await client.abort(1)
            try await peer.end()
            let record = try await client.record(of: 1, "the record") { _ in true }
            #expect(record.end == nil)
            try await client.close()
        }
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", "SSH-2.0-x\r\n",
        "HTTP/1.1 200 OK\r\nA b: c\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
    ])
    func `What is no HTTP ends the exchange and the connection`(wire: String) async throws {
        try await RawServer.run { server in
            let client = try await RunningClient(server.url)
            try await client.begin(1)
            let peer = try await server.peer()
            try await peer.request()
            try await peer.send(wire)
            #expect(try await client.end(of: 1).cut?.code == .invalidResponse)
            try await peer.end()
            try await client.close()
        }
    }

    @Test func `A reset is told as one`() async throws {
        try await RawServer.run { server in
            let client = try await RunningClient(server.url)
            try await client.begin(1)
            try await server.peer().request()
            try await server.peer().reset()
            let error = try #require(try await client.end(of: 1).cut)
            #expect(error.code == .connectionReset)
            #expect(error.message == "127.0.0.1:\(server.port) reset the connection without a response")
            try await client.close()
        }
    }

    @Test func `A request that the server does not read to its end was not sent`() async throws {
        // The server reads nothing, and the body is more than the buffers of both kernels hold.
        try await RawServer.run(reads: false) { server in
            let client = try await RunningClient(server.url)
            try await client.begin(1, .post(String(repeating: "x", count: 32 << 20)))
            try await server.peer().reset()
            #expect(try await client.end(of: 1).notSent != nil)
            try await client.close()
        }
    }

    @Test(arguments: [
        OutgoingRequest(method: "GET", target: "/a b", fields: [], body: nil, isLongLived: false),
        OutgoingRequest(method: "GET", target: "http://a/", fields: [], body: nil, isLongLived: false),
        OutgoingRequest(method: "GET x", target: "/", fields: [], body: nil, isLongLived: false),
        .post("", [.init(name: "a", value: "b\r\nc: d")]), .post("", [.init(name: "a:", value: "b")]),
    ])
    func `A request that would smuggle something is not sent`(request: OutgoingRequest) async throws {
        try await RawServer.run { server in
            let client = try await RunningClient(server.url)
            try await client.begin(1, request)
            #expect(try await client.end(of: 1).notSent?.code == .invalidRequest)
            #expect(try await server.peers == 0)
            try await client.close()
        }
    }
}
