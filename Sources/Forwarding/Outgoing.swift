import NIOCore

/// What one read cycle of a leg writes to the other: ranges of what was read, and edited bytes between them, in as few
/// writes as possible.
///
/// Large ranges go on as slices. Small ones are gathered in a buffer of their size, because a slice keeps the whole
/// receive buffer alive as long as a slow peer lets it wait.
struct Outgoing {
    private let source: ByteBuffer
    private let relay: Relay
    private let side: Side
    private var run = 0..<0
    private var output: ByteBuffer?

    init(_ source: ByteBuffer, from side: Side, relay: Relay) {
        self.source = source
        self.side = side
        self.relay = relay
    }

    /// Passes bytes on as they are; `range` counts in the readable bytes of the source.
    @inline(__always)
    mutating func pass(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        if run.upperBound == range.lowerBound {
            run = run.lowerBound..<range.upperBound
        } else {
            endRun()
            run = range
        }
    }

    /// Writes something else.
    mutating func insert(_ body: (inout ByteBuffer) -> Void) {
        endRun()
        var buffer = takeOutput()
        body(&buffer)
        output = buffer
    }

    /// Hands everything to the other leg; flushing is left to the end of the read cycle.
    mutating func finish() {
        endRun()
        writeOutput()
    }

    private mutating func endRun() {
        guard !run.isEmpty else { return }
        let start = source.readerIndex + run.lowerBound
        if run.count * 4 < source.storageCapacity {
            var buffer = takeOutput()
            source.withUnsafeReadableBytes {
                _ = buffer.writeBytes(UnsafeRawBufferPointer(rebasing: $0[run]))
            }
            output = buffer
        } else if let slice = source.getSlice(at: start, length: run.count) {
            writeOutput()
            relay.write(slice, awayFrom: side)
        }
        run = 0..<0
    }

    private mutating func takeOutput() -> ByteBuffer {
        if let buffer = output {
            output = nil
            return buffer
        }
        return relay.state.takeOutput(min(source.readableBytes, 16 * 1024) + 128)
    }

    private mutating func writeOutput() {
        guard let buffer = output else { return }
        output = nil
        guard buffer.readableBytes > 0 else { return }
        relay.write(buffer, awayFrom: side)
        relay.state.giveOutput(buffer)
    }
}

/// The bytes that the tap gets of one read cycle: slices where they are most of their buffer, else copies.
struct TapBytes {
    private let source: ByteBuffer
    private var copy: ByteBuffer?
    private var isSourceCounted = false

    init(_ source: ByteBuffer) {
        self.source = source
    }

    /// The bytes of `range`, counted in the readable bytes of the source, and the memory they add.
    mutating func bytes(_ range: Range<Int>) -> (ByteBuffer, UInt32) {
        let capacity = source.storageCapacity
        if source.readableBytes * 4 < capacity {
            var pinned = 0
            let whole =
                copy
                ?? source.readableBytesView.withUnsafeBytes { bytes in
                    pinned = bytes.count
                    return ByteBuffer(bytes: bytes)
                }
            copy = whole
            return (whole.getSlice(at: range.lowerBound, length: range.count) ?? ByteBuffer(), UInt32(pinned))
        }
        let slice = source.getSlice(at: source.readerIndex + range.lowerBound, length: range.count) ?? ByteBuffer()
        guard range.count * 4 >= capacity else {
            return (ByteBuffer(bytes: slice.readableBytesView), UInt32(range.count))
        }
        defer { isSourceCounted = true }
        return (slice, isSourceCounted ? 0 : UInt32(capacity))
    }
}
