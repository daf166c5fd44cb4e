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
    /// The revision that a request or notification names itself. (MCP 2026-07-28 basic)
    var version: String?
    var resultType = ResultType.other
    /// Where its parts stand in `text`.
    var envelope: JSONRPCEnvelope
    /// The text itself; shared with the body it came in unless it is an element of a batch.
    var text: [UInt8] = []
    var isElement = false

    /// What a result is to the call. (MCP 2026-07-28 basic)
    enum ResultType: Sendable {
        /// It answers the call; also where it does not say so.
        case other
        case inputRequired
        case task
    }

    init(_ envelope: JSONRPCEnvelope, kind: MessageRow.Kind, size: Int) {
        self.envelope = envelope
        self.kind = kind
        self.size = size
    }
}

extension ScannedMessage {
    /// The value of the string at one of the envelope's places.
    func string(_ part: Range<Int>?) -> String? {
        part.flatMap { JSONScan.string(at: $0, in: text.span.bytes) }
    }

    /// Tells the text at one of the envelope's places from others.
    func digest(_ part: Range<Int>?) -> MessageDigest? { part.map { MessageDigest(text[$0]) } }

    /// The JSON text of an id at one of the envelope's places.
    func identifier(_ part: Range<Int>?) -> String? {
        part.map { MessageScan.identifier($0, in: text.span.bytes) }
    }
}

enum MessageScan {
    /// How many messages a batch may have. Nobody sends as many, and each becomes a row of its own.
    private static let batchLimit = 10_000

    /// The messages of a body or of an event's data; what is no JSON-RPC is one invalid message, and so is a batch with
    /// more than anybody sends.
    static func messages(in bytes: [UInt8]) -> [ScannedMessage] {
        let span = bytes.span.bytes
        let envelope = JSONRPCEnvelope(span)
        guard envelope.invalidity == .batch, let elements = JSONScan.elements(of: span, atMost: batchLimit),
            !elements.isEmpty
        else {
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
        var found = ScannedMessage(envelope, kind: kind(envelope.kind), size: text.byteCount)
        found.id = envelope.id.map { identifier($0, in: text) }
        found.method = envelope.methodValue(in: text)
        found.name = envelope.kind == .request ? name(envelope, found.method, in: text) : nil
        found.errorCode = envelope.errorCode.map(Int64.init)
        found.progressToken = envelope.progressToken.map { identifier($0, in: text) }
        found.cancelledID = envelope.cancelledRequestID.map { identifier($0, in: text) }
        found.isToolError = envelope.isErrorResult
        found.version = envelope.metaVersion.flatMap { JSONScan.string(at: $0, in: text) }
        if envelope.kind == .response, let type = envelope.resultType {
            switch JSONScan.string(at: type, in: text) {
            case "input_required": found.resultType = .inputRequired
            case "task": found.resultType = .task
            default: break
            }
        }
        return found
    }

    /// The tool, prompt or resource, or the task that is asked after.
    private static func name(_ envelope: JSONRPCEnvelope, _ method: String?, in text: RawSpan) -> String? {
        if let task = envelope.taskID, method?.hasPrefix("tasks/") == true {
            return JSONScan.string(at: task, in: text)
        }
        return envelope.nameValue(in: text)
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
    static func identifier(_ range: Range<Int>, in text: RawSpan) -> String {
        let raw = text.withUnsafeBytes { String(decoding: $0[range], as: UTF8.self) }
        guard raw.utf8.contains(UInt8(ascii: "\\")), let value = JSONScan.string(at: range, in: text),
            !value.unicodeScalars.contains(where: { $0.value < 0x20 || $0 == "\"" || $0 == "\\" })
        else { return raw }
        return "\"\(value)\""
    }
}
