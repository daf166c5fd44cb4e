import Testing
import WireFormats

@testable import Scenario

@Suite struct NamedItemTests {
    private static func answer(_ items: [(name: String, handle: String)]) -> String {
        let texts = items.map { #"{"name":"\#($0.name)","handle":"\#($0.handle)"}"# }
        return #"{"items":[\#(texts.joined(separator: ","))]}"#
    }

    /// A plan in which the second call sends the handle of the element `b` of the first one's answer.
    private static func plan(_ answer: String) throws -> ScenarioPlan {
        let session = MadeUpSession()
        session.call("tools/call", #"{"name":"find"}"#, answer: answer, from: 0, to: 5)
        session.call(
            "tools/call", #"{"name":"use","arguments":{"handle":"h-22bb02"}}"#, answer: "{}", from: 10, to: 20)
        return try session.plan()
    }

    private static func sent(_ plan: ScenarioPlan, after live: String) throws -> String? {
        var remap = Remap(plan)
        remap.learn(step: 0, answer: try #require(JSONTree(#"{"result":\#(live)}"#)))
        let body = try #require(JSONTree(remap.body(ofStep: 1, liveID: .null)))
        return body["params"]?["arguments"]?["handle"]?.string
    }

    @Test func `an element whose place has changed is found by its name`() throws {
        let plan = try Self.plan(Self.answer([("a", "h-11aa01"), ("b", "h-22bb02")]))
        #expect(plan.links.first?.fromItems == [NamedItem(depth: 2, key: "name", name: .string("b"))])
        let live = Self.answer([("b", "h-live-b"), ("new", "h-live-new"), ("a", "h-live-a")])
        #expect(try Self.sent(plan, after: live) == "h-live-b")
        #expect(LinkText.lines(plan)[1].contains(#"$.result.items[1].handle (of the element whose name is "b"): "#))
    }

    @Test func `within JSON in a text too`() throws {
        let text = { (items: [(String, String)]) in
            #"{"content":[{"type":"text","text":\#(JSONTree.string(Self.answer(items)).text)}]}"#
        }
        let plan = try Self.plan(text([("a", "h-11aa01"), ("b", "h-22bb02")]))
        #expect(try Self.sent(plan, after: text([("b", "h-live-b"), ("a", "h-live-a")])) == "h-live-b")
    }

    @Test func `where nobody is called so any more the place counts`() throws {
        let plan = try Self.plan(Self.answer([("a", "h-11aa01"), ("b", "h-22bb02")]))
        #expect(try Self.sent(plan, after: Self.answer([("x", "h-live-x"), ("y", "h-live-y")])) == "h-live-y")
    }

    @Test func `a name that two share, or that is the value itself, is none`() throws {
        let shared = try Self.plan(Self.answer([("b", "h-11aa01"), ("b", "h-22bb02")]))
        #expect(shared.links.first?.fromItems == [])
        let own = try Self.plan(#"{"items":[{"id":"h-11aa01"},{"id":"h-22bb02"}]}"#)
        #expect(own.links.first?.fromItems == [])
    }
}
