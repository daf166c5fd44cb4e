extension SSEServerTransport {
    /// One session of a dialect that has them.
    public struct SessionInfo: Sendable, Hashable, Identifiable {
        /// What names it on the wire.
        public let id: String
        /// How its messages travel.
        public let dialect: HTTPDialect
        /// The revision its handshake agreed on; nil before the handshake.
        public let revision: ProtocolRevision?
        /// How the client named itself; nil when it did not.
        public let client: Implementation?
        /// Whom it belongs to; nil without authentication.
        public let principal: Principal?
        /// How long nothing has happened in it; zero while something is at work.
        public let idleTime: Duration
    }

    /// What is served at this moment; nil when a message handler is.
    public var server: MCPServer? { switchboard.server }

    /// The sessions that are open, in no particular order.
    public var sessions: [SessionInfo] { switchboard.sessions.all.compactMap(\.info) }

    /// How many connections were cut because their clients read too slowly (``Limits/outboundBytes``).
    public var slowReadersCut: Int { switchboard.slowReaders.count }

    /// How many streams are open that belong to no session: subscriptions of stateless clients and broadcast listeners.
    public var listenerCount: Int { switchboard.subscriptions.count + switchboard.listeners.count }

    /// Says something to one session, or to everybody.
    ///
    /// In a session the message goes to the stream that no request caused, which a client of Streamable HTTP opens or not.
    /// Everybody means all sessions, all broadcast listeners and, for notifications of changes, the stateless
    /// subscriptions that asked for them. A message is not kept for those who are not there, unless the session keeps
    /// events (``Configuration/retention``).
    ///
    /// Ids of requests should be strings: whole numbers are those of ``RequestContext`` questions. What clients answer to
    /// such a request is not handed out.
    ///
    /// - Returns: how many it was told or is kept for.
    @discardableResult
    public func sendMessage(_ message: JSONRPCMessage, to sessionID: String? = nil) -> Int {
        switchboard.send(message, to: sessionID)
    }

    /// Tells everybody who wants to hear of it that something has changed: sessions, of resources only those that
    /// subscribed; stateless subscriptions that asked for it; all broadcast listeners
    /// (MCP 2025-11-25 server/tools, list changed; MCP 2026-07-28 basic/patterns/subscriptions).
    ///
    /// - Returns: how many were told. None when the server does not promise it (``MCPServer/announces``), because then its
    ///   capabilities say that it will not come.
    @discardableResult
    public func announce(_ change: ServerChange) -> Int { switchboard.announce(change) }

    /// Announces that the list of tools is another.
    @discardableResult
    public func notifyToolsListChanged() -> Int { announce(.tools) }

    /// Announces that the list of prompts is another.
    @discardableResult
    public func notifyPromptsListChanged() -> Int { announce(.prompts) }

    /// Announces that the list of resources or of their templates is another.
    @discardableResult
    public func notifyResourcesListChanged() -> Int { announce(.resources) }

    /// Announces that the contents of a resource are others.
    @discardableResult
    public func notifyResourceUpdated(_ uri: String) -> Int { announce(.resource(uri: uri)) }

    /// Changes what is served, for requests that come from now on, and announces the lists that are other ones then.
    /// Capabilities of sessions that are open stay what the handshake said. Does nothing where a message handler is
    /// served.
    ///
    /// - Parameter change: Must not call the transport.
    public func update(_ change: (inout MCPServer) -> Void) {
        for change in switchboard.update(change) { announce(change) }
    }
}
