/// Something that the client does by itself.
///
/// A call is over when its answer was read, or when it has been cancelled; a notification when the server took it; a
/// listening call when it stands (`stateless`: acknowledged); everything else at once.
package struct ScenarioStep: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case call(CallStep)
        /// The JSON text as recorded.
        case notification(body: [UInt8])
        /// The client took the call back: in the way of the dialect, by a notification or by closing the response.
        /// `heard`: so many messages of the server that belong to the call had come by then.
        case cancel(of: Int, heard: Int)
        /// The client left a stream and came back: that of a call, or nil for the listening stream.
        /// `heard`: so many events had come on it by then.
        case cutStream(of: Int?, heard: Int)
        /// A call whose stream stays open.
        case listen(CallStep)
    }

    /// Its place among the steps.
    package var number: Int
    package var kind: Kind
    /// Steps that must be over before this one begins; all that stand for others are left out.
    package var after: [Int]
    /// And all that this earlier step waits for: what many steps wait for is not named again and again.
    package var afterThoseOf: Int?
    /// How long the client waited: from the end of the last of `after`, or from the opening where there is none. A cancel
    /// or a cut counts from the sending of what it concerns, where that is later.
    package var thinkNs: Int64
    /// How many notifications of the server that count had come by then (see `CountedNotification`): the client may have
    /// acted upon them.
    package var told = 0
    /// When the last of those came, counted like `thinkNs`; 0 where it had come before.
    package var toldNs: Int64 = 0
    /// When it began, from the opening.
    package var recordedNs: Int64
    /// When it was over, from the opening; nil where it never was.
    package var overNs: Int64?
    /// Why it is not to be done, and counts as over at once; nil: it is done.
    package var skipped: String?

    package init(
        number: Int, kind: Kind, after: [Int] = [], thinkNs: Int64 = 0, recordedNs: Int64 = 0, skipped: String? = nil
    ) {
        self.number = number
        self.kind = kind
        self.after = after
        self.thinkNs = thinkNs
        self.recordedNs = recordedNs
        self.skipped = skipped
    }

    /// What it calls, of a call or a listening call.
    package var call: CallStep? {
        switch kind {
        case .call(let call), .listen(let call): call
        case .notification, .cancel, .cutStream: nil
        }
    }
}

/// A request of the client, with all its rounds.
package struct CallStep: Sendable, Hashable {
    /// The recorded call; of several polls that are one step, the last.
    package var callID: Int64
    package var method: String
    /// The tool, prompt, resource or task.
    package var name: String?
    /// The request as recorded, of its first round: without what the protocol says in `_meta` of client and revision.
    package var body: [UInt8]
    /// The recorded tool list says `destructiveHint`.
    package var isDestructive: Bool
    /// Whether the recording has an answer to it. Where it has none, nothing waits for one.
    package var isAnswered: Bool
    /// What the server asked before it answered, round by round.
    package var rounds: [Round]
    package var tasks: TaskPolicy
    /// Calls that are one with this step; `callID` is the last of them.
    package var joined: [Int64]

    package init(
        callID: Int64, method: String, name: String? = nil, body: [UInt8], isDestructive: Bool = false,
        isAnswered: Bool = true, rounds: [Round] = [], tasks: TaskPolicy = .once, joined: [Int64] = []
    ) {
        self.callID = callID
        self.method = method
        self.name = name
        self.body = body
        self.isDestructive = isDestructive
        self.isAnswered = isAnswered
        self.rounds = rounds
        self.tasks = tasks
        self.joined = joined
    }

    /// What was asked and answered between two sendings of a call. (MCP 2026-07-28 basic/patterns/mrtr)
    package struct Round: Sendable, Hashable {
        /// The JSON text of `inputRequests`; nil where there was only a state to bring back.
        package var asked: [UInt8]?
        /// The JSON text of `inputResponses`; nil where the client gave none.
        package var answered: [UInt8]?
        /// How long the client took.
        package var thinkNs: Int64

        package init(asked: [UInt8]?, answered: [UInt8]?, thinkNs: Int64) {
            self.asked = asked
            self.answered = answered
            self.thinkNs = thinkNs
        }
    }

    /// How often it is sent.
    package enum TaskPolicy: Sendable, Hashable {
        case once
        /// `tasks/get`, again and again until the task's status is one of these; as often as the live task wants it, else
        /// every `intervalNs`.
        case poll(until: [String], intervalNs: Int64)
    }
}
