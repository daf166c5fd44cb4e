import CZlib
import Traffic

/// Encodes content as peers do, with zlib.
enum Deflating {
    /// What follows from each piece, flushed, so that a reader can tell the piece when it has come; the last is finished.
    static func pieces(_ pieces: [[UInt8]], _ wrapping: Wrapping, level: Int32 = 6) -> [[UInt8]] {
        let bits: Int32 =
            switch wrapping {
            case .none: -15
            case .zlib: 15
            case .gzip: 31
            }
        var stream = z_stream()
        guard czlib_deflate_init(&stream, level, bits) == Z_OK else { return [] }
        defer { deflateEnd(&stream) }
        return pieces.indices.map { index in
            step(&stream, pieces[index], index == pieces.count - 1 ? Z_FINISH : Z_SYNC_FLUSH)
        }
    }

    static func whole(_ bytes: [UInt8], _ wrapping: Wrapping, level: Int32 = 6) -> [UInt8] {
        pieces([bytes], wrapping, level: level).flatMap { $0 }
    }

    private static func step(_ stream: inout z_stream, _ bytes: [UInt8], _ flush: Int32) -> [UInt8] {
        var input = bytes
        return input.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            var output: [UInt8] = []
            var isFull = true
            while isFull {
                let piece = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
                    stream.next_out = buffer.baseAddress
                    stream.avail_out = UInt32(buffer.count)
                    deflate(&stream, flush)
                    count = buffer.count - Int(stream.avail_out)
                    isFull = stream.avail_out == 0
                }
                output += piece
            }
            return output
        }
    }
}
