import Scenario

/// When which step of a plan is to be done. Pure: it hears what happened, with the time in nanoseconds of any monotonic
/// clock, and says what is due.
///
/// A step is due when all steps before it are over, as many notifications were heard as when it was recorded (see
/// `StepSchedule+Told`), and the client has thought as long as the pace wants. What takes a call back or cuts a stream also
/// waits until that was begun and as much was heard of it as when it was recorded; it is over at once where the call was.
struct StepSchedule: Sendable {
    enum State: UInt8 { case waiting, due, begun, over }

    let steps: [ScenarioStep]
    private let pace: Pace
    private let skipping: Set<Int>
    /// The steps that wait for each, and those that wait for all that each waits for.
    private var followers: [[Int]]
    private var heirs: [[Int]]
    /// How much each still waits for: steps, those of another, the opening, leave to begin.
    private var missing: [Int]
    private(set) var states: [State]
    /// The end of the last step that each waited for, or the opening.
    private(set) var lastEnd: [Int64]
    private var begun: [Int64]
    /// How many messages, and how many events, came of each.
    private var messages: [Int]
    private var events: [Int]
    /// Events on the listening stream.
    private var listeningEvents = 0
    /// Cancels and cuts that wait for what they are about, by its step; -1 stands for the listening stream.
    private var onHold: [Int: [Int]] = [:]
    var queue = DueQueue()
    var notifications: AwaitedNotifications
    /// When the last thing happened.
    private var lastSign = Int64.min
    /// What all is over for, and what is over and has not been told to those who wait for it.
    private var ready: [Int] = []
    private var ended: [Int] = []
    /// What was begun and what is over since the last look, in that order of each.
    private var news: [Change] = []
    private let isWatched: Bool
    /// Steps that must be over before all is done, and those of them that are begun. A call without a recorded answer is
    /// none as soon as it is begun: nobody waits for it.
    private(set) var unfinished: Int
    private var running = 0
    private(set) var isHalted = false

    enum Change: Hashable { case begun(Int), over(Int) }

    /// `skipping`: steps that are not done, and over as soon as they could begin. `patience`: how long notifications are
    /// waited for at most. `isGated`: steps also wait for leave, see `permit`, and what becomes of them is kept for
    /// `takeNews`.
    init(
        _ steps: [ScenarioStep], pace: Pace, skipping: Set<Int> = [], patience: Int64 = .max, isGated: Bool = false
    ) {
        self.steps = steps
        self.pace = pace
        self.skipping = skipping
        isWatched = isGated
        notifications = AwaitedNotifications(limit: patience)
        followers = Array(repeating: [], count: steps.count)
        heirs = followers
        let further = isGated ? 2 : 1
        missing = steps.map { $0.after.count + ($0.afterThoseOf == nil ? 0 : 1) + further }
        states = Array(repeating: .waiting, count: steps.count)
        lastEnd = Array(repeating: .min, count: steps.count)
        begun = Array(repeating: .min, count: steps.count)
        messages = Array(repeating: 0, count: steps.count)
        events = messages
        unfinished = steps.count
        for step in steps {
            for before in step.after { followers[before].append(step.number) }
            if let other = step.afterThoseOf { heirs[other].append(step.number) }
        }
    }

    /// Whether every step is over, or none is begun any more and those that were are over.
    var isDone: Bool { unfinished == 0 || isHalted && running == 0 }

    /// Steps that were not begun.
    var unbegun: [Int] { steps.indices.filter { states[$0] == .waiting || states[$0] == .due } }

    /// When `next` has something, or gives up waiting; `.max` for not before anything happens.
    var nextDue: Int64 { isHalted ? .max : min(queue.next, notifications.givesUpAt) }

    /// The conversation is open.
    mutating func opened(at now: Int64) {
        for step in steps { satisfy(step.number, at: now) }
        settle(at: now)
    }

    /// A step may begin, as far as others are concerned that are not of this plan.
    mutating func permit(_ step: Int, at now: Int64) {
        satisfy(step, at: .min)
        settle(at: now)
    }

    /// What was begun and what is over since this was last asked.
    mutating func takeNews() -> [Change] {
        defer { news = [] }
        return news
    }

    /// A step to be done now. It counts as begun.
    mutating func next(at now: Int64) -> Int? {
        if !isHalted { giveUp(at: now) }
        guard !isHalted, let step = queue.take(at: now) else { return nil }
        states[step] = .begun
        begun[step] = now
        lastSign = now
        if isWatched { news.append(.begun(step)) }
        if isAwaited(step) { running += 1 } else { unfinished -= 1 }
        for held in onHold.removeValue(forKey: step) ?? [] { enableHeld(held, at: now) }
        settle(at: now)
        return step
    }

    /// What is heard of a step: cancels count messages, cuts events.
    enum Sound { case message, event }

