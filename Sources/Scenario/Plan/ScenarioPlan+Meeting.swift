extension ScenarioPlan {
    /// When the last thing of it was over, as far as that is known.
    private var end: Int64 { max(times.left, steps.map { times.opened + ($0.overNs ?? $0.recordedNs) }.max() ?? 0) }

    /// Places of plans, those together that are of one recording and were under way at the same time, directly or by others
    /// that were. All in the order of their starts.
    package static func meetings(_ plans: [ScenarioPlan]) -> [[Int]] {
        var groups: [[Int]] = []
        /// The group that a recording's sessions join as long as they start before its end.
        var open: [Int64: (group: Int, end: Int64)] = [:]
        for place in plans.indices.sorted(by: { (plans[$0].times.started, $0) < (plans[$1].times.started, $1) }) {
            let plan = plans[place]
            let recording = plan.session.recordingID
            if let (group, end) = open[recording], plan.times.started < end {
                groups[group].append(place)
                open[recording] = (group, max(end, plan.end))
            } else {
                open[recording] = (groups.count, plan.end)
                groups.append([place])
            }
        }
        return groups
    }
}
