import TestSupport
import Testing
import Traffic
import TrafficStore
import WireFormats

@testable import Scenario

/// The comparer's two laws, on every kept capture: equal conversations do not differ, and one change is found where it is
/// and nowhere else.
@Suite(.timeLimit(.minutes(5)))
struct KeptComparisonTests {
    @Test(arguments: KeptCapture.all)
    func `a session does not differ from itself`(_ capture: KeptCapture) throws {
        try KeptSessions.of(capture) { reader, ids in
            for id in ids {
                let calls = try reader.calls(ofSession: id).filter { $0.direction == .clientToServer }
                let same = Dictionary(uniqueKeysWithValues: calls.map { ($0.id, $0.id) })
                for pairs in [nil, same] {
                    let comparison = try Comparer(failOn: .any).compare(
                        recorded: reader, session: id, live: reader, sessions: [id], pairs: pairs)
                    #expect(comparison.divergences.map(\.path) == [])
                    #expect(comparison.calls.allSatisfy { $0.recordedID == $0.liveID })
                    let compared = Set(comparison.calls.map(\.recordedID))
                    #expect(calls.allSatisfy { compared.contains($0.id) || $0.isNotCompared }, "\(calls.map(\.method))")
                }
            }
        }
    }

    @Test(arguments: KeptCapture.all)
    func `each change of one value is found at its path, and nothing else is`(_ capture: KeptCapture) throws {
        var random = SeededGenerator(capture.name.utf8.count)
        try KeptSessions.of(capture) { reader, ids in
            for id in ids {
                var places = try Self.places(in: reader, session: id)
                places.shuffle(using: &random)
                for place in places.prefix(250) { try Self.check(place, reader, id) }
            }
        }
    }

    @Test(arguments: KeptCapture.all)
    func `two notifications that change places are found, and nothing else is`(_ capture: KeptCapture) throws {
        try KeptSessions.of(capture) { reader, ids in
            for id in ids {
                let told = try reader.messages(ofSession: id).filter {
                    $0.direction == .serverToClient && $0.kind == .notification && $0.duplicateOf == nil
                }
                for (one, other) in zip(told, told.dropFirst())
                where one.method == other.method && one.exchangeID == other.exchangeID {
                    let changed = ChangedArchive(reader)
                    changed.texts[one.id] = try reader.text(of: other).flatMap { JSONTree($0) }
                    changed.texts[other.id] = try reader.text(of: one).flatMap { JSONTree($0) }
                    guard changed.texts[one.id] != changed.texts[other.id] else { continue }
                    let comparison = try Comparer(failOn: .any).compare(
                        recorded: reader, session: id, live: changed, sessions: [id])
                    #expect(comparison.divergences.map(\.kind) == [.notification])
                    #expect(comparison.counted.count == 1)
                }
            }
        }
    }

    @Test(arguments: KeptCapture.all)
    func `200 ms more are found where time counts, and nothing else is`(_ capture: KeptCapture) throws {
        try KeptSessions.of(capture) { reader, ids in
            for id in ids {
                for call in try reader.calls(ofSession: id) where call.status == .ok && call.latencyMs != nil {
                    guard call.direction == .clientToServer, !call.isNotCompared else { continue }
                    let changed = ChangedArchive(reader)
                    changed.change = { row in
                        var row = row
                        if row.id == call.id { row.latencyMs = (row.latencyMs ?? 0) + 200 }
                        return row
                    }
                    let comparison = try Comparer(failOn: .any).compare(
                        recorded: reader, session: id, live: changed, sessions: [id])
                    #expect(comparison.divergences.map(\.path) == ["latency"])
                    #expect(comparison.divergences.map(\.recordedCallID) == [call.id])
                }
            }
        }
    }

    struct Place {
        let message: MessageRow
        let tree: JSONTree
        let path: JSONPath
        let value: JSONTree
        /// Of the call that it answers; the message's own otherwise.
        let method: String
    }

