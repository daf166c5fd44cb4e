/// What a JSON-RPC 2.0 message is and where its parts stand, read in one pass that checks the whole text as JSON.
///
/// Nothing is decoded and nothing allocated: parts are ranges of the raw JSON text of a value (a string's range
/// includes its quotes) within the bytes that were scanned. Of a name that occurs twice the last counts, as for most
/// decoders (RFC 8259 §4); names are compared by value, so `"\u006dethod"` is `method`. Texts beyond 4 GiB are
/// `tooLong`.
///
/// Parts are filled as far as found also when the message is invalid, unless the text is no JSON object.
package struct JSONRPCEnvelope: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case request, response, error, notification, invalid
    }

    /// Why a message is `invalid`; the first that applies.
    package enum Invalidity: String, Sendable, CaseIterable {
        case tooLong
        /// Not JSON by RFC 8259, or nested deeper than 512.
        case notJSON
        /// A valid array: `JSONScan.elements` gives its messages.
        case batch
        /// Valid JSON, neither object nor array.
        case notObject
        case missingVersion
        /// `jsonrpc` is not "2.0".
        case wrongVersion
        /// `method` is not a string.
        case wrongMethod
        /// `method` stands beside `result` or `error`.
        case methodWithOutcome
        /// `params` is neither object nor array nor null. (Null is not allowed either, but peers send it for none.)
        case wrongParams
        /// Both `result` and `error`, neither of them null.
        case resultAndError
        /// None of `method`, `result` and `error`.
        case noMethodNorOutcome
        /// A result without `id`.
        case missingID
        /// `id` is null where only an error may have it so. (MCP 2025-11-25 basic, requests)
        case nullID
        /// `id` is neither string nor number, nor null.
        case wrongID
        /// `error` is not an object.
        case wrongError
    }

    package internal(set) var kind: Kind = .invalid
    /// Why; nil where the message is valid.
    package internal(set) var invalidity: Invalidity?
    /// `error.code`; nil also where it has a fraction or an exponent, is no number, or does not fit: the message is
    /// an error all the same.
    package internal(set) var errorCode: Int?
    /// Whether `result.isError` is true: a tool that failed.
    package internal(set) var isErrorResult = false
    /// Whether the method's text has escapes, so that its bytes are not its value.
    package internal(set) var methodHasEscapes = false
    /// The same for `name`.
    package internal(set) var nameHasEscapes = false

    var parts = Parts()

    /// The raw text of `id`, null included; nil where there is none.
    package var id: Range<Int>? { parts.id.range }
    /// The text of `method` where it is a string.
    package var method: Range<Int>? { parts.method.range }
    /// The tool, prompt or resource: `params.name`, else `params.uri`, else `params.ref.name`, else `params.ref.uri`,
    /// the first that is a string.
    package var name: Range<Int>? { parts.name.range }
    /// The text of `params`.
    package var params: Range<Int>? { parts.params.range }
    /// The text of `result`.
    package var result: Range<Int>? { parts.result.range }
    /// The text of `error`.
    package var error: Range<Int>? { parts.error.range }
    /// `params._meta["io.modelcontextprotocol/protocolVersion"]` where it is a string. (MCP 2026-07-28 basic)
    package var metaVersion: Range<Int>? { parts.metaVersion.range }
    /// `params.progressToken` of `notifications/progress`, else `params._meta.progressToken`; a string or a number.
    package var progressToken: Range<Int>? { parts.progressToken.range }
    /// `params.requestId` of `notifications/cancelled`; a string or a number.
    package var cancelledRequestID: Range<Int>? { parts.requestID.range }
    /// `result.resultType` where it is a string. (MCP 2026-07-28 basic)
    package var resultType: Range<Int>? { parts.resultType.range }

    /// `params._meta["io.modelcontextprotocol/clientInfo"]` where it is an object. (MCP 2026-07-28 basic)
    package var clientInfo: Range<Int>? { parts.clientInfo.range }
    /// `result._meta["io.modelcontextprotocol/serverInfo"]` where it is an object. (MCP 2026-07-28 basic)
    package var serverInfo: Range<Int>? { parts.serverInfo.range }
    /// `params._meta["io.modelcontextprotocol/subscriptionId"]`; a string or a number. (MCP 2026-07-28 subscriptions)
    package var subscriptionID: Range<Int>? { parts.subscriptionID.range }
    /// `requestState` of `params` or, in an answer, of `result`, where it is a string. (MCP 2026-07-28 mrtr)
    package var requestState: Range<Int>? { parts.requestState.range }
    /// `params.inputResponses` where it is an object. (MCP 2026-07-28 mrtr)
    package var inputResponses: Range<Int>? { parts.inputResponses.range }
    /// `result.inputRequests` where it is an object. (MCP 2026-07-28 mrtr)
    package var inputRequests: Range<Int>? { parts.inputRequests.range }
    /// `taskId` of `params` or, in an answer, of `result` or `result.task`, where it is a string.
    package var taskID: Range<Int>? { parts.taskID.range }

    /// Scans a message.
    package init(_ text: RawSpan) {
        self = text.withUnsafeBytes { Self.scan($0) }
    }

    init() {}
}

