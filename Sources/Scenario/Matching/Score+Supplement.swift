import Traffic
import WireFormats

/// What a session lacks, from others.
extension Score {
    /// The same with the answered calls of other sessions behind its own, as its own server would have given them:
    /// at its path and in its dialect. Handshakes, subscriptions, and what only the other dialect can say stay out.
    package func supplemented(by others: [Score]) -> Score {
        var supplement = Supplement(self)
        for other in others { supplement.add(other) }
        return Score(
            session: session, name: name, dialect: dialect, revision: revision, wireID: wireID, cues: supplement.cues,
            minted: others.reduce(minted) { $0.union($1.minted) })
    }
}

/// Translates the cues of other sessions into one.
private struct Supplement {
    private(set) var cues: [Cue]
    private let dialect: Dialect?
    private let model: Cue?
    /// The cue of the stream that all which the server says takes, where the dialect has such a one.
    private let listening: Int?

    private static let apart: Set<String> = ["initialize", "server/discover", "subscriptions/listen", "ping"]

    init(_ score: Score) {
        cues = score.cues
        dialect = score.dialect
        model = score.cues.first { $0.kind == .request && ($0.status ?? 400) < 400 }
        listening = score.cues.first { $0.kind == .listen }?.index
    }

    mutating func add(_ other: Score) {
        guard let model else { return }
        for cue in other.cues {
            switch cue.kind {
            case .request:
                guard !Self.apart.contains(cue.message?["method"]?.string ?? "initialize"),
                    let acts = translated(cue, of: other.dialect)
                else { continue }
                append(cue, acts, like: model)
            case .answer: append(cue, [Self.accepted(at: cue.atNs)], like: model)
            default: continue
            }
        }
    }

    private mutating func append(_ cue: Cue, _ acts: [Act], like model: Cue) {
        var copy = Cue(
            index: cues.count, exchange: cue.exchange, kind: cue.kind, httpMethod: "POST", target: model.target,
            message: cue.message, body: cue.body, trait: model.trait, atNs: cue.atNs, status: acts.first?.status,
            isListening: false)
        copy.acts = acts
        cues.append(copy)
    }

    /// Nil where the call was not answered, or not so that this dialect can say it.
    private func translated(_ cue: Cue, of other: Dialect?) -> [Act]? {
        let said = Self.said(upon: cue)
        guard let answer = said.last, answer.isAnswer else { return nil }
        if dialect != .stateless, answer.tree["result"]?["resultType"]?.string == "input_required" { return nil }
        if dialect == .stateless || dialect == .broadcast, said.contains(where: { $0.act.question != nil }) {
            return nil
        }
        return laid(said, at: cue.atNs)
    }

    private func laid(_ said: [Said], at time: Int64) -> [Act]? {
        let isApart = dialect == .httpSSE || dialect == .broadcast
        guard !isApart || listening != nil else { return nil }
        guard dialect != .httpSSE else {
            return [Self.accepted(at: time)] + said.map { event($0, at: .stream(cue: listening ?? 0)) }
        }
        let before = said.dropLast().map { event($0, at: isApart ? .stream(cue: listening ?? 0) : .own(segment: 0)) }
        guard let answer = said.last else { return nil }
        guard !isApart, !before.isEmpty else {
            let head = Act.Head(status: 200, fields: [.init(name: "Content-Type", value: "application/json")])
            var act = answer.act
            act.what = .respond(head, body: dressed(answer.tree).serialized())
            act.place = .own(segment: 0)
            return before + [act]
        }
        let head = Act.Head(
            status: 200,
            fields: [
                .init(name: "Content-Type", value: "text/event-stream"),
                .init(name: "Cache-Control", value: "no-cache"),
            ])
        let end = Act(what: .close(isAbrupt: false), place: .own(segment: 0), atNs: answer.act.atNs)
        return [Act(what: .open(head), place: .own(segment: 0), atNs: time)] + before
            + [event(answer, at: .own(segment: 0)), end]
    }

    private func event(_ said: Said, at place: Act.Place) -> Act {
        var act = said.act
        let data = (said.isAnswer ? dressed(said.tree) : said.tree).serialized()
        act.what = .event(Act.Event(type: "message", data: data, isMessage: true))
        act.place = place
        return act
    }

    /// Results of MCP 2026-07-28 say what kind they are of.
    private func dressed(_ answer: JSONTree) -> JSONTree {
        guard dialect == .stateless, var result = answer["result"], result["resultType"] == nil else { return answer }
        result.set("resultType", .string("complete"))
        return answer.setting(["result"], to: result)
    }

    private static func accepted(at time: Int64) -> Act {
        Act(what: .respond(Act.Head(status: 202, fields: []), body: []), place: .own(segment: 0), atNs: time)
    }
}

/// A message of the server, with what it waited for.
private struct Said {
    let tree: JSONTree
    var act: Act

    var isAnswer: Bool { tree["method"] == nil }
}

extension Supplement {
    /// What the server said upon a cue up to the answer. Pauses of what is left out are added to what follows.
    fileprivate static func said(upon cue: Cue) -> [Said] {
        var said: [Said] = []
        var pause: Int64 = 0
        for act in cue.acts {
            pause += act.delayNs
            guard let tree = act.message, tree.elements == nil else { continue }
            var act = act
            act.delayNs = pause
            act.after = nil
            act.behind = []
            pause = 0
            said.append(Said(tree: tree, act: act))
            if tree["method"] == nil { return said }
        }
        return said
    }
}

extension Act {
    /// The JSON-RPC message that it is or carries.
    fileprivate var message: JSONTree? {
        switch what {
        case .respond(_, let body):
            guard let tree = JSONTree(body), tree["result"] != nil || tree["error"] != nil else { return nil }
            return tree
        case .event(let event): return event.isMessage ? event.data.flatMap { JSONTree($0) } : nil
        case .open, .close: return nil
        }
    }

    fileprivate var status: Int? {
        switch what {
        case .respond(let head, _), .open(let head): head.status
        case .event, .close: nil
        }
    }
}
