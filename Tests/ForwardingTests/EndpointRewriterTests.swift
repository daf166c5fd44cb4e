import NIOCore
import Testing

@testable import Forwarding

@Suite("Endpoint rewriter")
struct EndpointRewriterTests {
    private static let old = "http://localhost:3001"
    private static let new = "http://127.0.0.1:6480"

    private func rewriter() throws -> EndpointRewriter {
        EndpointRewriter(upstream: try UpstreamOrigin(Self.old), ownOrigin: "http://127.0.0.1:6480")
    }

    private func feed(_ rewriter: inout EndpointRewriter, _ text: some StringProtocol) -> String {
        var output = ByteBuffer()
        Array(text.utf8).withUnsafeBytes { rewriter.feed($0, to: &output) }
        return String(buffer: output)
    }

    /// The stream split in two at every place, and into single bytes.
    private func checkAllSplits(_ input: String, _ expected: String) throws {
        let bytes = Array(input.utf8)
        for split in 0...bytes.count {
            var rewriter = try rewriter()
            var output = ByteBuffer()
            bytes[..<split].withUnsafeBytes { rewriter.feed($0, to: &output) }
            bytes[split...].withUnsafeBytes { rewriter.feed($0, to: &output) }
            rewriter.finish(to: &output)
            #expect(String(buffer: output) == expected, "split at \(split)")
        }
        var rewriter = try rewriter()
        var output = ByteBuffer()
        for byte in bytes { [byte].withUnsafeBytes { rewriter.feed($0, to: &output) } }
        rewriter.finish(to: &output)
        #expect(String(buffer: output) == expected)
    }

    @Test(
        "The URI of the first event gets the own origin, at every split",
        arguments: [
            "event: endpoint\ndata: @/messages?id=1\n\nevent: message\ndata: @/\n\n",
            "event: endpoint\r\ndata: @/messages?id=1\r\n\r\nevent: message\r\ndata: {}\r\n\r\n",
            "event:endpoint\rdata:@/messages\r\r", ": hello\n\nid: 7\nevent: endpoint\ndata: @?a=b\nretry: 5\n\n",
            "data: @/messages\nevent: endpoint\n\ndata: x\n\n", "\u{feff}event: endpoint\ndata: @\n\n",
            "\u{feff}data: @/m\nevent: endpoint\n\n", "retry: 3\n\n: ping\n\nevent: endpoint\nid: 1\ndata: @/m\n\n",
        ])
    func rewrites(_ template: String) throws {
        let input = template.replacing("@", with: Self.old)
        var expected = template
        if let first = expected.firstIndex(of: "@") { expected.replaceSubrange(first...first, with: Self.new) }
        try checkAllSplits(input, expected.replacing("@", with: Self.old))
    }

    @Test(
        "Everything else passes byte for byte, at every split",
        arguments: [
            "event: endpoint\ndata: /messages?id=1\n\n", "event: endpoint\ndata: http://other:3001/m\n\n",
            "event: endpoint\ndata: http://localhost:30012/m\n\n", "event: message\ndata: http://localhost:3001/m\n\n",
            "data: http://localhost:3001/m\n\n", "data: {}\n\nevent: endpoint\ndata: http://localhost:3001/m\n\n",
            "data: http://localhost:3001/m\nevent: message\n\n", "event: endpoint\ndata: http://localhost:3001/m",
            "data: http\n\n", "data: x\ndata: http://localhost:3001/\nevent: endpoint\n\n", "",
            "dat: http://localhost:3001/m\nevent: endpoint\n\n", "event: endpoint\n\ndata: http://localhost:3001/m\n\n",
        ])
    func passes(_ input: String) throws {
        try checkAllSplits(input, input)
    }

    @Test func `The edit lists the whole URI`() throws {
        var rewriter = try rewriter()
        _ = feed(&rewriter, "event: endpoint\ndata: \(Self.old)/m?s=1\n\n")
        #expect(rewriter.edit == TapEdit(.stream, "endpoint", from: "\(Self.old)/m?s=1", to: "\(Self.new)/m?s=1"))
        #expect(rewriter.isDone)
    }

    @Test func `Nothing waits that cannot become the event`() throws {
        var rewriter = try rewriter()
        for part in [": ping\n\n", "id: 4\n", "event: mess", "age\n", "data: htt", "x", "p\n", "\n"] {
            let out = feed(&rewriter, part)
            #expect(out == part, "\(part)")
        }
        #expect(rewriter.isDone)
    }

    @Test func `A JSON message passes with its first byte and decides`() throws {
        var rewriter = try rewriter()
        #expect(feed(&rewriter, "data: ") == "data: ")
        #expect(feed(&rewriter, "{") == "{")
        #expect(feed(&rewriter, "\"a\":1}") == "\"a\":1}")
        #expect(rewriter.isDone)
    }

    @Test func `A URI that does not end is released at the limit`() throws {
        var rewriter = try rewriter()
        let long = "event: endpoint\ndata: \(Self.old)/" + String(repeating: "x", count: EndpointRewriter.holdLimit)
        #expect(feed(&rewriter, long) == long)
        #expect(rewriter.isDone)
        #expect(rewriter.edit == nil)
    }
}
