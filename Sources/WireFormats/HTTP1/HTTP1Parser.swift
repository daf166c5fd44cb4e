/// Reads one direction of one HTTP/1 connection (`RFC 9112`): finds heads, delimits and decodes content, copies
/// neither content nor heads that arrive in one piece.
///
/// Drive it with `while let part = try parser.next(bytes, &position) { … }` for everything that was received. The
/// bytes between `position` before and after a call (also one that returns nil) are those it consumed; together they
/// are the wire, verbatim. What is incomplete at the end of `bytes` is kept inside, bounded by `Limits`.
///
/// Under `.strict` the first deviation that could make two readers see different messages is thrown, and thrown again
/// by every later call. Under `.observe` it is noted in `head.deviations`, and the parser goes on as a lenient peer
/// would; where the framing is lost it ends the message (`.framingLost`) and skips to what looks like the next head.
/// It may begin in the middle of a connection. The only error it throws is `.http2Preface`.
package struct HTTP1Parser: Sendable {
    package enum Role: Sendable { case request, response }
    package enum Policy: Sendable { case strict, observe }

    /// Bounds, in bytes where nothing else is said. Line ends count.
    package struct Limits: Sendable {
        var head: UInt32
        var fieldLines: UInt32
        var chunkLine: UInt32
        var trailer: UInt32

        /// - Parameters:
        ///   - headBytes: the start line, all field lines and the empty line.
        ///   - fields: how many field lines a head may have.
        ///   - chunkLineBytes: one chunk-size line with its extensions.
        ///   - trailerBytes: the trailer section.
        package init(
            headBytes: Int = 64 * 1024, fields: Int = 200, chunkLineBytes: Int = 1024, trailerBytes: Int = 8 * 1024
        ) {
            head = UInt32(clamping: headBytes)
            fieldLines = UInt32(clamping: fields)
            chunkLine = UInt32(clamping: chunkLineBytes)
            trailer = UInt32(clamping: trailerBytes)
        }

        package var headBytes: Int { Int(head) }
        package var fields: Int { Int(fieldLines) }
        package var chunkLineBytes: Int { Int(chunkLine) }
        package var trailerBytes: Int { Int(trailer) }
    }

    package enum Part: Sendable, Hashable {
        /// `head` describes the message that begins; its bytes are at hand until the next call of `next`.
        case head
        /// Content (or bytes of a tunnel) without its framing: a range of the bytes given.
        case body(Range<Int>)
        /// A chunk of so many bytes follows; 0 is the line of the last chunk.
        case chunk(size: UInt64)
        /// The message is complete; its `trailers` are at hand until the next call of `next`.
        case end
        /// Only `.observe`: so many bytes, partly of earlier calls, belong to no message. Adjacent ones add up.
        case skipped(Int)
    }

    /// What the end of the connection means for the message under way.
    package enum Ending: Sendable, Hashable {
        /// It fell between two messages.
        case clean
        /// It completed the message: content delimited by the end of the connection, or a tunnel.
        case complete
        /// It cut a message (or what may have become one); so many bytes had been taken but not been reported.
        case cut(unreported: Int)
    }

    enum State: UInt8, Sendable {
        case startLine, fieldLines, length, chunkLine, chunkData, chunkEnd, chunkEndLineFeed, trailers
        case untilClose, messageEnd, failed, ended
    }

    package let role: Role
    package let policy: Policy
    let limits: Limits
    /// The last head that was given; valid from `.head` until the parser reads the start line of the next message.
    package internal(set) var head = HTTP1Head()
    var expected = ExpectedResponses()
    var state = State.startLine
    /// Is what `pending` holds (a head, trailers) given out, to be dropped by the next call?
    var isPendingGiven = false
    /// Bytes of an incomplete head, line or trailer section.
    var pending: [UInt8] = []
    /// Where the line under way begins, counted from the start of the head or the trailers.
    var lineStart = 0
    /// Bytes left of the content or of the chunk.
    var remaining: UInt64 = 0
    /// Where the head lies in the bytes of the call that gave it; -1: in `pending`.
    var headOffset = -1
    var headLength: UInt32 = 0
    private var failure: HTTP1Error?

    package init(role: Role, policy: Policy, limits: Limits = Limits()) {
        self.role = role
        self.policy = policy
        self.limits = limits
    }

    /// Pulls the next part out of `bytes` from `position` on and moves `position` behind what it consumed.
    ///
    /// nil: everything given is consumed, more is needed. Call until nil, also when nothing is left: the end of a
    /// message consumes nothing. After an error `position` is where the last good part ended.
    package mutating func next(_ bytes: RawSpan, _ position: inout Int) throws(HTTP1Error) -> Part? {
        if let failure { throw failure }
        if isPendingGiven {
            pending = []
            isPendingGiven = false
        }
        do {
            return try bytes.withUnsafeBytes { (buffer) throws(HTTP1Error) -> Part? in
                try advance(buffer, &position)
            }
        } catch {
            failure = error
            if !isReadingHead { pending = [] }
            state = .failed
            throw error
        }
    }

    /// The reading side of the connection ended, and `next` returned nil. Nothing more can be parsed afterwards.
    package mutating func finish() -> Ending {
        defer {
            state = .ended
            if !isPendingGiven { pending = [] }
        }
        let unreported = isPendingGiven || state == .failed ? 0 : pending.count
        return switch state {
        case .startLine where unreported == 0: .clean
        case .untilClose, .messageEnd: .complete
        case .ended: .clean
        default: .cut(unreported: unreported)
        }
    }

    /// Response role: a request with this method was sent; its response comes after those expected already. HEAD and
    /// CONNECT change how a response is framed (`RFC 9112 §6.3`). Must be called before the response head is parsed.
    package mutating func expectResponse(to method: RequestMethodKind) { expected.append(method) }

    /// Response role: how many expected responses have not begun with a final head. The caller bounds it.
    package var outstandingResponses: Int { expected.count }

    /// From here on bytes are no HTTP (the other direction gave 101, or 2xx to CONNECT); they come as `.body`.
    /// Returns bytes that `next` had consumed as the beginning of a head: they are the first of the tunnel.
    @discardableResult
    package mutating func switchToTunnel() -> [UInt8] {
        guard state != .failed, state != .ended else { return [] }
        defer {
            pending = []
            isPendingGiven = false
            lineStart = 0
            state = .untilClose
        }
        return isPendingGiven ? [] : pending
    }

    /// Is nothing of a message read yet, or all of it?
    package var isBetweenMessages: Bool { state == .startLine && (pending.isEmpty || isPendingGiven) }

    /// Is a head under way, so that the bytes consumed by `next` returning nil are no content or framing of it?
    package var isReadingHead: Bool { state == .startLine || state == .fieldLines }

    /// After an error: what was consumed of the head that cannot be read. It goes on at the `position` that was left.
    package var unreadHead: [UInt8] { state == .failed && !isPendingGiven ? pending : [] }

    /// A deviation: an error under `.strict`, a note under `.observe`.
    mutating func violate(_ kind: HTTP1Error.Kind) throws(HTTP1Error) {
        guard policy == .observe else { throw HTTP1Error(kind) }
        head.deviations.insert(kind)
    }

    private mutating func advance(
        _ bytes: UnsafeRawBufferPointer, _ position: inout Int
    ) throws(HTTP1Error) -> Part? {
        while true {
            switch state {
            case .startLine, .fieldLines:
                return try readHead(bytes, &position)
            case .length, .chunkData:
                return readContent(bytes, &position)
            case .untilClose:
                return readRest(bytes, &position)
            case .chunkEnd, .chunkEndLineFeed:
                guard try readChunkEnd(bytes, &position) else { return nil }
            case .chunkLine:
                return try readChunkLine(bytes, &position)
            case .trailers:
                return try readTrailers(bytes, &position)
            case .messageEnd:
                return endMessage()
            case .failed, .ended:
                return nil
            }
        }
    }
}
