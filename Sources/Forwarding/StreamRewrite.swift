import NIOCore
import WireFormats

/// Runs an `EndpointRewriter` over a response and keeps its framing true, `RFC 9112 §6`.
///
/// Until close: only content changes. Chunked: a chunk keeps its line unless its content changes or waits beyond it; so
/// while the first event is not decided a chunk waits for its end (an event is decided by its first `data` line, so what
/// waits are comments and fields in front of it). Content-Length: head and content wait together until the first event
/// is decided, because the length stands in the head.
struct StreamRewrite {
    enum Framing {
        case untilClose
        case chunked
        /// `head`: as edited so far; `digits`: where the length stands in it.
        case length(UInt64, head: ByteBuffer, digits: Range<Int>)
    }

    private var rewriter: EndpointRewriter
    private let framing: Framing
    /// Content that may go on and was not written yet.
    private var piece = ByteBuffer()
    /// The size line of the chunk under way, while it was not written.
    private var line: [UInt8] = []
    private var chunkLeft: UInt64 = 0
    /// Bytes of CRLF that are still to come behind the chunk.
    private var lineEndLeft = 0
    private var dropsLineEnd = false
    /// Bytes of an earlier chunk waited when the chunk under way began.
    private var hasCarried = false
    private var received: UInt64 = 0

    init(rewriter: EndpointRewriter, framing: Framing) {
        self.rewriter = rewriter
        self.framing = framing
    }

    /// From here on everything passes as it is, and this value is of no more use.
    private(set) var isDone = false
    var edit: TapEdit? { rewriter.edit }
    /// The change of Content-Length, when there was one.
    private(set) var lengthEdit: TapEdit?

    /// Takes bytes between content: CRLF behind a chunk, size lines, trailers.
    mutating func takeFraming(_ bytes: UnsafeRawBufferPointer, to output: inout ByteBuffer) {
        for byte in bytes {
            if lineEndLeft > 0 {
                lineEndLeft -= 1
                if !dropsLineEnd { output.writeInteger(byte) }
            } else {
                line.append(byte)
            }
        }
    }

    /// The size line is complete.
    mutating func beginChunk(_ size: UInt64, to output: inout ByteBuffer) {
        chunkLeft = size
        hasCarried = rewriter.holdsBytes
        guard size == 0 else { return }
        rewriter.finish(to: &piece)
        if piece.readableBytes > 0 {
            writePiece(to: &output)
            output.writeString("\r\n")
        }
        output.writeBytes(line)
        isDone = true
    }

    mutating func takeContent(_ bytes: UnsafeRawBufferPointer, to output: inout ByteBuffer) {
        rewriter.feed(bytes, to: &piece)
        received += UInt64(bytes.count)
        switch framing {
        case .untilClose:
            output.writeBuffer(&piece)
            piece.clear()
            isDone = rewriter.isDone
        case .chunked:
            chunkLeft -= UInt64(bytes.count)
            if piece.readableBytes > EndpointRewriter.holdLimit { rewriter.finish(to: &piece) }
            if rewriter.isDone || chunkLeft == 0 { endContent(to: &output) }
        case .length:
            if rewriter.isDone || received > UInt64(EndpointRewriter.holdLimit) { writeHeld(to: &output) }
        }
    }

    /// The chunk ended, or the rest of the stream needs no look.
    private mutating func endContent(to output: inout ByteBuffer) {
        let keepsLine = !hasCarried && !rewriter.holdsBytes && rewriter.edit == nil
        let size = piece.readableBytes
        if keepsLine {
            output.writeBytes(line)
            output.writeBuffer(&piece)
        } else {
            if size > 0 { writePiece(to: &output) }
            if chunkLeft > 0 {
                output.writeString((size > 0 ? "\r\n" : "") + String(chunkLeft, radix: 16) + "\r\n")
            }
        }
        // An empty chunk would end the message, so one that waits as a whole leaves nothing behind.
        dropsLineEnd = !keepsLine && size == 0
        lineEndLeft = chunkLeft == 0 ? 2 : 0
        line = []
        piece.clear()
        isDone = rewriter.isDone
    }

    /// The message ended, or its connection did.
    mutating func finish(to output: inout ByteBuffer) {
        guard !isDone else { return }
        rewriter.finish(to: &piece)
        switch framing {
        case .untilClose: output.writeBuffer(&piece)
        case .chunked: if piece.readableBytes > 0 { writePiece(to: &output) }
        case .length: writeHeld(to: &output)
        }
        isDone = true
    }

    private mutating func writePiece(to output: inout ByteBuffer) {
        output.writeString(String(piece.readableBytes, radix: 16) + "\r\n")
        output.writeBuffer(&piece)
        piece.clear()
    }

    private mutating func writeHeld(to output: inout ByteBuffer) {
        guard case .length(let length, let head, let digits) = framing else { return }
        rewriter.finish(to: &piece)
        let delta = piece.readableBytes - Int(received)
        if delta == 0 {
            output.writeImmutableBuffer(head)
        } else {
            let new = String(Int(length) + delta)
            output.writeBytes(head.readableBytesView.prefix(digits.lowerBound))
            output.writeString(new)
            output.writeBytes(head.readableBytesView.dropFirst(digits.upperBound))
            lengthEdit = TapEdit(.response, "content-length", from: String(length), to: new)
        }
        output.writeBuffer(&piece)
        piece.clear()
        isDone = true
    }
}
