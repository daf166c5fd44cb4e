import WireFormats

/// Everything a parser said about one direction of a connection; adjacent body parts and skips are joined, so that
/// the same bytes give the same transcript however they were split.
struct Transcript: Equatable {
    enum Entry: Equatable {
        case head(Head)
        case body(String)
        case chunk(UInt64)
        case end(trailers: String, deviations: [HTTP1Error.Kind])
        case skipped(Int)
    }

    struct Head: Equatable {
        var startLine: String
        var framing: HTTP1Head.Framing
        var keepAlive: Bool
        var fields: [String]
        var bytes: String
    }

    var entries: [Entry] = []
    var error: HTTP1Error.Kind?
    var ending: HTTP1Parser.Ending?
    /// The bytes that calls consumed, in order.
    var consumed: [UInt8] = []

    var bodies: [String] {
        entries.compactMap { if case .body(let text) = $0 { text } else { nil } }
    }
    var heads: [Head] {
        entries.compactMap { if case .head(let head) = $0 { head } else { nil } }
    }
    var endCount: Int { deviations.count }
    /// Of each complete message.
    var deviations: [[HTTP1Error.Kind]] {
        entries.compactMap { if case .end(_, let kinds) = $0 { kinds } else { nil } }
    }
    var skipped: Int {
        entries.reduce(0) { if case .skipped(let count) = $1 { $0 + count } else { $0 } }
    }

    /// Reads `pieces` one after the other, each from an allocation of exactly its size.
    init(_ pieces: [[UInt8]], _ parser: consuming HTTP1Parser) {
        do throws(HTTP1Error) {
            for piece in pieces { try read(piece, &parser) }
        } catch {
            self.error = error.kind
        }
        ending = parser.finish()
        if error != nil { ending = nil }
    }

    private mutating func read(_ piece: [UInt8], _ parser: inout HTTP1Parser) throws(HTTP1Error) {
        let bytes = piece.span.bytes
        var position = 0
        while true {
            let before = position
            let part = try parser.next(bytes, &position)
            consumed += piece[before..<position]
            guard let part else { break }
            append(part, piece, parser)
        }
        if position != piece.count { entries.append(.body("unconsumed bytes")) }
    }

    private mutating func append(_ part: HTTP1Parser.Part, _ piece: [UInt8], _ parser: HTTP1Parser) {
        switch part {
        case .head:
            entries.append(.head(parser.withHeadBytes(in: piece.span.bytes) { Head(parser.head, $0) }))
        case .body(let range):
            let text = Latin1.text(piece.span.bytes.extracting(range))
            if case .body(let earlier)? = entries.last {
                entries[entries.count - 1] = .body(earlier + text)
            } else {
                entries.append(.body(text))
            }
        case .chunk(let size): entries.append(.chunk(size))
        case .end:
            entries.append(
                .end(trailers: Latin1.text(parser.trailers.span.bytes), deviations: parser.head.deviations.kinds))
        case .skipped(let count):
            if case .skipped(let earlier)? = entries.last {
                entries[entries.count - 1] = .skipped(earlier + count)
            } else {
                entries.append(.skipped(count))
            }
        }
    }
}

extension Transcript {
    init(
        _ text: String, _ role: HTTP1Parser.Role = .request, _ policy: HTTP1Parser.Policy = .strict,
        to methods: [RequestMethodKind] = [], limits: HTTP1Parser.Limits = HTTP1Parser.Limits()
    ) {
        self.init([Wire.bytes(text)], Wire.parser(role, policy, to: methods, limits: limits))
    }
}

extension Transcript.Head {
    init(_ head: HTTP1Head, _ bytes: RawSpan) {
        func text(_ range: Range<Int>) -> String { Latin1.text(bytes.extracting(range)) }
        if head.status == 0 {
            startLine = "\(text(head.methodRange)) \(text(head.targetRange)) 1.\(head.minorVersion)"
        } else {
            startLine = "1.\(head.minorVersion) \(head.status) \(text(head.reasonRange))"
        }
        framing = head.framing
        keepAlive = head.keepAlive
        var lines: [String] = []
        head.forEachField { lines.append("\(text($0.name)): \(text($0.value))") }
        fields = lines
        self.bytes = text(0..<bytes.byteCount)
    }
}

/// Text as bytes of the wire, one byte a code point.
enum Wire {
    static func bytes(_ text: String) -> [UInt8] { Latin1.bytes(of: text) ?? [] }

    static func parser(
        _ role: HTTP1Parser.Role, _ policy: HTTP1Parser.Policy, to methods: [RequestMethodKind] = [],
        limits: HTTP1Parser.Limits = HTTP1Parser.Limits()
    ) -> HTTP1Parser {
        var parser = HTTP1Parser(role: role, policy: policy, limits: limits)
        for method in methods { parser.expectResponse(to: method) }
        return parser
    }

    /// A request with `lines` behind a valid Host.
    static func request(_ lines: String..., body: String = "", method: String = "POST") -> String {
        "\(method) /mcp HTTP/1.1\r\nHost: localhost\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n" + body
    }

    static func chunked(_ body: String) -> String { request("Transfer-Encoding: chunked", body: body) }
}
