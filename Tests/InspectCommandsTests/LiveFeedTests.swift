import Testing
import Traffic

@testable import InspectCommands

struct LiveFeedTests {
    /// What `record` says of a tour, taken in so many pieces as `commits` says, without the times.
    private static func lines(isVerbose: Bool, commits: Set<Int>) -> [String] {
        let feed = LiveFeed(isQuiet: false, isVerbose: isVerbose)
        var recorder = TrafficRecorder(recordingID: 1, name: "t", redactor: nil)
        var lines: [String] = []
        func drain() {
            let batch = recorder.drain()
            lines += feed.lines(telling: batch, names: Dictionary(batch.sessions.map { ($0.id, "t/1") }) { $1 })
        }
        for (index, step) in steps.enumerated() {
            recorder.feed(
                step.part, connection: 1, exchange: step.exchange, at: SampleRows.at(step.ms),
                bytes: Array(step.text.utf8).span.bytes)
            if commits.contains(index) { drain() }
        }
        drain()
        return lines
    }

    private typealias Step = (ms: Int64, part: WirePart, exchange: UInt32, text: String)

    private static let steps: [Step] = {
        func exchange(_ number: UInt32, _ ms: Int64, _ took: Int64, _ asked: String, _ said: String) -> [Step] {
            [
                (ms, .requestHead, number, "POST /mcp HTTP/1.1\r\nHost: a\r\nMcp-Session-Id: s\r\n\r\n"),
                (ms, .requestBody, number, asked), (ms, .requestEnd, number, ""),
                (
                    ms + took, .responseHead, number,
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nMcp-Session-Id: s\r\n\r\n"
                ),
                (ms + took, .responseBody, number, said), (ms + took, .responseEnd, number, ""),
                (ms + took, .ended(by: .server, reason: .complete), number, ""),
            ]
        }
        func request(_ id: Int, _ method: String, _ more: String) -> String {
            #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":{\#(more)}}"#
        }
        func result(_ id: Int, _ text: String) -> String { #"{"jsonrpc":"2.0","id":\#(id),"result":{\#(text)}}"# }
        return [(0, .opened(client: "127.0.0.1:5", server: "127.0.0.1:6480"), 0, "")]
            + exchange(1, 0, 10, request(0, "initialize", #""protocolVersion":"2025-06-18""#), result(0, ""))
            + exchange(2, 20, 1500, request(1, "tools/call", #""name":"slow""#), result(1, ""))
            + exchange(3, 1600, 5, request(2, "tools/call", #""name":"fail""#), result(2, #""isError":true"#))
    }()

    @Test func `lines stand in the order of the times they begin with, wherever a commit falls`() {
        for cut in 0..<Self.steps.count {
            for isVerbose in [false, true] {
                let lines = Self.lines(isVerbose: isVerbose, commits: [cut, cut + 3])
                let times = lines.map { $0.prefix { $0 != " " } }
                #expect(times == times.sorted(), "\(lines)")
                #expect(lines.contains("23:20:01.520 t/1 tools/call slow: took 1500 ms"), "\(lines)")
                #expect(lines.contains("23:20:01.605 t/1 tools/call fail: tool_error"), "\(lines)")
            }
        }
    }

    @Test func `what is known only later says when it was`() {
        let feed = LiveFeed(isQuiet: false, isVerbose: false)
        func lines(_ ms: Int64) -> [String] {
            var batch = RowBatch()
            batch.connections = [
                ConnectionRow(
                    id: ms, recordingID: 1, leg: .client, client: "127.0.0.1:5", server: "127.0.0.1:6480",
                    tls: "failed: why", openedNs: SampleRows.at(ms), closedNs: SampleRows.at(ms))
            ]
            return feed.lines(telling: batch, names: [:])
        }
        #expect(lines(2000) == ["23:20:02.000 127.0.0.1:5: no TLS: why"])
        #expect(lines(1000) == ["23:20:02.000 127.0.0.1:5: no TLS: why, at 23:20:01.000"])
        #expect(lines(3000) == ["23:20:03.000 127.0.0.1:5: no TLS: why"])
    }
}
