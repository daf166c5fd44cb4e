import Testing
import Traffic
import WireFormats

@testable import Scenario

@Suite struct MaskLearningTests {
    private func session(_ load: String, _ count: Int, _ word: String = "load", told: String = "a") -> SpokenSession {
        let session = SpokenSession()
        session.call(
            "tools/call", "status",
            result:
                #"{"content":[{"type":"text","text":"\#(word) \#(load), up"}],"structuredContent":{"n":\#(count)}}"#,
            told: [("notifications/message", #"{"data":"\#(told)"}"#)])
        return session
    }

    @Test func `what differs between two runs is masked in a third, and nothing else is`() throws {
        let first = try Comparer().compare(session("0.12", 1), session("0.7", 2))
        #expect(first.counted.count == 2)
        let learned = MaskLearning.rules(from: first)
        #expect(learned.remaining.isEmpty)
        #expect(
            learned.rules.map(\.line) == [
                #"tools/call status $.result.content[0].text ~ "load 0.{number}, up"  # differs between two runs of the same server"#,
                "tools/call status $.result.structuredContent.n ~ number  # differs between two runs of the same server: 1, 2",
            ])
        let rules = try MaskFile.rules(in: MaskFile.text(of: learned.rules))
        let comparer = Comparer(masks: MaskSet(rules: rules))
        let third = try comparer.compare(session("0.12", 1), session("0.999", 17))
        #expect(third.counted.isEmpty && third.masked.count == 2)
        let changed = try comparer.compare(session("0.12", 1), session("0.999", 17, "Load"))
        #expect(changed.counted.map(\.path) == ["$.result.content[0].text"])
        let told = try comparer.compare(session("0.12", 1), session("0.999", 17, told: "b"))
        #expect(told.counted.map(\.path) == ["notifications[0] $.params.data"])
    }

    @Test func `of calls that differ alike one mask is learned`() throws {
        let (first, second) = (SpokenSession(), SpokenSession())
        for number in 0..<2 {
            first.call("resources/read", "stock", result: #"{"left":\#(number)}"#)
            second.call("resources/read", "stock", result: #"{"left":\#(number + 5)}"#)
        }
        let learned = MaskLearning.rules(from: try Comparer().compare(first, second))
        #expect(learned.rules.map(\.path.description) == ["$.result.left"] && learned.remaining.isEmpty)
    }

    @Test func `what no mask can take is left`() throws {
        let recorded = SpokenSession()
        let live = SpokenSession()
        recorded.call("tools/call", "a")
        recorded.call("tools/call", "b")
        live.call("tools/call", "a")
        let learned = MaskLearning.rules(from: try Comparer().compare(recorded, live))
        #expect(learned.rules.isEmpty)
        #expect(learned.remaining.map(\.kind) == [.missing])
    }

    @Test func `a member that comes and goes may do so`() throws {
        let recorded = SpokenSession()
        let live = SpokenSession()
        recorded.call("tools/call", "a", result: #"{"hint":1}"#)
        live.call("tools/call", "a", result: "{}")
        var comparison = try Comparer().compare(recorded, live)
        let learned = MaskLearning.rules(from: comparison)
        #expect(learned.rules.map(\.path.description) == ["$.result.hint"])
        comparison.mask(by: learned.rules)
        #expect(comparison.counted.isEmpty)
    }
}
