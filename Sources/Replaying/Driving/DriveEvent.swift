import Conversation

/// Something that the machine said and that the plan has to hear of.
enum DriveEvent {
    case message(ConversationAction.Meaning, [UInt8], call: UInt32)
    /// `cause`: what the HTTP client said, `body`: what the server said instead.
    case failed(call: UInt32, ConversationFailure, cause: String?, body: [UInt8])
    case accepted(UInt32)
    case notAccepted(UInt32, ConversationFailure, cause: String?)
    case sessionLost
    /// The conversation is open, for the first time or again.
    case opened
    case closed(ConversationFailure?, cause: String?)
}

/// A request of ours that is on its way.
struct LiveCall {
    /// nil: what opens the conversation, or is no step of the plan.
    var step: Int?
    /// It is no step: nothing comes of its answer.
    var isAside = false
    /// It took longer than it may and was given up.
    var isLate = false
}

/// What is to be done at a time, unless it is of no use by then.
enum Alarm: Hashable {
    /// The conversation should be open.
    case opening
    /// The listening stream should stand.
    case listening
    case call(UInt32)
    /// A notification should have been taken, by its exchange.
    case message(UInt32)
    /// An answer to the server is due, by its place among the answers.
    case answer(Int)
    /// A task is asked for again.
    case poll(Int)
    /// The listening stream should be back, which a step waits for.
    case relisten(Int)
    /// Enough was waited for what does not come: see `PlanDriver.watchHeld`. Which time that was.
    case release(Int64)
    /// The client leaves.
    case ending
    /// It should have left.
    case closing
}

/// Alarms by their time.
struct Alarms {
    private var queue = DueQueue()
    private var set: [Alarm?] = []
    /// The first number of `set`: those before have rung.
    private var start = 0

    var next: Int64 { queue.next }

    mutating func set(_ alarm: Alarm, at now: Int64, in delay: Int64) {
        let (due, isBeyond) = now.addingReportingOverflow(max(delay, 0))
        queue.add(start + set.count, due: isBeyond ? .max : due)
        set.append(alarm)
    }

    mutating func take(at now: Int64) -> Alarm? {
        guard let number = queue.take(at: now), let alarm = set[number - start] else { return nil }
        set[number - start] = nil
        let rung = set.prefix { $0 == nil }.count
        // Taken off in long runs, so that each costs the same however many wait.
        if rung >= 256, rung * 2 >= set.count {
            set.removeFirst(rung)
            start += rung
        }
        return alarm
    }
}
