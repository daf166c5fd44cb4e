import Logging
import NIOCore
import Synchronization

/// How much may wait for a reader, and how many were cut off because it was more.
final class SlowReaders: Sendable {
    /// In bytes, beyond what the socket holds.
    let limit: Int
    private let logger: Logger
    private let number = Atomic<Int>(0)

    init(limit: Int, logger: Logger) {
        self.limit = limit
        self.logger = logger
    }

    /// How many were cut off.
    var count: Int { number.load(ordering: .relaxed) }

    /// A connection is closed because its reader takes too little.
    func cut(_ channel: any Channel) {
        number.add(1, ordering: .relaxed)
        logger.warning(
            "disconnected a client that reads too slowly",
            metadata: [
                "client": "\(channel.remoteAddress?.description ?? "unknown")", "waiting limit in bytes": "\(limit)",
            ])
    }
}
