import Testing
import WireFormats

@testable import Scenario

struct SubscribedToTests {
    private let subscription = SubscribedTo(
        JSONTree(#"{"toolsListChanged":true,"resourceSubscriptions":["memo://a"]}"#) ?? .null)

    @Test func `what was asked for is heard, and nothing else`() throws {
        func heard(_ text: String) throws -> Bool { subscription.heard(try #require(JSONTree(text))) != nil }
        #expect(try heard(#"{"method":"notifications/tools/list_changed"}"#))
        #expect(try !heard(#"{"method":"notifications/prompts/list_changed"}"#))
        #expect(try heard(#"{"method":"notifications/resources/updated","params":{"uri":"memo://a"}}"#))
        #expect(try !heard(#"{"method":"notifications/resources/updated","params":{"uri":"memo://b"}}"#))
    }

    @Test func `what both sides have is acknowledged`() throws {
        let recorded = try #require(
            JSONTree(
                #"""
                {"method":"notifications/subscriptions/acknowledged","params":{"notifications":
                {"toolsListChanged":true,"promptsListChanged":true,"resourceSubscriptions":["memo://b","memo://a"]}}}
                """#))
        #expect(
            subscription.heard(recorded)?["params"]?["notifications"]
                == JSONTree(#"{"toolsListChanged":true,"resourceSubscriptions":["memo://a"]}"#))
    }
}
