import Traffic

/// What a recorded client did, as far as it can be done again: its requests and notifications with what each had to wait
/// for, what it answered to the server's questions, and which of its values came from the server.
///
/// The handshake is no step: it is `identity`, and is made live.
package struct ScenarioPlan: Sendable {
    package var session: SessionRow
    /// The URL that the session's first request went to; nil where the recording does not tell.
    package var recordedTarget: String?
    package var dialect: Dialect
    package var revision: String?
    package var identity: Identity
    /// Whether the client held a stream for what the server says of itself, where the dialect has one apart
    /// (`subscriptions/listen` is a step).
    package var listens: Bool
    /// In the order in which they began; `number` is the place.
    package var steps: [ScenarioStep]
    /// In the order in which they were asked.
    package var questions: [RecordedQuestion]
    /// By `toStep`.
    package var links: [Link]
    package var ending: Ending
    /// When it all was.
    package var times = Times()
    /// What was masked when it was recorded and is sent by the client, so that somebody has to give it.
    package var requirements: [Requirement]
    /// What cannot be done again, and why; a sentence each.
    package var notes: [String]

    /// Who the client said that it was.
    package struct Identity: Sendable, Hashable {
        /// JSON texts of objects; nil where it said nothing.
        package var clientInfo: [UInt8]?
        package var capabilities: [UInt8]?
        /// The revision that it asked for.
        package var askedRevision: String?
        /// `initialize` and `server/discover`, as far as they opened the conversation.
        package var calls: [Int64]
        /// Whether one of them had a result: else there was no conversation.
        package var isWelcome = false

        package init(
            clientInfo: [UInt8]? = nil, capabilities: [UInt8]? = nil, askedRevision: String? = nil,
            calls: [Int64] = []
        ) {
            self.clientInfo = clientInfo
            self.capabilities = capabilities
            self.askedRevision = askedRevision
            self.calls = calls
        }
    }

    /// How the client left.
    package struct Ending: Sendable, Hashable {
        /// It deleted its session; else it just closed.
        package var deletes: Bool
        /// Steps that must be over before.
        package var after: [Int]
        /// From the end of the last of them.
        package var thinkNs: Int64

        package init(deletes: Bool = false, after: [Int] = [], thinkNs: Int64 = 0) {
            self.deletes = deletes
            self.after = after
            self.thinkNs = thinkNs
        }
    }

    /// Times of the recording, in nanoseconds since 1970.
    package struct Times: Sendable, Hashable {
        /// The client's first request, and when the conversation was open: what steps count from.
        package var started: Int64 = 0
        package var opened: Int64 = 0
        /// When the client began to leave.
        package var left: Int64 = 0

        package init(started: Int64 = 0, opened: Int64 = 0, left: Int64 = 0) {
            self.started = started
            self.opened = opened
            self.left = left
        }
    }

    package init(
        session: SessionRow, recordedTarget: String? = nil, dialect: Dialect, revision: String? = nil,
        identity: Identity = Identity(), listens: Bool = false, steps: [ScenarioStep] = [],
        questions: [RecordedQuestion] = [], links: [Link] = [], ending: Ending = Ending(),
        requirements: [Requirement] = [], notes: [String] = []
    ) {
        self.session = session
        self.recordedTarget = recordedTarget
        self.dialect = dialect
        self.revision = revision
        self.identity = identity
        self.listens = listens
        self.steps = steps
        self.questions = questions
        self.links = links
        self.ending = ending
        self.requirements = requirements
        self.notes = notes
    }
}
