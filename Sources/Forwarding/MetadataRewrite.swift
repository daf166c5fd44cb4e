import NIOCore

/// Holds the response with a discovery document of OAuth until it is whole, gives its URIs of the upstream's origin
/// ours, and keeps its framing true: Content-Length follows, chunks become one, `RFC 9112 §6`.
///
/// What is longer than `limit`, no JSON, names nothing of the upstream or is cut goes on as it came.
struct MetadataRewrite {
    static let limit = 256 * 1024

    enum Framing {
        case untilClose, chunked
        /// Where the length stands in the head.
        case length(digits: Range<Int>)
    }

    private let upstream: UpstreamOrigin
    private let ownOrigin: String
    private let framing: Framing
    /// As edited so far.
    private let head: [UInt8]
    /// What came behind the head, with its framing.
    private var wire: [UInt8] = []
    private var content: [UInt8] = []
    /// What came behind the line of the last chunk: trailers and the empty line.
    private var trailers: [UInt8] = []
    private(set) var edits: [TapEdit] = []

    /// `head`: as it is to go on, with its length, if any, where `framing` says.
    init(upstream: UpstreamOrigin, ownOrigin: String, framing: Framing, head: [UInt8]) {
        self.upstream = upstream
        self.ownOrigin = ownOrigin
        self.framing = framing
        self.head = head
    }

    var isTooLong: Bool { wire.count > Self.limit }

    mutating func takeContent(_ bytes: UnsafeRawBufferPointer) {
        wire += bytes
        content += bytes
        trailers = []
    }

    /// Bytes between content: CRLF behind a chunk, size lines, trailers.
    mutating func takeFraming(_ bytes: UnsafeRawBufferPointer) {
        wire += bytes
        trailers += bytes
    }

    /// The size line of a chunk is complete.
    mutating func beginChunk() { trailers = [] }

    /// What goes on; `isWhole`: the response is complete.
    mutating func finish(isWhole: Bool) -> ByteBuffer {
        guard isWhole, let new = OAuthMetadata.rewritten(content, from: upstream, to: ownOrigin) else {
            return ByteBuffer(bytes: head + wire)
        }
        edits = [
            TapEdit(
                .response, "body", from: String(decoding: content, as: UTF8.self),
                to: String(decoding: new, as: UTF8.self))
        ]
        switch framing {
        case .untilClose: return ByteBuffer(bytes: head + new)
        case .chunked:
            let line = Array("\(String(new.count, radix: 16))\r\n".utf8)
            return ByteBuffer(bytes: head + line + new + Array("\r\n0\r\n".utf8) + trailers)
        case .length(let digits):
            let (old, length) = (String(decoding: head[digits], as: UTF8.self), String(new.count))
            if old != length { edits.append(TapEdit(.response, "content-length", from: old, to: length)) }
            let (before, after) = (head[..<digits.lowerBound], head[digits.upperBound...])
            return ByteBuffer(bytes: before + Array(length.utf8) + after + new)
        }
    }
}