extension JSONRPCEnvelope {
    /// A value's place; `end` is 0 where there is none, since no value ends there.
    struct Part: Equatable {
        var start: UInt32 = 0
        var end: UInt32 = 0

        init() {}

        init(_ range: Range<Int>) {
            start = UInt32(truncatingIfNeeded: range.lowerBound)
            end = UInt32(truncatingIfNeeded: range.upperBound)
        }

        @inline(__always)
        var range: Range<Int>? { end == 0 ? nil : Int(start)..<Int(end) }
    }

    struct Parts: Equatable {
        var id = Part()
        var method = Part()
        var params = Part()
        var result = Part()
        var error = Part()
        var name = Part()
        var metaVersion = Part()
        var progressToken = Part()
        var requestID = Part()
        var resultType = Part()
        var clientInfo = Part()
        var serverInfo = Part()
        var subscriptionID = Part()
        var requestState = Part()
        var inputResponses = Part()
        var inputRequests = Part()
        var taskID = Part()
    }
}

/// The id of a request, by value: `"a"` and `"\u0061"` are one id, `1` and `"1"` are two.
package enum JSONRPCID: Sendable, Hashable {
    case integer(Int)
    case string(String)
    /// The text of a number that is no `Int`.
    case number(String)
    case null
}

extension JSONRPCEnvelope {
    /// The value of an id, a progress token or the id of a cancelled request.
    package static func idValue(_ range: Range<Int>?, in text: RawSpan) -> JSONRPCID? {
        guard let range, let type = JSONScan.type(of: range, in: text) else { return nil }
        switch type {
        case .string: return JSONScan.string(at: range, in: text).map(JSONRPCID.string)
        case .null: return .null
        case .number:
            if let integer = JSONScan.integer(at: range, in: text) { return .integer(integer) }
            return .number(text.withUnsafeBytes { String(decoding: $0[range], as: UTF8.self) })
        case .object, .array, .boolean: return nil
        }
    }

    /// The value of `id`; nil where there is none or it is of another type.
    package func idValue(in text: RawSpan) -> JSONRPCID? { Self.idValue(id, in: text) }

    /// The value of `method`.
    package func methodValue(in text: RawSpan) -> String? { method.flatMap { JSONScan.string(at: $0, in: text) } }

    /// The value of `name`.
    package func nameValue(in text: RawSpan) -> String? { name.flatMap { JSONScan.string(at: $0, in: text) } }

    /// Whether `method` is `name`, which must be ASCII; nothing is allocated.
    package func isMethod(_ name: StaticString, in text: RawSpan) -> Bool {
        guard let method else { return false }
        return text.withUnsafeBytes { bytes in
            guard method.upperBound <= bytes.count, let cursor = JSONCursor(bytes) else { return false }
            let content = JSONCursor.Text(
                start: method.lowerBound + 1, end: method.upperBound - 1, isEscaped: methodHasEscapes)
            return cursor.matches(content, name)
        }
    }
}
