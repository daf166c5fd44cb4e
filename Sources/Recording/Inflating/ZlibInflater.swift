import CZlib
import Traffic

/// Inflates with zlib, which holds about 44 KB while it runs.
///
/// Unchecked: the recorder's thread makes, uses and lets go of it; nobody else knows it.
package final class ZlibInflater: Inflater, @unchecked Sendable {
    private let stream: UnsafeMutablePointer<z_stream>
    private var isUsable: Bool

    private static let smallest = 4 << 10
    private static let largest = 64 << 10

    package init(_ wrapping: Wrapping) {
        // Zero means for zlib: allocate as usual, no input yet. (zlib.h, inflateInit)
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let window: Int32 = 15
        let bits =
            switch wrapping {
            case .none: -window
            case .zlib: window
            case .gzip: window + 16
            }
        isUsable = czlib_inflate_init(stream, bits) == Z_OK
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    package func inflate(
        _ bytes: RawSpan, into output: inout [UInt8], limit: Int
    ) -> (used: Int, state: InflaterState) {
        guard isUsable else { return (0, .broken) }
        let room = min(limit, max(Self.smallest, min(bytes.byteCount, Self.largest / 8) * 8))
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { piece in
            let (used, code) = bytes.withUnsafeBytes { step($0, into: piece) }
            let made = room - Int(stream.pointee.avail_out)
            output.append(contentsOf: piece[..<made])
            return (used, state(after: code, isFull: made == room))
        }
    }

    private func step(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableBufferPointer<UInt8>
    ) -> (used: Int, code: Int32) {
        let offered = min(input.count, Int(UInt32.max))
        // zlib does not write to its input; it only does not say so.
        stream.pointee.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(offered)
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(output.count)
        defer {
            stream.pointee.next_in = nil
            stream.pointee.next_out = nil
        }
        let code = CZlib.inflate(stream, Z_SYNC_FLUSH)
        return (offered - Int(stream.pointee.avail_in), code)
    }

    /// `Z_BUF_ERROR` says that nothing could be done for want of input or room, and that it goes on with more.
    private func state(after code: Int32, isFull: Bool) -> InflaterState {
        switch code {
        case Z_STREAM_END: return .ended
        case Z_OK, Z_BUF_ERROR: return isFull ? .full : .hungry
        default:
            isUsable = false
            return .broken
        }
    }
}
