import NIOCore
import Testing
import WireFormats

@testable import Forwarding

@Suite("Stream rewrite, chunked")
struct StreamRewriteTests {
    private static let old = "http://localhost:3001"
    private static let new = "http://127.0.0.1:6480"

    /// The bytes that leave for `wire`, the content and framing of a chunked response, given in the pieces between
    /// `splits`.
    private func output(_ wire: String, splits: [Int]) throws -> (text: String, edit: TapEdit?) {
        let bytes = Array(("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + wire).utf8)
        var parser = HTTP1Parser(role: .response, policy: .strict)
        parser.expectResponse(to: .get)
        var stream: StreamRewrite? = StreamRewrite(
            rewriter: EndpointRewriter(upstream: try UpstreamOrigin(Self.old), ownOrigin: "http://127.0.0.1:6480"),
            framing: .chunked)
        var edit: TapEdit?
        var output = ByteBuffer()
        let head = bytes.count - wire.utf8.count
        let bounds = [0] + splits.map { $0 + head } + [bytes.count]
        for (lower, upper) in zip(bounds, bounds.dropFirst()) {
            let piece = Array(bytes[lower..<upper])
            var position = 0
            while true {
                let start = position
                let part = try parser.next(piece.span.bytes, &position)
                let isHead = part == .head || (part == nil && parser.isReadingHead)
                piece[start..<position].withUnsafeBytes { range in
                    if isHead { return }
                    guard stream != nil else {
                        output.writeBytes(range)
                        return
                    }
                    if case .body = part {
                        stream?.takeContent(range, to: &output)
                    } else {
                        stream?.takeFraming(range, to: &output)
                    }
                    if case .chunk(let size) = part { stream?.beginChunk(size, to: &output) }
                }
                if stream?.isDone == true {
                    edit = stream?.edit
                    stream = nil
                }
                if part == nil { break }
            }
        }
        return (String(buffer: output), edit)
    }

    /// The content of chunked bytes.
    private func content(_ wire: String) throws -> String {
        let bytes = Array(("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + wire).utf8)
        var parser = HTTP1Parser(role: .response, policy: .strict)
        parser.expectResponse(to: .get)
        var position = 0
        var content: [UInt8] = []
        var hasEnded = false
        while let part = try parser.next(bytes.span.bytes, &position) {
            if case .body(let range) = part { content += bytes[range] }
            if part == .end { hasEnded = true }
        }
        #expect(hasEnded)
        return String(decoding: content, as: UTF8.self)
    }

    private func chunked(_ pieces: [String]) -> String {
        pieces.map { "\(String($0.utf8.count, radix: 16));x\r\n\($0)\r\n" }.joined() + "0\r\nT: 1\r\n\r\n"
    }

    @Test(
        "At every split, in chunks of every size, the content is that of the rewritten stream",
        arguments: [1, 2, 5, 9, 16, 22, 40, 200])
    func rewrites(_ size: Int) throws {
        let text = ": hi\n\nevent: endpoint\ndata: \(Self.old)/m?s=1\n\ndata: {}\n\n"
        let bytes = Array(text.utf8)
        let pieces = stride(from: 0, to: bytes.count, by: size).map {
            String(decoding: bytes[$0..<min($0 + size, bytes.count)], as: UTF8.self)
        }
        let wire = chunked(pieces)
        let expected = text.replacing(Self.old, with: Self.new)
        for split in 0...wire.utf8.count {
            let (output, edit) = try output(wire, splits: [split])
            #expect(try content(output) == expected, "split at \(split)")
            #expect(output.hasSuffix("0\r\nT: 1\r\n\r\n"))
            #expect(edit?.to == "\(Self.new)/m?s=1")
        }
        let single = try output(wire, splits: Array(1..<wire.utf8.count))
        #expect(try content(single.text) == expected)
    }

    @Test func `Only the chunk with the event gets a line of its own`() throws {
        let wire = chunked([": hi\n\n", "event: endpoint\ndata: \(Self.old)/m\n\n", "data: 1\n\n"])
        let count = "event: endpoint\ndata: \(Self.new)/m\n\n".utf8.count
        let expected =
            "6;x\r\n: hi\n\n\r\n\(String(count, radix: 16))\r\nevent: endpoint\ndata: \(Self.new)/m\n\n\r\n9;x\r\ndata: 1\n\n\r\n0\r\nT: 1\r\n\r\n"
        #expect(try output(wire, splits: []).text == expected)
    }

    @Test func `A stream without the event keeps its bytes, at every split`() throws {
        for pieces in [
            [": hi\n\n", "event: message\nda", "ta: {\"a\":1}\n\n", "data: \(Self.old)\n\n"],
            ["event: endpoint\ndata: /m\n\n"], [": hi\n\n: ping\n\nevent: me", "ssage\ndata: htt\n\n"], [": hi\n\n"],
        ] {
            let wire = chunked(pieces)
            for split in 0...wire.utf8.count { #expect(try output(wire, splits: [split]).text == wire) }
            #expect(try output(wire, splits: Array(1..<wire.utf8.count)).text == wire)
        }
    }

    @Test func `A message leaves with its first bytes, before its chunk has ended`() throws {
        let wire = "40\r\n: hi\n\nid: 1\ndata: {"
        #expect(try output(wire, splits: []).text == wire)
    }

    @Test func `What waits at the end of the stream still goes on`() throws {
        let wire = chunked(["data: \(Self.old)/m\n"])
        for split in 0...wire.utf8.count {
            #expect(try content(try output(wire, splits: [split]).text) == "data: \(Self.old)/m\n")
        }
    }
}
