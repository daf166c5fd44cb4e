import MCPTransports

/// One HTTP response as it was heard, whole or as far as it has come.
struct WireAnswer: Sendable {
    struct Unreadable: Error {
        let text: String
    }

    let status: Int
    /// The header fields by name in lower case.
    let fields: [String: String]
    let body: String

    init(_ text: String) throws {
        let end = text.firstRange(of: "\r\n\r\n") ?? text.endIndex..<text.endIndex
        let lines = text[..<end.lowerBound].split(separator: "\r\n")
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw Unreadable(text: text)
        }
        self.status = status
        let pairs = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return (parts[0].lowercased(), String(parts.last?.trimmingPrefix(" ") ?? ""))
        }
        fields = Dictionary(pairs, uniquingKeysWith: { $1 })
        let rest = String(text[end.upperBound...])
        body = fields["transfer-encoding"] == "chunked" ? Self.unchunked(rest) : rest
    }

    /// The content of the chunks that are there (RFC 9112 §7.1).
    private static func unchunked(_ text: String) -> String {
        var rest = Array(text.utf8)[...]
        var content: [UInt8] = []
        while let lineEnd = rest.firstIndex(of: 0x0D),
            let size = Int(String(decoding: rest[..<lineEnd], as: UTF8.self), radix: 16), size > 0
        {
            content += rest.dropFirst(lineEnd + 2 - rest.startIndex).prefix(size)
            rest = rest.dropFirst(lineEnd + 2 - rest.startIndex + size + 2)
        }
        return String(decoding: content, as: UTF8.self)
    }

    var isEventStream: Bool { fields["content-type"]?.hasPrefix("text/event-stream") == true }

    /// The complete events of an event stream.
    var events: [WireEvent] {
        guard isEventStream, let end = body.ranges(of: "\n\n").last else { return [] }
        return body[..<end.lowerBound].split(separator: "\n\n").map(WireEvent.init)
    }

    /// The JSON-RPC messages: those of the events, or the body.
    var messages: [JSONValue] {
        let texts = isEventStream ? events.compactMap(\.data) : [body]
        return texts.compactMap { try? JSONValue(parsing: Array($0.utf8)) }
    }

    /// The message that ends the exchange: a result or an error.
    var reply: JSONValue? { messages.last { $0["result"] != nil || $0["error"] != nil } }
    var result: JSONValue? { reply?["result"] }
    var error: JSONValue? { reply?["error"] }
    var errorCode: Int? { error?["code"]?.intValue }

    /// The notifications of a method.
    func notifications(_ method: String) -> [JSONValue] {
        messages.filter { $0["method"] == .string(method) && $0["id"] == nil }
    }
}

/// One block of an event stream.
struct WireEvent: Sendable, Hashable {
    var id: String?
    var type: String?
    var data: String?
    var retry: Int?

    init(_ block: Substring) {
        for line in block.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let value = String(parts.count > 1 ? parts[1].trimmingPrefix(" ") : "")
            switch parts[0] {
            case "id": id = value
            case "event": type = value
            case "retry": retry = Int(value)
            case "data": data = data.map { $0 + "\n" + value } ?? value
            default: break
            }
        }
    }
}
