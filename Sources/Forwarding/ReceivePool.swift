import NIOCore

/// The receive buffers of one event loop, lent to whichever channel reads next, so that an idle connection holds none.
///
/// Only used on its event loop. A buffer that somebody still holds when it is due again (a write that is pending, a
/// tap) is left to them and replaced.
final class ReceivePool {
    static let bufferCapacity = 64 * 1024
    private var spare: ByteBuffer?
    private let allocator = ByteBufferAllocator()

    func take() -> ByteBuffer {
        guard var buffer = spare else { return allocator.buffer(capacity: Self.bufferCapacity) }
        spare = nil
        guard buffer.modifyIfUniquelyOwned({ $0.clear() }) != nil else {
            return allocator.buffer(capacity: Self.bufferCapacity)
        }
        return buffer
    }

    /// Keeps `buffer`, which a channel has read, for the next one.
    func give(_ buffer: ByteBuffer) {
        if buffer.storageCapacity == Self.bufferCapacity { spare = buffer }
    }
}

/// Makes a channel read into the buffers of a `ReceivePool`.
///
/// NIO keeps the first buffer of each channel for good, so that one is small; and it asks for a new one each time only
/// while it is told that buffers may grow and that it may keep one (`maxMessagesPerRead` is 1).
struct PooledReceiveAllocator: RecvByteBufferAllocator, @unchecked Sendable {
    // Unchecked: NIO calls it only on the event loop of the channel, which is that of the pool.
    private static let firstCapacity = 1024
    private let pool: ReceivePool
    private let isFirst = FirstUse()

    init(pool: ReceivePool) {
        self.pool = pool
    }

    func buffer(allocator: ByteBufferAllocator) -> ByteBuffer {
        guard isFirst.isOver else {
            isFirst.isOver = true
            return allocator.buffer(capacity: Self.firstCapacity)
        }
        return pool.take()
    }

    mutating func record(actualReadBytes: Int) -> Bool { true }

    private final class FirstUse {
        var isOver = false
    }
}