    /// Every value of what is compared: answers, notifications and questions of the server.
    private static func places(in reader: CaptureReader, session: Int64) throws -> [Place] {
        let calls = try reader.calls(ofSession: session)
        let answers = Dictionary(calls.map { ($0.responseID ?? 0, $0) }, uniquingKeysWith: { $1 })
        let lastHandshakes = ["initialize", "server/discover"].compactMap { method in
            calls.last { $0.method == method && $0.status == .ok }?.id
        }
        var places: [Place] = []
        for message in try reader.messages(ofSession: session) where message.direction == .serverToClient {
            guard message.duplicateOf == nil, message.method != "ping",
                let tree = try reader.text(of: message).flatMap({ JSONTree($0) })
            else { continue }
            var method = message.method ?? ""
            if message.method == nil {
                guard let call = answers[message.id], !call.isNotCompared || lastHandshakes.contains(call.id),
                    call.status != .cancelled
                else { continue }
                method = call.method
            }
            tree.forEachLeaf { path, value in
                guard let first = path.keys.first, ["result", "error", "params"].contains(first),
                    path.keys.last != "progressToken"
                else { return }
                places.append(Place(message: message, tree: tree, path: path, value: value, method: method))
            }
        }
        return places
    }

    private static func check(_ place: Place, _ reader: CaptureReader, _ session: Int64) throws {
        let changed = ChangedArchive(reader)
        let value = place.value.changed
        changed.texts[place.message.id] = place.tree.replacing(at: place.path, with: value)
        let comparison = try Comparer().compare(
            recorded: reader, session: session, live: changed, sessions: [session])
        let comment: Comment = "\(place.method) \(place.path): \(place.value.text)"
        let isName = place.path.description.contains(
            #/^\$\.result\.(tools|prompts|resources|resourceTemplates)\[\d+\]\.(name|uri|uriTemplate)$/#)
        if isName, comparison.divergences.count == 2 {
            let path = JSONPath(place.path.parts.dropLast()).description
            #expect(comparison.divergences.map(\.path) == [path, path], comment)
            return
        }
        let found = try #require(comparison.divergences.first, comment)
        #expect(comparison.divergences.count == 1, comment)
        #expect(
            found.path.split(separator: " ").last.map { String($0) } ?? "" == place.path.description.split(
                separator: " "
            ).last ?? "", comment)
        #expect(found.path.hasSuffix(place.path.description), comment)
        #expect(found.recorded == place.value.text && found.live == value.text, comment)
        let isSoft = isSoft(place) && place.value.kind == value.kind
        #expect((found.maskedBy != nil) == isSoft, comment)
        #expect(comparison.counted.count == (isSoft ? 0 : 1), comment)
    }

    /// The places that may change, told anew here so that a mask that grows is seen.
    private static func isSoft(_ place: Place) -> Bool {
        let keys = place.path.keys
        if keys.contains("_meta") { return true }
        let isHandshake = ["initialize", "server/discover"].contains(place.method)
        switch place.path.description {
        case "$.result.serverInfo.version", "$.result.instructions": return isHandshake
        case "$.result.ttlMs", "$.result.cacheScope", "$.result.nextCursor", "$.result.requestState": return true
        case "$.params.requestId": return true
        default: return false
        }
    }
}

extension CallRow {
    fileprivate var isNotCompared: Bool {
        ["ping", "initialize", "server/discover", "tasks/get"].contains(method)
    }
}

extension JSONTree {
    /// Another value; where it can be of the same type.
    fileprivate var changed: JSONTree {
        switch self {
        case .null, .array, .object: return .number(JSONNumber(7))
        case .bool(let value): return .bool(!value)
        case .number: return .number(JSONNumber((int ?? 0) + 1))
        case .string(let text):
            var characters = Array(text)
            guard !characters.isEmpty else { return .string("~") }
            let middle = characters.count / 2
            characters[middle] = characters[middle] == "~" ? "!" : "~"
            return .string(String(characters))
        }
    }
}