    /// Something belonging to a step was heard; nil: on the listening stream.
    mutating func heard(_ step: Int?, _ sound: Sound, at now: Int64) {
        lastSign = now
        switch (step, sound) {
        case (let step?, .message): messages[step] += 1
        case (let step?, .event): events[step] += 1
        case (nil, .event): listeningEvents += 1
        case (nil, .message): return
        }
        for held in onHold.removeValue(forKey: step ?? -1) ?? [] { enableHeld(held, at: now) }
        settle(at: now)
    }

    /// Where nothing goes on before more is heard: when the recorded client would have gone on, counted from the last that
    /// was heard.
    var stuckSince: Int64? {
        guard !isHalted, running == 0, queue.next == .max, !notifications.isAwaited, !onHold.isEmpty, unfinished > 0
        else { return nil }
        return onHold.values.joined().map { lastSign + max(steps[$0].thinkNs, 0) }.max()
    }

    /// What waits for more to be heard is done without it.
    mutating func release(at now: Int64) {
        let held = onHold.values.joined().sorted()
        onHold = [:]
        for step in held where states[step] == .waiting {
            states[step] = .due
            queue.add(step, due: now)
        }
    }

    mutating func over(_ step: Int, at now: Int64) {
        lastSign = now
        ended.append(step)
        settle(at: now)
    }

    /// One after the other, because what follows from each other may stand in long rows.
    private mutating func settle(at now: Int64) {
        while true {
            if let step = ready.popLast() {
                enable(step, at: now)
            } else if let step = ended.popLast() {
                end(step, at: now)
            } else {
                return
            }
        }
    }

    private mutating func end(_ step: Int, at now: Int64) {
        guard states[step] != .over else { return }
        let wasBegun = states[step] == .begun
        states[step] = .over
        if isWatched { news.append(.over(step)) }
        if !wasBegun || isAwaited(step) { unfinished -= 1 }
        if wasBegun, isAwaited(step) { running -= 1 }
        for follower in followers[step] { satisfy(follower, at: now) }
        for held in onHold.removeValue(forKey: step) ?? [] { enableHeld(held, at: now) }
    }

    /// Something that a step waited for is there.
    private mutating func satisfy(_ step: Int, at end: Int64) {
        missing[step] -= 1
        lastEnd[step] = max(lastEnd[step], end)
        if missing[step] == 0 { ready.append(step) }
    }

    /// A listening call is over when it stands, and goes on all the same.
    private func staysOpen(_ step: Int) -> Bool {
        if case .listen = steps[step].kind { true } else { false }
    }

    private func isAwaited(_ step: Int) -> Bool { steps[step].call?.isAnswered ?? true }

    func isOver(_ step: Int) -> Bool { states[step] == .over }

    /// Nothing more is begun.
    mutating func halt() {
        isHalted = true
        queue.removeAll()
        notifications.removeAll()
    }

    /// Everything before the step is over.
    private mutating func enable(_ step: Int, at now: Int64) {
        for heir in heirs[step] { satisfy(heir, at: lastEnd[step]) }
        guard states[step] == .waiting else { return }
        if skipping.contains(step) || steps[step].skipped != nil { return ended.append(step) }
        guard concern(of: step) == nil else { return enableHeld(step, at: now) }
        let due = due(step)
        if notifications.hasAll(before: steps[step]) { return enqueue(step) }
        notifications.wait(for: steps[step], since: lastEnd[step], due: due)
    }

    /// Nothing holds the step up but the client's thinking.
    mutating func enqueue(_ step: Int) {
        guard states[step] == .waiting else { return }
        states[step] = .due
        queue.add(step, due: due(step))
    }

    private func due(_ step: Int) -> Int64 { lastEnd[step] + pace.scaled(steps[step].thinkNs) }

    private mutating func enableHeld(_ step: Int, at now: Int64) {
        guard states[step] == .waiting, let (target, wanted, heard) = concern(of: step) else { return }
        if let target, states[target] == .over, !staysOpen(target) { return ended.append(step) }
        guard heard >= wanted, target.map({ begun[$0] > .min }) ?? true else {
            return onHold[target ?? -1, default: []].append(step)
        }
        let from = max(lastEnd[step], target.map { begun[$0] } ?? .min)
        states[step] = .due
        queue.add(step, due: from + pace.scaled(steps[step].thinkNs))
    }

    /// What a cancel or a cut is about, how much must have been heard of it, and how much was; nil for other steps.
    private func concern(of step: Int) -> (target: Int?, wanted: Int, heard: Int)? {
        switch steps[step].kind {
        case .cancel(let target, let wanted): (target, wanted, messages[target])
        case .cutStream(let target?, let wanted): (target, wanted, events[target])
        case .cutStream(nil, let wanted): (nil, wanted, listeningEvents)
        case .call, .notification, .listen: nil
        }
    }
}
