import Scenario

extension StepSchedule {
    /// A notification that counts was heard.
    mutating func heardNotification(at now: Int64) {
        for step in notifications.heardOne() { enqueue(step) }
    }

    /// Steps that have waited long enough begin without what they waited for.
    mutating func giveUp(at now: Int64) {
        while let step = notifications.expired(at: now) {
            guard states[step] == .waiting else { continue }
            for step in notifications.forgo(steps[step]) { enqueue(step) }
        }
    }

    /// Steps that began without all the notifications that the recorded client had heard, since this was last asked.
    mutating func takeForgone() -> [AwaitedNotifications.Forgone] {
        defer { notifications.forgone = [] }
        return notifications.forgone
    }
}

/// Notifications of the server that steps wait for: as many as the recorded client had heard.
///
/// The patience is that of the recording and a second more, but no more than ten seconds. What did not come once is not
/// waited for again, and whatever else fails to come only for a second.
struct AwaitedNotifications: Sendable {
    /// A step that began with fewer of them.
    struct Forgone: Sendable, Hashable {
        var step: Int
        var wanted: Int
        var heard: Int
    }

    private static let grace: Int64 = 1_000_000_000
    private static let longest: Int64 = 10_000_000_000

    private let limit: Int64
    private var heard = 0
    /// So many will not come any more.
    private var missing = 0
    /// Steps by the number that they wait for, and by when they give up.
    private var waiting = DueQueue()
    private var patience = DueQueue()
    var forgone: [Forgone] = []

    init(limit: Int64) { self.limit = limit }

    var isAwaited: Bool { waiting.next != .max }
    var givesUpAt: Int64 { isAwaited ? patience.next : .max }

    func hasAll(before step: ScenarioStep) -> Bool { heard + missing >= step.told }

    /// `since`: when what is before the step was over; `due`: when it would begin by itself.
    mutating func wait(for step: ScenarioStep, since: Int64, due: Int64) {
        let recorded = missing > 0 ? 0 : max(step.toldNs, 0)
        let time = min(min(recorded, Self.longest) + Self.grace, Self.longest, limit)
        waiting.add(step.number, due: Int64(step.told))
        patience.add(step.number, due: max(since.addingReportingOverflow(time).partialValue, due))
    }

    /// One more came: the steps that it was the last for.
    mutating func heardOne() -> [Int] {
        heard += 1
        return satisfied()
    }

    /// A step whose patience is over, if it still waits.
    mutating func expired(at now: Int64) -> Int? { isAwaited ? patience.take(at: now) : nil }

    /// Goes on without what the step waits for: the steps that need no more than that.
    mutating func forgo(_ step: ScenarioStep) -> [Int] {
        guard !hasAll(before: step) else { return satisfied() }
        forgone.append(Forgone(step: step.number, wanted: step.told, heard: heard))
        missing = max(missing, step.told - heard)
        return satisfied()
    }

    private mutating func satisfied() -> [Int] {
        var steps: [Int] = []
        while let step = waiting.take(at: Int64(heard + missing)) { steps.append(step) }
        return steps
    }

    mutating func removeAll() {
        waiting.removeAll()
        patience.removeAll()
    }
}
