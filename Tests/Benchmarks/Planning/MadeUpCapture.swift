import Foundation
import Traffic
import TrafficStore

/// A capture of one session in which every call passes on a handle of an answer before it.
struct MadeUpCapture {
    let path: String
    private(set) var id: Int64 = 0
    /// How many handles were passed on.
    private(set) var handedOn = 0
    private let folder: URL

    /// So many calls overlap.
    private static let overlap = 4

    init(messages: Int, folder parent: String) throws {
        folder = URL(filePath: parent).appending(path: "planning-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appending(path: "capture.sqlite").path
        let start = RecordingStart(
            source: .proxy, command: "planning-bench", toolVersion: "0", foldVersion: Fold.version,
            startedNs: Traffic.start)
        let writer = try CaptureWriter(path: path, recording: start)
        var traffic = Traffic(recordingID: writer.recordingID)
        traffic.open()
        // A handshake has three messages.
        let calls = (messages - 3) / 2
        for first in stride(from: 0, to: calls, by: Self.overlap) {
            let numbers = first..<min(first + Self.overlap, calls)
            for number in numbers {
                traffic.ask(number, handle: number >= Self.overlap ? number - Self.overlap : nil)
            }
            for number in numbers { traffic.answer(number) }
            if first % 1000 < Self.overlap { _ = try writer.commit(traffic.recorder.drain()) }
        }
        handedOn = max(calls - Self.overlap, 0)
        _ = try writer.commit(traffic.recorder.drain())
        try writer.close(endedNs: traffic.at)
        let reader = try CaptureReader(path: path)
        id = try reader.sessionIDs(matching: "latest")[0]
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }
}

extension MadeUpCapture {
    /// The parts that a proxy would show of it.
    private struct Traffic {
        static let start: Int64 = 1_700_000_000_000_000_000
        var at = start
        var recorder: TrafficRecorder

        init(recordingID: Int64) { recorder = TrafficRecorder(recordingID: recordingID, name: nil, redactor: nil) }

        mutating func open() {
            for connection in 1...4 {
                feed(
                    .opened(client: "127.0.0.1:\(40000 + connection)", server: "127.0.0.1:6480"), connection - 1, 0, "")
            }
            let info = #"{"name":"bench","version":"1"}"#
            request(
                0, 1,
                #"{"jsonrpc":"2.0","id":"i","method":"initialize","params":{"protocolVersion":"2025-11-25","#
                    + #""capabilities":{},"clientInfo":\#(info)}}"#)
            response(
                0, 1,
                #"{"jsonrpc":"2.0","id":"i","result":{"protocolVersion":"2025-11-25","capabilities":{},"#
                    + #""serverInfo":\#(info)}}"#)
            request(0, 2, #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#)
            response(0, 2, nil)
        }

        mutating func ask(_ number: Int, handle: Int?) {
            let handle = handle.map { Self.handle($0) } ?? "none"
            request(
                number, number + 3,
                #"{"jsonrpc":"2.0","id":\#(number),"method":"tools/call","params":{"name":"step","arguments":"#
                    + #"{"handle":"\#(handle)","note":"number \#(number)","options":{"limit":10,"deep":true}}}}"#)
        }

        mutating func answer(_ number: Int) {
            let rows = (0..<8).map { #"{"name":"row \#($0)","value":\#(number * 8 + $0),"tags":["a","b"]}"# }
            response(
                number, number + 3,
                #"{"jsonrpc":"2.0","id":\#(number),"result":{"content":[{"type":"text","text":"step \#(number) done"}],"#
                    + #""structuredContent":{"handle":"\#(Self.handle(number))","rows":[\#(rows.joined(separator: ","))]}}}"#
            )
        }

        private static func handle(_ number: Int) -> String {
            "h-" + String(UInt64(number + 1) &* 0x9E37_79B9_7F4A_7C15, radix: 16)
        }

        private mutating func request(_ place: Int, _ exchange: Int, _ body: String) {
            at += 100_000
            feed(
                .requestHead, place, exchange,
                "POST /mcp HTTP/1.1\r\nhost: 127.0.0.1:6480\r\nmcp-session-id: session\r\n"
                    + "mcp-protocol-version: 2025-11-25\r\naccept: application/json, text/event-stream\r\n"
                    + "content-type: application/json\r\ncontent-length: \(body.utf8.count)\r\n\r\n")
            feed(.requestBody, place, exchange, body)
            feed(.requestEnd, place, exchange, "")
        }

        private mutating func response(_ place: Int, _ exchange: Int, _ body: String?) {
            at += 100_000
            let content = "content-type: application/json\r\ncontent-length: \(body?.utf8.count ?? 0)\r\n"
            feed(
                .responseHead, place, exchange,
                "HTTP/1.1 \(body == nil ? "202 Accepted" : "200 OK")\r\nmcp-session-id: session\r\n\(content)\r\n")
            if let body { feed(.responseBody, place, exchange, body) }
            feed(.responseEnd, place, exchange, "")
            feed(.ended(by: .server, reason: .complete), place, exchange, "")
        }

        private mutating func feed(_ part: WirePart, _ place: Int, _ exchange: Int, _ text: String) {
            let bytes = Array(text.utf8)
            at += 1
            recorder.feed(
                part, connection: UInt32(place % 4 + 1), exchange: UInt32(exchange), at: at, bytes: bytes.span.bytes)
        }
    }
}
