import NIOCore

/// Finds the event of type `endpoint` that a stream of the HTTP+SSE transport begins with, and gives its URI the
/// forwarder's own origin (`MCP 2024-11-05 transports`), so that the client posts to where it gets its stream from.
///
/// Only an absolute URI of the upstream's origin changes; everything else passes byte for byte. The first event that has
/// data decides (`WHATWG HTML §9.2.6`); afterwards the stream needs no look. Bytes are held back only while they may
/// become such a URI: from data that starts like the upstream's origin to the end of its line, or, where no `event` line
/// came before it, of its block; and never more than `holdLimit`.
struct EndpointRewriter {
    static let holdLimit = 8 * 1024

    /// The first event is decided: the rest of the stream needs no look.
    private(set) var isDone = false
    /// The change, once it was made.
    private(set) var edit: TapEdit?

    private let upstream: UpstreamOrigin
    private let ownOrigin: String
    private let pattern: [UInt8]
    /// The beginning of the line under way: enough to tell its field and an `endpoint` value, or all that is held.
    private var line: [UInt8] = []
    private var held: [UInt8] = []
    /// Where in `held` the URI is, while only its event's type is unknown.
    private var waitingURI: Range<Int>?
    private var isEndpoint: Bool?
    private var sawCarriageReturn = false
    /// How much of `pattern` the line begins with; -1 when it does not, or need not be known.
    private var matched = 0
    /// Bytes of a byte order mark that may still come.
    private var markLeft = 3

    /// The bytes of `data:`.
    private static let fieldCount = 5
    private static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]
    private static let longestKnownLine = 64

    init(upstream: UpstreamOrigin, ownOrigin: String) {
        self.upstream = upstream
        self.ownOrigin = ownOrigin
        pattern = Array("data: \(upstream.scheme)".utf8)
    }

    var holdsBytes: Bool { !held.isEmpty }

    /// Takes bytes of the stream and appends what may go on to `output`.
    mutating func feed(_ bytes: UnsafeRawBufferPointer, to output: inout ByteBuffer) {
        var index = 0
        while index < bytes.count, !isDone {
            if matched < 0, waitingURI == nil, !Self.isLineEnd(bytes[index]) {
                index = passLine(bytes, from: index, &output)
            } else {
                take(bytes[index], &output)
                index += 1
            }
        }
        if index < bytes.count { output.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[index...])) }
    }

    /// The stream ended: what is held goes on as it is.
    mutating func finish(to output: inout ByteBuffer) {
        release(&output)
        isDone = true
    }

    /// Passes the rest of a line that is of no interest but for its field name; returns where its end begins.
    private mutating func passLine(_ bytes: UnsafeRawBufferPointer, from start: Int, _ output: inout ByteBuffer) -> Int
    {
        var end = start
        while end < bytes.count, !Self.isLineEnd(bytes[end]) { end += 1 }
        let room = Self.longestKnownLine - line.count
        if room > 0 { line.append(contentsOf: bytes[start..<min(end, start + room)]) }
        output.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
        sawCarriageReturn = false
        return end
    }

    private mutating func take(_ byte: UInt8, _ output: inout ByteBuffer) {
        let isSecondHalf = byte == 0x0a && sawCarriageReturn
        sawCarriageReturn = byte == 0x0d
        if isSecondHalf {
            pass(byte, &output)
        } else if Self.isLineEnd(byte) {
            endLine(byte, &output)
            matched = 0
        } else if markLeft > 0, byte == Self.byteOrderMark[3 - markLeft] {
            markLeft -= 1
            output.writeInteger(byte)
        } else {
            takeOfLine(byte, &output)
        }
    }

    private mutating func takeOfLine(_ byte: UInt8, _ output: inout ByteBuffer) {
        markLeft = 0
        line.append(byte)
        advanceMatch(byte)
        if !isDone, matched > Self.fieldCount + 1 || waitingURI != nil {
            held.append(byte)
            if held.count > Self.holdLimit { finish(to: &output) }
        } else {
            release(&output)
            output.writeInteger(byte)
        }
    }

    /// Could the line still become `data: http://…` (or `https://…`)? The blank is optional, the scheme has no case. Other data decides:
    /// the event is none to rewrite.
    private mutating func advanceMatch(_ byte: UInt8) {
        guard matched >= 0, matched < pattern.count else { return }
        let isData = matched >= Self.fieldCount
        if matched == Self.fieldCount, byte != 0x20 { matched += 1 }
        let expected = pattern[matched]
        matched = byte == expected || (matched > Self.fieldCount && byte | 0x20 == expected) ? matched + 1 : -1
        if isData && matched < 0 || matched == Self.fieldCount && (isEndpoint == false || waitingURI != nil) {
            isDone = true
        }
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0a || byte == 0x0d }

    private mutating func pass(_ byte: UInt8, _ output: inout ByteBuffer) {
        if waitingURI == nil { output.writeInteger(byte) } else { held.append(byte) }
    }

    private mutating func release(_ output: inout ByteBuffer) {
        guard !held.isEmpty else { return }
        output.writeBytes(held)
        held = []
        waitingURI = nil
    }

    private mutating func endLine(_ end: UInt8, _ output: inout ByteBuffer) {
        defer { line.removeAll(keepingCapacity: true) }
        guard !line.isEmpty else { return endBlock(end, &output) }
        let colon = line.firstIndex(of: 0x3a)
        let name = line[..<(colon ?? line.endIndex)]
        var start = colon.map { $0 + 1 } ?? line.endIndex
        if start < line.endIndex, line[start] == 0x20 { start += 1 }
        if name.elementsEqual("event".utf8) {
            isEndpoint = line[start...].elementsEqual("endpoint".utf8)
            if isEndpoint == true, let uri = waitingURI { return rewrite(uri, end, &output) }
            if waitingURI != nil { isDone = true }
            if isEndpoint == false || waitingURI == nil { release(&output) }
        } else if name.elementsEqual("data".utf8) {
            guard matched == pattern.count, upstream.prefixLength(of: line[start...]) != nil else {
                isDone = true
                release(&output)
                return pass(end, &output)
            }
            let uri = held.count - (line.count - start)..<held.count
            if isEndpoint == true { return rewrite(uri, end, &output) }
            waitingURI = uri
        } else if waitingURI == nil {
            release(&output)
        }
        pass(end, &output)
    }

    /// An empty line: an event that has data is dispatched, and decides.
    private mutating func endBlock(_ end: UInt8, _ output: inout ByteBuffer) {
        isDone = waitingURI != nil
        isEndpoint = nil
        release(&output)
        output.writeInteger(end)
    }

    private mutating func rewrite(_ uri: Range<Int>, _ end: UInt8, _ output: inout ByteBuffer) {
        let old = Array(held[uri])
        let new = Array(ownOrigin.utf8) + old.dropFirst(upstream.prefixLength(of: old) ?? 0)
        output.writeBytes(held[..<uri.lowerBound])
        output.writeBytes(new)
        output.writeBytes(held[uri.upperBound...])
        output.writeInteger(end)
        held = []
        waitingURI = nil
        edit = TapEdit(
            .stream, "endpoint", from: String(decoding: old, as: UTF8.self), to: String(decoding: new, as: UTF8.self))
        isDone = true
    }
}
