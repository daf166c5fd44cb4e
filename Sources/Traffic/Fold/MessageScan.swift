import WireFormats

/// A JSON-RPC message as far as correlation needs it.
struct ScannedMessage: Sendable {
    var kind: MessageRow.Kind
    var size: Int
    /// JSON text of the id.
    var id: String?
    var method: String?
    /// The tool, prompt or resource.
    var name: String?
    var errorCode: Int64?
    /// JSON text of the progress token.
    var progressToken: String?
    /// JSON text of the id that `notifications/cancelled` names.
    var cancelledID: String?
    /// A tool's result says `isError`.
    var isToolError = false
    /// The text itself; shared with the body it came in unless it is an element of a batch.
    var text: [UInt8] = []
    var isElement = false

    init(kind: MessageRow.Kind, size: Int) {
        self.kind = kind
        self.size = size
    }
}

enum MessageScan {
    /// The messages of a body or of an event's data; what is no JSON-RPC is one invalid message.
    static func messages(in bytes: [UInt8]) -> [ScannedMessage] {
        let span = bytes.span.bytes
        let envelope = JSONRPCEnvelope(span)
        guard envelope.invalidity == .batch, let elements = JSONScan.elements(of: span), !elements.isEmpty else {
            var whole = message(envelope, in: span)
            whole.text = bytes
            return [whole]
        }
        return elements.map { range in
            let part = span.extracting(range)
            var found = message(JSONRPCEnvelope(part), in: part)
            found.text = part.bytes
            found.isElement = true
            return found
        }
    }

    private static func message(_ envelope: JSONRPCEnvelope, in text: RawSpan) -> ScannedMessage {
        var found = ScannedMessage(kind: kind(envelope.kind), size: text.byteCount)
        found.id = envelope.id.map { identifier($0, in: text) }
        found.method = envelope.methodValue(in: text)
        found.name = envelope.kind == .request ? envelope.nameValue(in: text) : nil
        found.errorCode = envelope.errorCode.map(Int64.init)
        found.progressToken = envelope.progressToken.map { identifier($0, in: text) }
        found.cancelledID = envelope.cancelledRequestID.map { identifier($0, in: text) }
        found.isToolError = envelope.isErrorResult
        return found
    }

    private static func kind(_ kind: JSONRPCEnvelope.Kind) -> MessageRow.Kind {
        switch kind {
        case .request: .request
        case .response: .response
        case .error: .error
        case .notification: .notification
        case .invalid: .invalid
        }
    }

    /// The JSON text of an id; one with escapes is spelled without them where it can be, so that equal ids are equal.
    private static func identifier(_ range: Range<Int>, in text: RawSpan) -> String {
        let raw = text.withUnsafeBytes { String(decoding: $0[range], as: UTF8.self) }
        guard raw.utf8.contains(UInt8(ascii: "\\")), let value = JSONScan.string(at: range, in: text),
            !value.unicodeScalars.contains(where: { $0.value < 0x20 || $0 == "\"" || $0 == "\\" })
        else { return raw }
        return "\"\(value)\""
    }

    /// Who speaks, of an `initialize` request or its result, or of a request with `_meta` (MCP 2026-07-28).
    static func introduction(_ message: ScannedMessage) -> Introduction? {
        let text = message.text.span.bytes
        if message.kind == .response {
            return introduction(["result", "serverInfo"], revision: ["result", "protocolVersion"], in: text)
        }
        switch message.method {
        case "initialize":
            return introduction(["params", "clientInfo"], revision: ["params", "protocolVersion"], in: text)
        case "server/discover":
            let meta = ["params", "_meta"]
            return introduction(
                meta + ["io.modelcontextprotocol/clientInfo"],
                revision: meta + ["io.modelcontextprotocol/protocolVersion"], in: text)
        default: return nil
        }
    }

    struct Introduction: Sendable {
        var name: String?
        var version: String?
        var revision: String?
    }

    private static func introduction(_ who: [String], revision: [String], in text: RawSpan) -> Introduction? {
        func string(_ path: [String]) -> String? {
            JSONScan.value(at: path, in: text).flatMap { JSONScan.string(at: $0, in: text) }
        }
        return Introduction(
            name: string(who + ["name"]), version: string(who + ["version"]), revision: string(revision))
    }
}
