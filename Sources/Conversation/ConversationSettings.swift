import WireFormats

/// What many conversations have in common; shared, never changed.
package final class ConversationSettings: Sendable {
    /// Who opens the conversation.
    package enum Opening: Sendable {
        /// The machine does. `client` and `capabilities` are JSON texts of objects.
        case own(client: [UInt8], capabilities: [UInt8])
        /// Its owner does, by sending `initialize` first. In `stateless` that becomes `server/discover`, and its answer
        /// is put into the shape of an answer to `initialize`.
        case ofOwner
    }

    /// When to give up a stream that says nothing. Durations in nanoseconds.
    package enum StallPolicy: Sendable, Hashable {
        case never
        /// Where the stream had a heartbeat before: a server that sends none may be silent for ever. In `broadcast`
        /// from the start.
        case onceAlive(silence: Int64)
        case always(silence: Int64)
    }

    /// How to come back after a cut. Durations in nanoseconds. A `retry` of the server is waited for in any case.
    package struct Reconnection: Sendable, Hashable {
        /// The delay before the first attempt; each failed one doubles it.
        package var initial: Int64
        /// The longest delay.
        package var maximum: Int64
        /// Which part of the delay is left to chance, 0 to 1, so that many clients do not come back at once.
        package var jitter: Double
        /// How many attempts are made in a row before it is given up; nil: any number.
        package var attempts: Int?

        package init(
            initial: Int64 = 1_000_000_000, maximum: Int64 = 30_000_000_000, jitter: Double = 0.5, attempts: Int? = nil
        ) {
            self.initial = initial
            self.maximum = maximum
            self.jitter = jitter
            self.attempts = attempts
        }

        /// The same delay each time.
        package static func fixed(_ delay: Int64) -> Reconnection {
            Reconnection(initial: delay, maximum: delay, jitter: 0)
        }
    }

    /// The URL that was given.
    package let url: HTTPURL
    /// The dialects to try, in this order.
    package let dialects: [Dialect]
    package let opening: Opening
    /// What `initialize` asks for.
    package let revision: Revision
    /// Whether to hold a stream for what the server says of itself, where the dialect has one apart.
    package let listens: Bool
    /// How long a call may take, measured from the last sign of it; nil: as long as it likes. Nanoseconds.
    package let callTimeout: Int64?
    /// How long each step of the opening may take. Nanoseconds.
    package let openingTimeout: Int64
    package let stall: StallPolicy
    package let reconnection: Reconnection
    /// Whether a `ping` is answered here, so that its owner never sees it.
    package let answersPings: Bool
    /// Whether a session is deleted when the conversation is closed.
    package let deletesSession: Bool
    /// How many rounds of input a call may have (MCP 2026-07-28 basic/patterns/mrtr).
    package let maximumRounds: Int
    /// How many messages may wait for the conversation to open.
    package let maximumWaiting: Int
    /// The most bytes of a message.
    package let maximumMessage: Int
    /// The paths of `broadcast`; nil: from the path of the URL.
    package let broadcastPaths: (stream: String, messages: String)?

    package init(
        url: HTTPURL, dialects: [Dialect] = ConversationSettings.detection, opening: Opening,
        revision: Revision = .latestWithHandshake, listens: Bool = true, callTimeout: Int64? = nil,
        openingTimeout: Int64 = 5_000_000_000, stall: StallPolicy = .onceAlive(silence: 120_000_000_000),
        reconnection: Reconnection = Reconnection(), answersPings: Bool = true, deletesSession: Bool = true,
        maximumRounds: Int = 10, maximumWaiting: Int = 256, maximumMessage: Int = 64 << 20,
        broadcastPaths: (stream: String, messages: String)? = nil
    ) {
        self.url = url
        self.dialects = dialects.isEmpty ? Self.detection : dialects
        self.opening = opening
        self.revision = revision.hasHandshake ? revision : .latestWithHandshake
        self.listens = listens
        self.callTimeout = callTimeout
        self.openingTimeout = openingTimeout
        self.stall = stall
        self.reconnection = reconnection
        self.answersPings = answersPings
        self.deletesSession = deletesSession
        self.maximumRounds = maximumRounds
        self.maximumWaiting = maximumWaiting
        self.maximumMessage = maximumMessage
        self.broadcastPaths = broadcastPaths
        target = [UInt8](url.target.utf8)
        let paths = broadcastPaths ?? Self.broadcastPaths(of: url)
        broadcastStream = [UInt8](paths.stream.utf8)
        broadcastMessages = [UInt8](paths.messages.utf8)
        if case .own(let client, let capabilities) = opening {
            ownHandshake = Self.initialize(revision, client, capabilities)
            ownIdentity = Identity(client: client, capabilities: capabilities)
        } else {
            ownHandshake = []
            ownIdentity = Identity()
        }
    }

    /// The order in which dialects are tried: each probe is harmless to servers of the other dialects
    /// (MCP 2026-07-28 basic/versioning; MCP 2025-11-25 transports, backwards compatibility).
    package static let detection: [Dialect] = [.stateless, .streamable, .httpSSE, .broadcast]

    // What is the same for all, as bytes, made once.
    let target: [UInt8]
    let broadcastStream: [UInt8]
    let broadcastMessages: [UInt8]
    /// The `initialize` request of the machine's own handshake; its id is a text that no owner counts to.
    let ownHandshake: [UInt8]
    let ownIdentity: Identity

    /// `/sse` and `/` beside each other, below whatever path was given.
    private static func broadcastPaths(of url: HTTPURL) -> (stream: String, messages: String) {
        let path = url.target.prefix { $0 != "?" }
        let query = url.target.dropFirst(path.count)
        if path.hasSuffix("/sse") { return (url.target, String(path.dropLast(3) + query)) }
        let folder = path.hasSuffix("/") ? String(path) : path + "/"
        return (folder + "sse" + query, url.target)
    }

    static func initialize(_ revision: Revision, _ client: [UInt8], _ capabilities: [UInt8]) -> [UInt8] {
        var text = [UInt8](#"{"jsonrpc":"2.0","id":"handshake","method":"initialize","params":{"#.utf8)
        text += [UInt8](#""protocolVersion":"\#(revision.text)"#.utf8)
        text += [UInt8](#"","capabilities":"#.utf8) + capabilities + [UInt8](#","clientInfo":"#.utf8) + client
        return text + [UInt8]("}}".utf8)
    }
}
