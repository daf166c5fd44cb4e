import Traffic
import WireFormats

extension ScenarioPlan {
    /// The plan as it is driven in another dialect. What cannot be said there is skipped, and what is said in another way
    /// is noted. The same plan where the dialect is that of the recording.
    package func adapted(to target: Dialect) -> ScenarioPlan {
        guard target != dialect else { return self }
        var plan = self
        plan.dialect = target
        plan.revision = nil
        for index in plan.steps.indices where plan.steps[index].skipped == nil {
            plan.steps[index].skipped = Self.obstacle(to: plan.steps[index].kind, in: target)
        }
        // Without sessions the server tells something only to those who ask for it.
        if dialect == .stateless || target == .stateless {
            for index in plan.steps.indices { plan.steps[index].told = 0 }
        }
        plan.skipWhatConcernsSkipped()
        plan.notes += plan.differences(from: dialect, to: target)
        plan.listens = target == .httpSSE || target == .broadcast || listens || hasSubscriptions
        return plan
    }

    private var hasSubscriptions: Bool {
        steps.contains { if case .listen = $0.kind { true } else { false } }
    }

    /// What is taken back, left or changed belongs to what is not there.
    mutating func skipWhatConcernsSkipped() {
        for index in steps.indices where steps[index].skipped == nil {
            switch steps[index].kind {
            case .cancel(let step, _), .cutStream(.some(let step), _):
                if steps[step].skipped != nil { steps[index].skipped = "step \(step) is skipped" }
            case .call, .listen, .notification, .cutStream(nil, _): break
            }
        }
        // What a call that is left out led to is not waited for.
        guard let told = steps.first(where: { $0.skipped != nil && $0.call != nil })?.told else { return }
        for index in steps.indices { steps[index].told = min(steps[index].told, told) }
    }

    private static func obstacle(to kind: ScenarioStep.Kind, in target: Dialect) -> String? {
        switch kind {
        case .notification where target == .stateless: return "2026-07-28 has no notifications of the client"
        case .cutStream where target != .streamable: return "\(target.rawValue) does not go on with a stream"
        case .listen where target != .stateless: return "the listening stream hears of changes without being asked to"
        case .call(let call):
            if target == .stateless, removed.contains(call.method) { return "2026-07-28 has no \(call.method)" }
            if target != .stateless, call.method == "server/discover" { return "only 2026-07-28 has server/discover" }
            return nil
        case .notification, .cutStream, .listen, .cancel: return nil
        }
    }

    /// What 2026-07-28 took away, but for what the client itself says in another way.
    private static let removed: Set<String> = ["tasks/list", "tasks/result"]

    private func differences(from dialect: Dialect, to target: Dialect) -> [String] {
        var notes: [String] = []
        let methods = Set(steps.lazy.filter { $0.skipped == nil }.compactMap { $0.call?.method })
        if target == .stateless {
            if methods.contains("ping") { notes.append("ping becomes server/discover") }
            if methods.contains("logging/setLevel") { notes.append("the log level goes along with every request") }
            if methods.contains("resources/subscribe") {
                notes.append("resources/subscribe becomes subscriptions/listen")
            }
            if !questions.isEmpty { notes.append("questions of the server come as rounds of the call") }
            if questions.contains(where: { $0.parentStep == nil }) {
                notes.append("questions that belong to no call cannot be asked")
            }
        }
        if dialect == .stateless {
            if questions.contains(where: { $0.key != nil }) {
                notes.append("rounds of input become questions of the server")
            }
            if hasSubscriptions { notes.append("updates of single resources are not subscribed to") }
            notes.append("what only 2026-07-28 puts into results differs: resultType, ttlMs, cacheScope")
        }
        if target == .broadcast, !questions.isEmpty { notes.append("broadcast has no questions of the server") }
        if target == .stateless || dialect == .stateless, methods.contains(where: { $0.hasPrefix("tasks/") }) {
            notes.append("tasks of 2025-11-25 and those of 2026-07-28 differ in how they are asked for")
        }
        return notes
    }
}
