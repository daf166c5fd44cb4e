import Scenario

/// In which order sessions that were under way at the same time did what they did, so that clients that met meet again.
/// Pure.
///
/// Whatever a session does begins when everything that had begun before it, in whichever session, has begun, and
/// everything that was over is over. What takes a call back or leaves a stream goes by what was heard of that and waits
/// for nobody else. A session that ends before its time holds nobody up.
struct Interleaving: Sendable {
    /// What a session does.
    enum Deed: Hashable, Sendable {
        case opening
        case step(Int)
        case ending
    }

    struct Place: Hashable, Sendable {
        var session: Int
        var deed: Deed
        /// How long the recorded client waited from where the place could begin, of an opening.
        var thinkNs: Int64 = 0
    }

    private struct Entry {
        var place: Place
        var start: Int64
        var end: Int64?
        /// How many must be over before, in the order of their ends.
        var needed = 0
        var isBegun = false
        var isOver = false
    }

    /// In the order of their starts, and their places in that of their ends.
    private var entries: [Entry]
    private var ended: [Int] = []
    private var numbers: [Place: Int] = [:]
    /// How many of the first have leave, have begun, and are over.
    private var permitted = 0
    private var begun = 0
    private var over = 0

    init(_ plans: [ScenarioPlan]) {
        entries = plans.enumerated().flatMap { Self.entries(of: $1, session: $0) }
        entries = entries.enumerated().sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }
            .map(\.element)
        ended = entries.indices.filter { entries[$0].end != nil }
            .sorted { (entries[$0].end ?? 0, $0) < (entries[$1].end ?? 0, $1) }
        var (count, before) = (0, entries.first?.start ?? 0)
        for number in entries.indices {
            let start = entries[number].start
            while count < ended.count, let end = entries[ended[count]].end, end <= start {
                before = max(before, end)
                count += 1
            }
            entries[number].needed = count
            numbers[entries[number].place] = number
            if entries[number].place.deed == .opening { entries[number].place.thinkNs = start - before }
            before = max(before, start)
        }
    }

    private static func entries(of plan: ScenarioPlan, session: Int) -> [Entry] {
        let times = plan.times
        func entry(_ deed: Deed, _ start: Int64, _ end: Int64?) -> Entry {
            Entry(place: Place(session: session, deed: deed), start: start, end: end.map { max($0, start + 1) })
        }
        let steps = plan.steps.filter(\.isOrdered).map { step in
            entry(.step(step.number), times.opened + step.recordedNs, step.overNs.map { times.opened + $0 })
        }
        // A session may have been ended behind its client's back.
        let left = steps.reduce(times.left) { max($0, $1.end ?? $1.start) }
        return [entry(.opening, times.started, times.opened)] + steps + [entry(.ending, left, left + 1)]
    }

    /// The next that may begin, once each.
    mutating func next() -> Place? {
        while begun < entries.count, entries[begun].isBegun { begun += 1 }
        while over < ended.count, entries[ended[over]].isOver { over += 1 }
        guard permitted < entries.count, permitted <= begun, over >= entries[permitted].needed else { return nil }
        permitted += 1
        return entries[permitted - 1].place
    }

    mutating func begun(_ deed: Deed, of session: Int) {
        guard let number = numbers[Place(session: session, deed: deed)] else { return }
        entries[number].isBegun = true
    }

    mutating func over(_ deed: Deed, of session: Int) {
        guard let number = numbers[Place(session: session, deed: deed)] else { return }
        entries[number].isBegun = true
        entries[number].isOver = true
    }

    /// Nothing more is begun in a session; what was, goes on.
    mutating func halted(_ session: Int) {
        for number in entries.indices where entries[number].place.session == session && !entries[number].isBegun {
            entries[number].isBegun = true
            entries[number].isOver = true
        }
    }

    /// A session is over.
    mutating func left(_ session: Int) {
        for number in entries.indices where entries[number].place.session == session {
            entries[number].isBegun = true
            entries[number].isOver = true
        }
    }
}

extension ScenarioStep {
    /// Whether it is done in the order of all sessions, see `Interleaving`.
    var isOrdered: Bool {
        switch kind {
        case .call, .listen, .notification: true
        case .cancel, .cutStream: false
        }
    }
}
