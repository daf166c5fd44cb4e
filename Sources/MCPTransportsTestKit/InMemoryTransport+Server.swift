import MCPTransports

extension InMemoryTransport {
    /// The client's end of a transport to a server in the same process: tests of an `MCPServer` without sockets.
    ///
    /// ```swift
    /// let client = MCPClient(
    ///     transport: InMemoryTransport.connect(to: server), configuration: .init(name: "test", version: "1"))
    /// try await client.initialize()
    /// ```
    ///
    /// The server has one session, with the handshake and all that belongs to it; it ends when the client disconnects.
    /// What it says while the client does not read is kept up to some thousand messages; more end the conversation.
    public static func connect(to server: MCPServer) -> InMemoryTransport {
        let (near, far) = pair()
        let (said, saying) = AsyncStream.makeStream(of: [UInt8].self, bufferingPolicy: .bufferingOldest(4096))
        let session = InProcessSession(
            server: server,
            onMessage: { message in
                guard case .dropped = saying.yield(message) else { return }
                far.fail(MCPError(code: -32000, message: "The client does not read what the server says"))
            },
            onEnd: { saying.finish() })
        // These two tasks end with the client: disconnecting ends the first, which ends the session, which ends the second.
        Task {
            do { for try await message in far.receive() { session.take(message) } } catch {}
            await session.end()
            saying.finish()
        }
        Task {
            for await message in said {
                do { try await far.send(message) } catch { break }
            }
            await far.disconnect()
        }
        return near
    }
}
