import NIOCore
import Testing

@testable import Forwarding

@Suite("OAuth documents")
struct OAuthMetadataTests {
    private func rewritten(_ json: String) throws -> String? {
        let upstream = try UpstreamOrigin("http://up.test:8000/mcp")
        return OAuthMetadata.rewritten(Array(json.utf8), from: upstream, to: "https://127.0.0.1:6480")
            .map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func `Strings that begin with the upstream's origin get ours, all else stays byte for byte`() throws {
        #expect(
            try rewritten(
                #"{ "resource":"http://up.test:8000/mcp","authorization_servers" : ["HTTP://UP.test:8000","http://as.test"], "n":[1,"a\"http://up.test:8000"] }"#
            )
                == #"{ "resource":"https://127.0.0.1:6480/mcp","authorization_servers" : ["https://127.0.0.1:6480","http://as.test"], "n":[1,"a\"http://up.test:8000"] }"#
        )
        #expect(
            try rewritten(#"{"resource":"http:\/\/up.test:8000\/mcp"}"#)
                == #"{"resource":"https://127.0.0.1:6480\/mcp"}"#)
    }

    @Test(arguments: [
        #"{"resource":"http://up.test:80000/mcp"}"#, #"{"resource":"https://up.test:8000/mcp"}"#, "{}", "",
        #"{"resource":"http://up.test:8000/mcp""#, #"{"resource":"http://up.test:8000/mcp\"#,
    ]) func `What names nothing of the upstream, or is no JSON, is none to change`(_ json: String) throws {
        #expect(try rewritten(json) == nil)
    }

    @Test func `Targets of discovery documents are known, also below and behind a path`() {
        func isTarget(_ target: String) -> Bool { Array(target.utf8).withUnsafeBytes(OAuthMetadata.isTarget) }
        for target in [
            "/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp?x=1",
            "/.well-known/oauth-authorization-server", "/tenant/.well-known/openid-configuration",
            "/.well-known/openid-configuration/tenant",
        ] { #expect(isTarget(target), "\(target)") }
        for target in ["/mcp", "/.well-known/oauth-protected-resources", "/?/.well-known/openid-configuration", ""] {
            #expect(!isTarget(target), "\(target)")
        }
    }
}

extension SocketTests {
    @Suite("Rewriting of OAuth documents", .timeLimit(.minutes(1)))
    struct MetadataRewriteTests {
        private static let target = "/.well-known/oauth-protected-resource/mcp"

        /// What a client gets of `response`, sent in pieces and then closed, with `UP` and `@` for the origins, and the
        /// listed edits of the response.
        private func answered(
            _ response: String, to target: String = target, rewrites: Bool = true, pieces limit: Int = 7
        ) async throws -> (text: String, edits: [TapEdit], recorded: String) {
            let tap = CollectingTap()
            let result = Received()
            try await RunningForwarder.run(tap: tap) {
                $0.rewritesOAuth = rewrites
            } _: { forwarder in
                let (client, server) = try forwarder.exchange(
                    head: "GET \(target) HTTP/1.1\r\nHost: \(forwarder.authority)\r\n\r\n")
                // The pieces have to be the same on every port.
                let sent = Array(response.replacing("UP", with: forwarder.upstreamOrigin).utf8)
                for start in stride(from: 0, to: sent.count, by: limit) {
                    try server.send(sent[start..<min(start + limit, sent.count)])
                    await Task.yield()
                }
                server.close()
                func shown(_ text: String) -> String {
                    text.replacing(forwarder.upstreamOrigin, with: "UP").replacing(forwarder.origin, with: "@")
                }
                result.text = shown(String(decoding: try client.receiveAll(), as: UTF8.self))
                client.close()
                let items = try await tap.items { $0.hasClosed }
                result.recorded = shown(items.text(of: .responseBody))
                result.edits = items.edits.filter { $0.place == .response }.map {
                    TapEdit($0.place, $0.what, from: $0.from.map(shown), to: $0.to.map(shown))
                }
            }
            return (result.text, result.edits, result.recorded)
        }

        /// Written by one task at a time.
        private final class Received: @unchecked Sendable {
            var text = ""
            var recorded = ""
            var edits: [TapEdit] = []
        }

        private static let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        private static let body = #"{"resource":"UP/mcp"}"#

        private static func chunked(_ body: String, _ sizes: [Int], _ trailers: String = "") -> String {
            var rest = body[...]
            var text = head + "Transfer-Encoding: chunked\r\n\r\n"
            for size in sizes {
                text += "\(String(size, radix: 16))\r\n\(rest.prefix(size))\r\n"
                rest = rest.dropFirst(size)
            }
            return text + "\(String(rest.utf8.count, radix: 16))\r\n\(rest)\r\n0\r\n\(trailers)\r\n"
        }

        @Test(arguments: [1, 7, 4000]) func `Until close and under Content-Length the document is ours`(_ limit: Int)
            async throws
        {
            let (text, edits, recorded) = try await answered(Self.head + "\r\n" + Self.body, pieces: limit)
            #expect(text == Self.head + "\r\n" + Self.body.replacing("UP", with: "@"))
            #expect(edits == [TapEdit(.response, "body", from: Self.body, to: Self.body.replacing("UP", with: "@"))])
            #expect(recorded == Self.body)
            // Ports have five digits, so both origins may have the same length: the path makes it another.
            let padded = #"{"resource":"UP"}"#
            let length = padded.utf8.count - 2 + "http://127.0.0.1:40000".utf8.count
            let counted = try await answered(
                Self.head + "Content-Length: \(length)\r\n\r\n" + padded, pieces: limit)
            #expect(counted.text.hasSuffix("\r\n\r\n" + padded.replacing("UP", with: "@")))
            #expect(counted.edits.first?.what == "body")
        }

        @Test(arguments: [1, 7, 4000]) func `Chunks become one, trailers stay`(_ limit: Int) async throws {
            // Ports have five digits, so the length of an origin is known before its digits are.
            let opening = #"{"resource":""#
            let rest = #"UP/mcp"}"#
            let restLength = rest.utf8.count - 2 + "http://127.0.0.1:40000".utf8.count
            func chunk(_ text: String, _ length: Int) -> String { "\(String(length, radix: 16))\r\n\(text)\r\n" }
            let head = Self.head + "Transfer-Encoding: chunked\r\n\r\n"
            let chunks = chunk(opening, opening.utf8.count) + chunk(rest, restLength)
            let (text, edits, recorded) = try await answered(head + chunks + "0\r\nT: 1\r\n\r\n", pieces: limit)
            let ours = Self.body.replacing("UP", with: "@")
            #expect(text == head + chunk(ours, opening.utf8.count + restLength) + "0\r\nT: 1\r\n\r\n")
            #expect(edits == [TapEdit(.response, "body", from: Self.body, to: ours)])
            #expect(recorded == Self.body)
        }

        @Test(arguments: [1, 7, 4000]) func `Chunks of a document of another origin pass as they came`(_ limit: Int)
            async throws
        {
            let wire = Self.chunked(#"{"a":[1,"http://127.0.0.1:1/x"]}"#, [5, 3], "T: 1\r\n")
            let (text, edits, _) = try await answered(wire, pieces: limit)
            #expect(text == wire && edits.isEmpty)
        }

        @Test func `Without the option, elsewhere, encoded, cut or too long, documents pass as they came`() async throws
        {
            let response = Self.head + "\r\n" + Self.body
            #expect(try await answered(response, rewrites: false).text == response)
            #expect(try await answered(response, to: "/mcp").text == response)
            let encoded = Self.head + "Content-Encoding: gzip\r\n\r\n" + Self.body
            #expect(try await answered(encoded).text == encoded)
            let cut = Self.head + "Content-Length: 900\r\n\r\n" + Self.body
            #expect(try await answered(cut).text == cut)
            let long = response + String(repeating: " ", count: MetadataRewrite.limit)
            let passed = try await answered(long, pieces: 50_000)
            #expect(passed.text == long && passed.edits.isEmpty)
        }
    }
}
