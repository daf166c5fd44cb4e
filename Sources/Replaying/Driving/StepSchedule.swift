import Scenario

/// When which step of a plan is to be done. Pure: it hears what happened, with the time in nanoseconds of any monotonic
/// clock, and says what is due.
///
/// A step is due when all steps before it are over and the client has thought as long as the pace wants. What takes a call
/// back or cuts a stream also waits until that was begun and as much was heard of it as when it was recorded; it is over at
/// once where the call was.
struct StepSchedule: Sendable {
    private enum State: UInt8 { case waiting, due, begun, over }

    private let steps: [ScenarioStep]
    private let pace: Pace
    private let skipping: Set<Int>
    /// The steps that wait for each.
    private var followers: [[Int]]
    /// How many steps each still waits for.
    private var missing: [Int]
    private var states: [State]
    /// The end of the last step that each waited for, or the opening.
    private var lastEnd: [Int64]
    private var begun: [Int64]
    /// How many messages, and how many events, came of each.
    private var messages: [Int]
    private var events: [Int]
    /// Events on the listening stream.
    private var listeningEvents = 0
    /// Cancels and cuts that wait for what they are about, by its step; -1 stands for the listening stream.
    private var onHold: [Int: [Int]] = [:]
    private var queue = DueQueue()
    /// When the last thing happened.
    private var lastSign = Int64.min
    /// What is over and has not been told to those who wait for it.
    private var ended: [Int] = []
    /// Steps that must be over before all is done, and those of them that are begun. A call without a recorded answer is
    /// none as soon as it is begun: nobody waits for it.
    private(set) var unfinished: Int
    private var running = 0
    private(set) var isHalted = false

    /// `skipping`: steps that are not done, and over as soon as they could begin.
    init(_ steps: [ScenarioStep], pace: Pace, skipping: Set<Int> = []) {
        self.steps = steps
        self.pace = pace
        self.skipping = skipping
        followers = Array(repeating: [], count: steps.count)
        missing = steps.map(\.after.count)
        states = Array(repeating: .waiting, count: steps.count)
        lastEnd = Array(repeating: .min, count: steps.count)
        begun = Array(repeating: .min, count: steps.count)
        messages = Array(repeating: 0, count: steps.count)
        events = messages
        unfinished = steps.count
        for step in steps { for before in step.after { followers[before].append(step.number) } }
    }

    /// Whether every step is over, or none is begun any more and those that were are over.
    var isDone: Bool { unfinished == 0 || isHalted && running == 0 }

    /// Steps that were not begun.
    var unbegun: [Int] { steps.indices.filter { states[$0] == .waiting || states[$0] == .due } }

    /// When `next` has something; `.max` for not before anything happens.
    var nextDue: Int64 { isHalted ? .max : queue.next }

    /// The conversation is open.
    mutating func opened(at now: Int64) {
        for step in steps where step.after.isEmpty { enable(step.number, at: now) }
        settle(at: now)
    }

    /// A step to be done now. It counts as begun.
    mutating func next(at now: Int64) -> Int? {
        guard !isHalted, let step = queue.take(at: now) else { return nil }
        states[step] = .begun
        begun[step] = now
        lastSign = now
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
        guard !isHalted, running == 0, queue.next == .max, !onHold.isEmpty, unfinished > 0 else { return nil }
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

    /// One after the other, because those that are skipped may stand in long rows.
    private mutating func settle(at now: Int64) {
        while let step = ended.popLast() {
            guard states[step] != .over else { continue }
            let wasBegun = states[step] == .begun
            states[step] = .over
            if !wasBegun || isAwaited(step) { unfinished -= 1 }
            if wasBegun, isAwaited(step) { running -= 1 }
            for follower in followers[step] {
                missing[follower] -= 1
                lastEnd[follower] = max(lastEnd[follower], now)
                if missing[follower] == 0 { enable(follower, at: now) }
            }
            for held in onHold.removeValue(forKey: step) ?? [] { enableHeld(held, at: now) }
        }
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
    }

    /// Everything before the step is over.
    private mutating func enable(_ step: Int, at now: Int64) {
        guard states[step] == .waiting else { return }
        if lastEnd[step] == .min { lastEnd[step] = now }
        if skipping.contains(step) || steps[step].skipped != nil { return ended.append(step) }
        guard case .some = concern(of: step) else {
            states[step] = .due
            return queue.add(step, due: lastEnd[step] + pace.scaled(steps[step].thinkNs))
        }
        enableHeld(step, at: now)
    }

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
