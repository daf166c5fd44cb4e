import WireFormats

/// Puts live values in place of recorded ones, while a plan is driven: what the server gives is learned, what the client
/// sends is rewritten along the plan's links. Where the live server gave nothing at a link's place, the recorded value is
/// sent, and the link is named by `missed`.
///
/// Session ids, endpoints, event ids, cookies and header fields that repeat the body are not its business.
package struct Remap: Sendable {
    private let plan: ScenarioPlan
    /// Places among the links.
    private let given: [Link.Source: [Int]]
    private let taken: [Int: [Int]]
    /// By place of the link.
    private var live: [Int: JSONTree] = [:]
    private var learned: Set<Link.Source> = []
    /// What stands for masks, by mask.
    private var secrets: [String: String] = [:]
    private let masks: [Int: [(path: JSONPath, mask: String)]]

    package init(_ plan: ScenarioPlan) {
        self.plan = plan
        given = Dictionary(grouping: plan.links.indices) { plan.links[$0].from }
        taken = Dictionary(grouping: plan.links.indices) { plan.links[$0].toStep }
        var masks: [Int: [(path: JSONPath, mask: String)]] = [:]
        for requirement in plan.requirements {
            guard case .body(let step, let path) = requirement.place else { continue }
            masks[step, default: []].append((path, requirement.mask))
        }
        self.masks = masks
    }

    /// What stands for a secret that was masked in the recording.
    package mutating func supply(_ secret: String, for mask: String) { secrets[mask] = secret }

    /// Takes the live answer to a step: the whole message.
    package mutating func learn(step: Int, answer: JSONTree) { learn(.step(step), answer) }

    /// Takes the live answer that opened the conversation: the whole message.
    package mutating func learn(handshake answer: JSONTree) { learn(.handshake, answer) }

    private mutating func learn(_ source: Link.Source, _ answer: JSONTree) {
        guard let places = given[source] else { return }
        learned.insert(source)
        for place in places {
            let link = plan.links[place]
            let path = NamedItem.path(link.fromPath, of: link.fromItems, in: answer)
            guard let value = answer.value(at: path) else { continue }
            if let part = link.fromPart {
                live[place] = value.string.flatMap { part.find(in: $0, recorded: link.recordedValue) }.map {
                    .string($0)
                }
            } else if Self.isScalar(value) {
                live[place] = value
            }
        }
    }

    private static func isScalar(_ value: JSONTree) -> Bool {
        switch value {
        case .string, .number: true
        case .null, .bool, .array, .object: false
        }
    }

    /// The links of a step whose source was answered without the value.
    package func missed(ofStep step: Int) -> [Link] {
        (taken[step] ?? []).filter { live[$0] == nil && learned.contains(plan.links[$0].from) }.map { plan.links[$0] }
    }

    /// The request of a call, as it is to be sent under a live id. A progress token that was the id stays the id.
    package func body(ofStep step: Int, liveID: JSONTree) -> [UInt8] {
        guard plan.steps.indices.contains(step) else { return [] }
        let recorded: [UInt8]
        switch plan.steps[step].kind {
        case .call(let call), .listen(let call): recorded = call.body
        case .notification(let body): return rewritten(body, step)?.serialized() ?? body
        case .cancel, .cutStream: return []
        }
        if taken[step] == nil, masks[step] == nil { return Self.renumbered(recorded, liveID) }
        guard var body = rewritten(recorded, step) else { return recorded }
        if let token = body["params"]?["_meta"]?["progressToken"], token == body["id"] {
            body = body.replacing(at: Self.token, with: liveID)
        }
        body.set("id", liveID)
        return body.serialized()
    }

    /// The same bytes under another id: what most requests are.
    private static func renumbered(_ recorded: [UInt8], _ liveID: JSONTree) -> [UInt8] {
        let text = recorded.span.bytes
        guard let id = JSONScan.value(at: ["id"], in: text) else { return recorded }
        let token = JSONScan.value(at: ["params", "_meta", "progressToken"], in: text)
            .flatMap { recorded[$0] == recorded[id] ? $0 : nil }
        let new = liveID.serialized()
        var bytes = recorded
        for place in [id, token].compactMap(\.self).sorted(by: { $0.lowerBound > $1.lowerBound }) {
            bytes.replaceSubrange(place, with: new)
        }
        return bytes
    }

    private static let token = JSONPath.root.key("params").key("_meta").key("progressToken")

    private func rewritten(_ recorded: [UInt8], _ step: Int) -> JSONTree? {
        guard var body = JSONTree(recorded) else { return nil }
        let links = (taken[step] ?? []).filter { live[$0] != nil }
        for (path, places) in Dictionary(grouping: links, by: { plan.links[$0].toPath }) {
            guard let old = body.value(at: path) else { continue }
            let new = replaced(old, places)
            // JSON within a string would be written anew for nothing.
            if new.serialized() != old.serialized() { body = body.replacing(at: path, with: new) }
        }
        for (path, mask) in masks[step] ?? [] {
            if let secret = secrets[mask] { body = body.replacing(at: path, with: .string(secret)) }
        }
        return body
    }

    /// A number as a text, or a text as a number, where the client had it so.
    private static func cast(_ value: JSONTree, to old: JSONTree) -> JSONTree {
        switch (value, old) {
        case (.number(let number), .string): return .string(number.text)
        case (.string(let text), .number):
            guard case .number(let number)? = JSONTree(text) else { return value }
            return .number(number)
        default: return value
        }
    }

    /// All that lies in one string is replaced from its end on, so that places hold.
    private func replaced(_ old: JSONTree, _ places: [Int]) -> JSONTree {
        if let whole = places.first(where: { plan.links[$0].toPart == nil }) {
            return live[whole].map { Self.cast($0, to: old) } ?? old
        }
        guard case .string(let text) = old else { return old }
        var bytes = Array(text.utf8)
        let parts = places.map { (place: $0, start: plan.links[$0].toPart?.before.utf8.count ?? 0) }
        for (place, start) in parts.sorted(by: { $0.start > $1.start }) {
            let length = plan.links[place].recordedValue.string?.utf8.count ?? 0
            guard let new = live[place].flatMap({ Self.cast($0, to: old).string }), start + length <= bytes.count else {
                continue
            }
            bytes.replaceSubrange(start..<start + length, with: new.utf8)
        }
        return .string(String(decoding: bytes, as: UTF8.self))
    }
}
