import Traffic
import WireFormats

/// Which live call is which recorded one.
struct CallPairing {
    private(set) var pairs: [ComparisonRun.Pair] = []
    /// `initialize` and `server/discover`, where both sides have an answer to them. How often they are sent, and
    /// which of them, is up to the client.
    private(set) var handshakes: [ComparisonRun.Pair] = []
    private(set) var missing: [CallRow] = []
    private(set) var extra: [CallRow] = []

    private static let handshakeMethods = ["initialize", "server/discover"]

    /// A replay, which knows what it sent. Polls for tasks go at the live server's pace, so only what became of each
    /// task is compared.
    init(_ old: SessionContents, _ new: SessionContents, given: [Int64: Int64], skipping: Set<Int64>) {
        pairHandshakes(old, new)
        let live = Dictionary(new.calls.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let used = Set(given.values)
        for call in Self.compared(old) where !skipping.contains(call.id) {
            if let other = given[call.id].flatMap({ live[$0] }) {
                pairs.append(ComparisonRun.Pair(call, other))
            } else {
                missing.append(call)
            }
        }
        extra = Self.compared(new).filter { !used.contains($0.id) }
        pairPolls(old, new)
    }

    /// Two conversations that know nothing of each other: calls of one method and name that ask for the same, in
    /// their order; then, in their order, those that ask for something else.
    init(_ old: SessionContents, _ new: SessionContents, masks: MaskSet) throws(StoreFailure) {
        pairHandshakes(old, new)
        // Slices, whose first element goes without moving the others.
        var byRequest: [Request: ArraySlice<CallRow>] = [:]
        for call in Self.compared(new) { byRequest[try Request(call, new), default: []].append(call) }
        var partners: [Int64: CallRow] = [:]
        for call in Self.compared(old) {
            let request = try Request(call, old)
            if let other = byRequest[request]?.popFirst() { partners[call.id] = other }
        }
        var byLabel = Dictionary(grouping: byRequest.values.joined().sorted { $0.id < $1.id }, by: \.label)
            .mapValues { $0[...] }
        for call in Self.compared(old) {
            if let other = partners[call.id] {
                pairs.append(ComparisonRun.Pair(call, other))
            } else if let other = byLabel[call.label]?.popFirst() {
                pairs.append(ComparisonRun.Pair(call, other))
            } else {
                missing.append(call)
            }
        }
        extra = byLabel.values.joined().sorted { $0.id < $1.id }
        pairPolls(old, new)
    }

    /// What a call asks for.
    private struct Request: Hashable {
        let label: String
        let params: JSONTree?

        init(_ call: CallRow, _ contents: SessionContents) throws(StoreFailure) {
            label = call.label
            let tree = try contents.requests[call.id].map { row throws(StoreFailure) in try contents.tree(of: row) }
            guard case .object(let members)? = tree??["params"] else {
                params = nil
                return
            }
            let own: Set<String> = ["_meta", "cursor", "requestState", "inputResponses"]
            params = .object(members.filter { !own.contains($0.key) })
        }
    }

    private static func compared(_ contents: SessionContents) -> [CallRow] {
        contents.calls.filter { $0.method != "ping" && !isPoll($0) && !handshakeMethods.contains($0.method) }
    }

    private static func isPoll(_ call: CallRow) -> Bool { call.method == "tasks/get" }

    private mutating func pairHandshakes(_ old: SessionContents, _ new: SessionContents) {
        for method in Self.handshakeMethods {
            let found = [old, new].map { $0.calls.last { $0.method == method && $0.status == .ok } }
            if let recorded = found[0], let live = found[1] { handshakes.append(ComparisonRun.Pair(recorded, live)) }
        }
    }

    /// The last poll of each task, tasks in the order in which they were first asked after.
    private mutating func pairPolls(_ old: SessionContents, _ new: SessionContents) {
        let (recorded, live) = (Self.lastPolls(old), Self.lastPolls(new))
        for (one, other) in zip(recorded, live) { pairs.append(ComparisonRun.Pair(one, other)) }
    }

    private static func lastPolls(_ contents: SessionContents) -> [CallRow] {
        var order: [String] = []
        var last: [String: CallRow] = [:]
        for call in contents.calls where isPoll(call) {
            let task = call.taskID ?? call.name ?? ""
            if last.updateValue(call, forKey: task) == nil { order.append(task) }
        }
        return order.compactMap { last[$0] }
    }
}
