extension MCPClient {
    /// Who a client is and how patient.
    public struct Configuration: Sendable {
        /// How the client names itself.
        public var implementation: Implementation
        /// The revision that `initialize` offers; the server may choose another (MCP 2025-11-25 basic/lifecycle).
        public var revision: ProtocolRevision
        /// Capabilities beyond those that ``Handlers`` bring along, such as `experimental`.
        public var capabilities: JSONObject
        /// How long a request may take where it is told nothing else.
        public var timeout: RequestTimeout
        /// How many pages a list may have.
        public var pageLimit: Int
        /// How many requests of the server are worked on at a time; further ones are refused.
        public var serverRequestLimit: Int
        /// How many notifications wait for one that reads ``MCPClient/notifications()``; the oldest are given up beyond.
        public var notificationLimit: Int
        /// What timeouts are measured with.
        public var clock: any Clock<Duration>

        /// A client called `name`, with the usual limits.
        public init(name: String, version: String, title: String? = nil) {
            implementation = Implementation(name: name, version: version, title: title)
            revision = .latest
            capabilities = [:]
            timeout = .standard
            pageLimit = 1000
            serverRequestLimit = 64
            notificationLimit = 256
            clock = ContinuousClock()
        }
    }

    /// What a client does when its server says something on its own.
    ///
    /// The handlers of requests run in tasks of their own, which are cancelled when the server cancels the request or the
    /// conversation ends; what they throw becomes the JSON-RPC error of the request: an ``MCPError`` as it is, anything
    /// else as an internal error. Each one that is set makes the client announce the capability. The callbacks run where
    /// messages are received and hold up all that follows, so they must be quick.
    public struct Handlers: Sendable {
        /// Goes on from messages with the client's model (MCP 2025-11-25 client/sampling).
        public var sampling: (@Sendable (SamplingRequest) async throws -> SampledMessage)?
        /// Asks the user for something (MCP 2025-11-25 client/elicitation). Values that an accepted answer leaves out are
        /// sent with the defaults of the schema.
        public var elicitation: (@Sendable (ElicitationRequest) async throws -> ElicitedAnswer)?
        /// Says what the server may work on (MCP 2025-11-25 client/roots).
        public var roots: (@Sendable () async throws -> [Root])?
        /// Answers any other request. `ping` is answered by the client itself; without this handler everything else is
        /// method not found (-32601).
        public var request: (@Sendable (_ method: String, _ params: JSONValue?) async throws -> JSONValue)?
        /// Hears of every notification, progress included.
        public var onNotification: (@Sendable (ServerNotification) -> Void)?
        /// Hears of every message that was received, before anything else is done with it.
        public var onMessage: (@Sendable (JSONRPCMessage) -> Void)?
        /// Hears of what went wrong without being the outcome of a call: malformed messages, answers to nothing, answers
        /// that could not be sent, notifications lost. The conversation goes on.
        public var onError: (@Sendable (any Error) -> Void)?
        /// Called once when the conversation has ended: with what broke it, or nil when either side closed it.
        public var onClose: (@Sendable ((any Error)?) -> Void)?

        /// No handlers: requests of the server, `ping` aside, are refused.
        public init() {}
    }

    /// What the client says it can do.
    var announcedCapabilities: JSONObject {
        var capabilities = configuration.capabilities
        if handlers.sampling != nil { capabilities["sampling"] = capabilities["sampling"] ?? [:] }
        if handlers.elicitation != nil { capabilities["elicitation"] = capabilities["elicitation"] ?? [:] }
        if handlers.roots != nil { capabilities["roots"] = capabilities["roots"] ?? ["listChanged": true] }
        return capabilities
    }
}
