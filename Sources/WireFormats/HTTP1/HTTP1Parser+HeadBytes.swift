extension HTTP1Parser {
    /// Where the head lies in the bytes of the call that gave it; nil when it came in pieces and was put together
    /// inside. Valid like `withHeadBytes(in:_:)`.
    package var headRange: Range<Int>? {
        headOffset < 0 ? nil : headOffset..<headOffset + Int(headLength)
    }

    /// How many bytes the head has, from its start line to the empty line.
    package var headByteCount: Int { Int(headLength) }

    /// Calls `body` with the bytes of the head, from its start line to the empty line; the ranges of `head` count in
    /// them. Only between `next` returning `.head` for `bytes` and the next call of `next`.
    package func withHeadBytes<Result, Failure: Error>(
        in bytes: RawSpan, _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        if let headRange { return try body(bytes.extracting(headRange)) }
        return try body(pending.span.bytes)
    }

    /// The field lines of the trailer section as received, with their line ends, without the empty line; empty when
    /// there is none. Only between `next` returning `.end` and the next call of `next`.
    package var trailers: [UInt8] { isPendingGiven && state == .startLine ? pending : [] }
}
