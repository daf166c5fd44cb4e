import Traffic
import WireFormats

/// A plan as text, as `replay --dry-run` prints it.
package enum PlanText {
    /// Lines without line ends.
    package static func lines(_ plan: ScenarioPlan) -> [String] {
        var lines = [headline(plan)]
        if let target = plan.recordedTarget { lines.append("recorded of \(target)") }
        if plan.listens { lines.append("listens to what the server says of itself") }
        let width = String(max(plan.steps.count, 1)).count
        let cancelled = Set(plan.steps.compactMap { if case .cancel(let step, _) = $0.kind { step } else { nil } })
        var told = 0
        for step in plan.steps {
            lines.append(self.step(step, told, width: width, isCancelled: cancelled.contains(step.number)))
            told = max(told, step.told)
        }
        lines.append(ending(plan.ending))
        lines += questions(plan.questions)
        if !plan.links.isEmpty {
            lines.append(
                "\(PlanNotes.count(plan.links.count, "value")) of the live server will stand for recorded ones (--explain)"
            )
        }
        lines += plan.requirements.map(requirement)
        lines += plan.notes.map { "note: \($0)" }
        return lines
    }

    private static func headline(_ plan: ScenarioPlan) -> String {
        let speaks = [plan.dialect.rawValue, plan.revision].compactMap { $0 }.joined(separator: ", ")
        let calls = plan.steps.count { $0.call != nil && $0.skipped == nil }
        let skipped = plan.steps.count { $0.skipped != nil }
        let rest = skipped > 0 ? ", \(skipped) skipped" : ""
        return "\(PlanNotes.count(calls, "call")) in \(PlanNotes.count(plan.steps.count, "step"))\(rest), \(speaks)"
    }

    /// `  3  +1.250s  after 1, 2  tools/call search  (destructive)`
    private static func step(_ step: ScenarioStep, _ told: Int, width: Int, isCancelled: Bool) -> String {
        let number = String(repeating: " ", count: max(width - String(step.number).count, 0)) + String(step.number)
        let after = after(step, told)
        let skipped = step.skipped.map { "  skipped: \($0)" } ?? ""
        return
            "\(number)  +\(seconds(step.thinkNs))  \(after)  \(what(step.kind, isCancelled: isCancelled))\(skipped)"
    }

    /// `told`: how many notifications had come before an earlier step.
    private static func after(_ step: ScenarioStep, _ told: Int) -> String {
        let named = step.after.suffix(4).map(String.init).joined(separator: ", ")
        let notifications = step.told > told ? PlanNotes.count(step.told, "notification") : nil
        let steps =
            step.after.isEmpty
            ? step.afterThoseOf.map { "the same as \($0)" }
            : (step.after.count > 4 || step.afterThoseOf != nil ? "…, " : "") + named
        let all = [steps, notifications].compactMap(\.self).joined(separator: " and ")
        return all.isEmpty ? "at once" : "after \(all)"
    }

    static func what(_ kind: ScenarioStep.Kind, isCancelled: Bool = false) -> String {
        switch kind {
        case .call(let call): return title(call) + remarks(call, isCancelled)
        case .listen(let call): return title(call) + "  (its stream stays open)"
        case .notification(let body):
            return JSONTree(body)?["method"]?.string.map { "\($0)" } ?? "a notification"
        case .cancel(let step, let heard):
            return "cancel \(step)" + (heard > 0 ? ", after \(PlanNotes.count(heard, "message")) of it" : "")
        case .cutStream(let step, let heard):
            let stream = step.map { "the stream of \($0)" } ?? "the listening stream"
            return "leave \(stream) after \(PlanNotes.count(heard, "event")), and come back"
        }
    }

    static func title(_ call: CallStep) -> String { call.name.map { "\(call.method) \($0)" } ?? call.method }

    private static func remarks(_ call: CallStep, _ isCancelled: Bool) -> String {
        var remarks: [String] = []
        if call.isDestructive { remarks.append("destructive") }
        if !call.rounds.isEmpty { remarks.append(PlanNotes.count(call.rounds.count, "round") + " of input") }
        if case .poll(let until, _) = call.tasks { remarks.append("until \(until.first ?? "it is over")") }
        if !call.isAnswered, !isCancelled { remarks.append("not waited for") }
        return remarks.isEmpty ? "" : "  (\(remarks.joined(separator: ", ")))"
    }

    private static func ending(_ ending: ScenarioPlan.Ending) -> String {
        "then +\(seconds(ending.thinkNs))  \(ending.deletes ? "deletes the session" : "leaves")"
    }

    private static func questions(_ questions: [RecordedQuestion]) -> [String] {
        var counts: [(method: String, count: Int)] = []
        for question in questions {
            if let place = counts.firstIndex(where: { $0.method == question.method }) {
                counts[place].count += 1
            } else {
                counts.append((question.method, 1))
            }
        }
        return counts.map { "answers \($0.method) from the recording (\($0.count))" }
    }

    private static func requirement(_ requirement: Requirement) -> String {
        switch requirement.place {
        case .header(let name): "needs: header \(name), which was masked when it was recorded"
        case .query(let name): "needs: query item \(name), which was masked when it was recorded"
        case .body(let step, let path): "needs: \(path) of step \(step), which was masked when it was recorded"
        }
    }

    static func seconds(_ ns: Int64) -> String {
        let ms = (ns + 500_000) / 1_000_000
        let rest = String(1000 + ms % 1000).dropFirst()
        return "\(ms / 1000).\(rest)s"
    }
}
