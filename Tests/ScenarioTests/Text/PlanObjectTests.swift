import TestSupport
import Testing
import WireFormats

@testable import Scenario

@Suite struct PlanObjectTests {
    @Test func `a plan is one object, with places and times for machines`() throws {
        let session = MadeUpSession()
        session.call("tools/call", #"{"name":"open"}"#, answer: #"{"door":"d-1f2e3d"}"#, from: 0, to: 5)
        session.call(
            "tools/call", #"{"name":"enter","arguments":{"door":"d-1f2e3d","key":"hmac:0123456789abcdef"}}"#,
            answer: nil,
            from: 10, to: 90, status: .cancelled)
        session.notify("notifications/cancelled", #"{"requestId":2}"#, at: 40)
        let value = PlanObject.value(try session.plan())
        let read = { (path: String) in JSONPath(path).flatMap { value.value(at: $0) } }
        #expect(read("$.steps[1].after[0]")?.int == 0 && read("$.steps[1].think_ms") == JSONTree("5"))
        #expect(read("$.steps[1].request.params.name")?.string == "enter")
        #expect(read("$.steps[2].kind")?.string == "cancel" && read("$.steps[2].of")?.int == 1)
        #expect(read("$.links[0].from_path")?.string == "$.result.door" && read("$.links[0].to_step")?.int == 1)
        #expect(read("$.requirements[0].path")?.string == "$.params.arguments.key")
        #expect(JSONTree(value.serialized()) == value)
    }
}
