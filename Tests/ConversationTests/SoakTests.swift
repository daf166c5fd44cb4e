import Testing
import WireFormats

@testable import Conversation

/// Anything, in any order.
@Suite struct SoakTests {
    @Test(arguments: Dialect.allCases, [UInt64](1...6))
    func `whatever happens, what must hold holds`(dialect: Dialect, seed: UInt64) throws {
        var chance = Chance(seed)
        for _ in 0..<12 {
            let script = try Self.script(dialect, &chance)
            var owed: [UInt32] = []
            var ended: [UInt32: Int] = [:]
            script.observe = { action, _ in
                switch action {
                case .message(.answer, _, let call, _, _), .failed(let call, _, _, _): ended[call, default: 0] += 1
                default: break
                }
            }
            for step in 0..<400 {
                if let call = try Self.disturb(script, &chance, step) { owed.append(call) }
                try Self.check(script)
            }
            script.close()
            script.wait(10)
            #expect(script.isClosed && script.due == nil)
            #expect(owed.allSatisfy { ended[$0] == 1 }, "\(script.lines.suffix(30).joined(separator: "\n"))")
        }
    }

    private static func script(_ dialect: Dialect, _ chance: inout Chance) throws -> Script {
        let policy = ConversationSettings.Reconnection(
            initial: Sample.second, attempts: chance.below(2) == 0 ? nil : Int(chance.below(4)))
        let script = Script(
            try Sample.settings(
                chance.below(3) == 0 ? ConversationSettings.detection : [dialect], own: chance.below(2) == 0,
                callTimeout: chance.below(2) == 0 ? nil : 20 * Sample.second,
                stall: chance.below(2) == 0 ? .always(silence: 15 * Sample.second) : .onceAlive(silence: Sample.second),
                reconnection: policy, maximumWaiting: 20, maximumMessage: 2000), seed: chance.below(.max))
        script.open()
        if chance.below(2) == 0 { _ = try? script.send(Sample.initialize) }
        return script
    }

    /// Does something at random; gives the number of a call that was taken.
    private static func disturb(_ script: Script, _ chance: inout Chance, _ step: Int) throws -> UInt32? {
        let newest = script.requests.keys.max() ?? 1
        // Mostly one of those that live, sometimes one that is over or never was.
        let exchange = UInt32(max(0, Int(newest) + 2 - Int(chance.below(9))))
        switch chance.below(14) {
        case 0...3: script.body(exchange, text(for: script.requests[exchange], &chance))
        case 4...6:
            let status = [200, 200, 200, 200, 202, 204, 400, 401, 404, 405, 409, 500, 503][Int(chance.below(13))]
            if status != 401 || chance.below(20) == 0 {
                let session = chance.below(2) == 0 ? "s\(step)" : ""
                script.head(exchange, status, chance.below(2) == 0 ? .json : .eventStream, session: session)
            }
        case 7, 8: script.end(exchange, [.complete, .cut, .notSent][Int(chance.below(3))])
        case 9: script.wait(Double(chance.below(4000)) / 1000)
        case 10:
            script.cancel(UInt32(chance.below(UInt64(script.pendingCalls + 10))))
        case 11: _ = try? script.send(Sample.result(#""input-\#(chance.below(9))-1-0""#))
        case 12: _ = try? script.send(Sample.notification("notifications/initialized"))
        default:
            let methods = ["tools/call", "ping", "resources/subscribe", "subscriptions/listen", "logging/setLevel"]
            let method = methods[Int(chance.below(5))]
            return (try? script.post(Sample.request("\(step)", method, #"{"name":"n","uri":"u","level":"info"}"#)))?
                .call
        }
        return nil
    }

    private static func text(for request: Script.Request?, _ chance: inout Chance) -> String {
        let about = ActionText.about(request?.body ?? "").split(separator: " ")
        let id = about.count > 1 ? String(about[1]) : "\(chance.below(100))"
        let asking = #"{"resultType":"input_required","requestState":"s","inputRequests":{"k":{"method":"m"}}}"#
        let messages = [
            Sample.result(id), Sample.result(id, Sample.initializeResult()), Sample.result(id, Sample.discovery()),
            Sample.result(id, asking), Sample.error(id, -32601), Sample.request(id, "ping"),
            Sample.request(id, "roots/list"), Sample.notification("notifications/subscriptions/acknowledged"),
            Sample.notification("notifications/progress"), "[\(Sample.result(id)),1]", "", "{", "/endpoint?x=\(id)",
        ]
        let message = messages[Int(chance.below(UInt64(messages.count)))]
        switch chance.below(6) {
        case 0: return message
        case 1: return Sample.event(message, id: id, retry: Int(chance.below(3000)))
        case 2: return Sample.event(message, type: "endpoint")
        case 3: return ": \(id)\r\n\r\n"
        case 4: return String(repeating: "x", count: Int(chance.below(900)))
        default: return Sample.event(message)
        }
    }

    private static func check(_ script: Script) throws {
        let next = script.machine.nextDeadline
        try #require(next > script.now, "due \(script.now - next) ns ago\n\(script.lines.suffix(10))")
        let calls = script.machine.calls
        let exchanges = script.machine.exchanges
        try #require(Set(calls.map(\.number)).count == calls.count)
        let numbers = exchanges.map(\.number).filter { $0 != 0 }
        try #require(Set(numbers).count == numbers.count)
        try #require(exchanges.allSatisfy { ($0.number == 0) == ($0.phase == .waiting) })
        try #require(exchanges.allSatisfy { $0.phase != .waiting || $0.deadline < .max })
        try #require(exchanges.count { $0.role == .listening && !$0.flags.contains(.isSuperseded) } <= 1)
        try #require(script.machine.rounds.allSatisfy { round in calls.contains { $0.number == round.call } })
        try #require(script.machine.waiting.count <= 20)
        try #require(calls.count { $0.flags.contains(.isHandshake) } <= 1)
        // Whatever waits for something is waited for with an end, or is on the wire, or is its owner's to answer.
        let machine = (script.isClosed, script.isOpen)
        try #require(!machine.0 || calls.isEmpty && exchanges.isEmpty && next == .max)
        let held = exchanges.reduce(0) { $0 + $1.body.count + $1.parser.heldBytes + $1.lastEventID.count }
        try #require(held <= exchanges.count * 70_000)
    }
}

/// A little chance, the same each time.
struct Chance {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func below(_ limit: UInt64) -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return (state >> 11) % max(limit, 1)
    }
}
