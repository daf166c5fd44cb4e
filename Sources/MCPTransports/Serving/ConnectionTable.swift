import NIOCore
import Synchronization

/// The open connections of a host, up to a limit.
final class ConnectionTable: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var isClosed = false
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) {
        self.limit = limit
    }

    /// Keeps a connection until it closes. False when there are too many or the table is closed.
    func insert(_ channel: any Channel) -> Bool {
        let key = ObjectIdentifier(channel)
        let isTaken = state.withLock { state in
            guard !state.isClosed, state.channels.count < limit else { return false }
            state.channels[key] = channel
            return true
        }
        if isTaken {
            channel.closeFuture.whenComplete { _ in self.state.withLock { $0.channels[key] = nil } }
        }
        return isTaken
    }

    /// Takes no more and closes those that are there, behind what they were given to send.
    func close() async {
        let channels = state.withLock { state in
            state.isClosed = true
            return Array(state.channels.values)
        }
        for channel in channels { channel.eventLoop.execute { channel.close(promise: nil) } }
        for channel in channels { try? await channel.closeFuture.get() }
    }
}
