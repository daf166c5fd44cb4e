/// What has happened so far, by name, and what waits for it: so that the order of a visit is fixed by the visit.
actor Milestones {
    private var reached: Set<String> = []
    private var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]

    /// Says that it happened. Once is enough.
    func reach(_ name: String) {
        reached.insert(name)
        for continuation in waiting.removeValue(forKey: name) ?? [] { continuation.resume() }
    }

    /// Whether it has happened.
    func has(_ name: String) -> Bool { reached.contains(name) }

    /// Returns once it happened, or false when it did not within `limit`.
    func wait(for name: String, within limit: Duration = .seconds(10)) async -> Bool {
        let alarm = Task {
            try await Task.sleep(for: limit)
            give(up: name)
        }
        defer { alarm.cancel() }
        if !reached.contains(name) { await withCheckedContinuation { waiting[name, default: []].append($0) } }
        return reached.contains(name)
    }

    private func give(up name: String) {
        for continuation in waiting.removeValue(forKey: name) ?? [] { continuation.resume() }
    }
}
