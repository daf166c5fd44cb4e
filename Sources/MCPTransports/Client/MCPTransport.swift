/// Carries JSON-RPC messages between one client and one server, whatever is in between.
///
/// The shape is that of the official SDK's transport, so that an adapter to it takes ten lines. ``MCPClient`` and
/// ``MCPHost`` speak through any conforming type; ``SSEClientTransport`` is the one over HTTP.
public protocol MCPTransport: Sendable {
    /// Makes ready to send. Called once, before anything else.
    ///
    /// - Throws: what keeps the peer from being reached.
    func connect() async throws

    /// Ends the conversation. Afterwards ``receive()`` ends and ``send(_:)`` throws. Harmless when it is called again.
    func disconnect() async

    /// Gives one JSON-RPC message, as UTF-8 JSON text, to the peer.
    ///
    /// Returns when the message is on its way; answers come from ``receive()``. A message is never sent twice.
    ///
    /// - Throws: when it cannot be sent, or was refused.
    func send(_ message: [UInt8]) async throws

    /// What the peer says: one JSON-RPC message each, as UTF-8 JSON text, in order of arrival.
    ///
    /// May be called once. The sequence ends with the conversation, and throws what ended it when that was a failure.
    func receive() -> AsyncThrowingStream<[UInt8], any Error>
}
