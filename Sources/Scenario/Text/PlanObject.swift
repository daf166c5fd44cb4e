import Traffic
import WireFormats

/// A plan as one JSON object, as `replay --dry-run --format json` prints it. Durations end in `_ms`.
package enum PlanObject {
    package static func value(_ plan: ScenarioPlan) -> JSONTree {
        object([
            ("session_id", number(plan.session.id)), ("target", text(plan.recordedTarget)),
            ("dialect", text(plan.dialect.rawValue)), ("revision", text(plan.revision)),
            ("listens", .bool(plan.listens)),
            ("steps", .array(plan.steps.map(step))), ("questions", .array(plan.questions.map(question))),
            ("links", .array(plan.links.map(link))), ("ending", ending(plan.ending)),
            ("requirements", .array(plan.requirements.map(requirement))),
            ("notes", .array(plan.notes.map { .string($0) })),
        ])
    }

    private static func step(_ step: ScenarioStep) -> JSONTree {
        var members: [(String, JSONTree?)] = [("step", .integer(step.number))]
        switch step.kind {
        case .call(let call): members += [("kind", .string("call"))] + facts(call)
        case .listen(let call): members += [("kind", .string("listen"))] + facts(call)
        case .notification(let body): members += [("kind", .string("notification")), ("message", JSONTree(body))]
        case .cancel(let of, let heard): members += [("kind", .string("cancel"))] + concern(of, heard)
        case .cutStream(let of, let heard): members += [("kind", .string("cut_stream"))] + concern(of, heard)
        }
        members += [
            ("after", .array(step.after.map { .integer($0) })),
            ("after_those_of", step.afterThoseOf.map { .integer($0) }), ("told", .integer(step.told)),
            ("think_ms", milliseconds(step.thinkNs)),
            ("offset_ms", milliseconds(step.recordedNs)), ("skipped", text(step.skipped)),
        ]
        return object(members)
    }

    private static func facts(_ call: CallStep) -> [(String, JSONTree?)] {
        var facts: [(String, JSONTree?)] = [
            ("call_id", number(call.callID)), ("method", .string(call.method)), ("name", text(call.name)),
            ("destructive", .bool(call.isDestructive)), ("answered", .bool(call.isAnswered)),
            ("rounds", .integer(call.rounds.count + 1)), ("request", JSONTree(call.body)),
        ]
        if case .poll(let until, let interval) = call.tasks {
            facts += [("until", .array(until.map { .string($0) })), ("interval_ms", milliseconds(interval))]
        }
        return facts
    }

    private static func concern(_ step: Int?, _ heard: Int) -> [(String, JSONTree?)] {
        [("of", step.map { .integer($0) }), ("heard", .integer(heard))]
    }

    private static func question(_ question: RecordedQuestion) -> JSONTree {
        var answer: (String, JSONTree?)
        switch question.answer {
        case .result(let bytes): answer = ("result", JSONTree(bytes))
        case .error(let bytes): answer = ("error", JSONTree(bytes))
        case .none: answer = ("result", nil)
        }
        return object([
            ("message_id", number(question.messageID)), ("method", .string(question.method)),
            ("key", text(question.key)),
            ("step", question.parentStep.map { .integer($0) }), ("params", question.params), answer,
            ("think_ms", milliseconds(question.thinkNs)),
        ])
    }

    private static func link(_ link: Link) -> JSONTree {
        var from: JSONTree?
        if case .step(let step) = link.from { from = .integer(step) }
        return object([
            ("from_step", from), ("from_path", .string(link.fromPath.description)),
            ("from_items", .array(link.fromItems.map(item))), ("from_part", .bool(link.fromPart != nil)),
            ("to_step", .integer(link.toStep)),
            ("to_path", .string(link.toPath.description)), ("to_part", .bool(link.toPart != nil)),
            ("recorded", link.recordedValue), ("reason", .string(link.reason)),
        ])
    }

    private static func item(_ item: NamedItem) -> JSONTree {
        object([("depth", .integer(item.depth)), ("key", .string(item.key)), ("is", item.name)])
    }

    private static func ending(_ ending: ScenarioPlan.Ending) -> JSONTree {
        object([
            ("deletes", .bool(ending.deletes)), ("after", .array(ending.after.map { .integer($0) })),
            ("think_ms", milliseconds(ending.thinkNs)),
        ])
    }

    private static func requirement(_ requirement: Requirement) -> JSONTree {
        switch requirement.place {
        case .header(let name): object([("header", .string(name)), ("mask", .string(requirement.mask))])
        case .query(let name): object([("query", .string(name)), ("mask", .string(requirement.mask))])
        case .body(let step, let path):
            object([
                ("step", .integer(step)), ("path", .string(path.description)),
                ("mask", .string(requirement.mask)),
            ])
        }
    }

    private static func object(_ members: [(String, JSONTree?)]) -> JSONTree {
        .object(members.map { JSONTree.Member($0.0, $0.1 ?? .null) })
    }

    private static func text(_ text: String?) -> JSONTree? { text.map { .string($0) } }
    private static func number(_ id: Int64) -> JSONTree { .integer(Int(id)) }

    /// To the microsecond.
    private static func milliseconds(_ ns: Int64) -> JSONTree {
        JSONTree("\(Double((ns + 500) / 1000) / 1e3)") ?? .null
    }
}
