import Logging

/// Where received messages wait to be taken, and whom else to tell.
final class TransportInbox: Sendable {
    let stream: AsyncThrowingStream<[UInt8], any Error>
    private let continuation: AsyncThrowingStream<[UInt8], any Error>.Continuation
    private let callbacks: SSEClientTransport.Callbacks
    let logger: Logger

    init(limit: Int, callbacks: SSEClientTransport.Callbacks, logger: Logger) {
        (stream, continuation) = AsyncThrowingStream.makeStream(bufferingPolicy: .bufferingOldest(limit))
        self.callbacks = callbacks
        self.logger = logger
    }

    /// Gives a message to the reader. False when more wait than may.
    func deliver(_ message: [UInt8]) -> Bool {
        callbacks.onMessage?(message)
        if case .dropped = continuation.yield(message) { return false }
        return true
    }

    /// Tells of something that does not end the conversation.
    func report(_ error: MCPTransportError) {
        logger.debug("trouble", metadata: ["reason": "\(error.code)", "message": "\(error.message)"])
        callbacks.onError?(error)
    }

    /// The conversation is over.
    func finish(_ error: MCPTransportError?) {
        if let error { continuation.finish(throwing: error) } else { continuation.finish() }
        callbacks.onClose?(error)
    }
}
