import NIOCore
import NIOEmbedded
import NIOHTTP1
import WireFormats

/// What a reader made of the bytes of a client: its requests, and whether it refused some of the bytes.
struct ReadRequests: Equatable, CustomStringConvertible {
    struct Request: Equatable {
        var method: String
        var target: String
        var body = ""
        var isComplete = false
    }

    var requests: [Request] = []
    var isRefused = false

    var description: String {
        let list = requests.map { "\($0.method) \($0.target) \($0.body.debugDescription)\($0.isComplete ? "" : "…")" }
        return list.joined(separator: ", ") + (isRefused ? " refused" : "")
    }

    private mutating func add(_ body: String) {
        if !requests.isEmpty { requests[requests.count - 1].body += body }
    }

    private mutating func complete() {
        if !requests.isEmpty { requests[requests.count - 1].isComplete = true }
    }

    /// As our parser reads `text` under `.strict`.
    init(strict text: String) {
        let transcript = Transcript(text)
        for entry in transcript.entries {
            switch entry {
            case .head(let head):
                let words = head.startLine.split(separator: " ").map(String.init)
                requests.append(Request(method: words[0], target: words[1]))
            case .body(let body): add(body)
            case .end: complete()
            case .chunk, .skipped: break
            }
        }
        isRefused = transcript.error != nil
    }

    /// As SwiftNIO's decoder reads `text`.
    init(nio text: String) {
        let decoder = ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes))
        let channel = EmbeddedChannel(handler: decoder)
        do {
            try channel.writeInbound(ByteBuffer(bytes: Wire.bytes(text)))
        } catch {
            isRefused = true
        }
        while let part = try? channel.readInbound(as: HTTPServerRequestPart.self) {
            switch part {
            case .head(let head): requests.append(Request(method: head.method.rawValue, target: head.uri))
            case .body(let body): add(Latin1.text(body.readableBytesSpan))
            case .end: complete()
            }
        }
        // The decoder complains about bytes that are left over; they were not refused.
        _ = try? channel.finish()
    }
}
