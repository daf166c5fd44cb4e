import Testing
import WireFormats

@testable import Scenario

struct LiveNamesTests {
    private func live(
        _ message: String, recorded: String, asked: String
    ) throws -> JSONTree? {
        var names = LiveNames()
        names.learn(recorded: try #require(JSONTree(recorded)), live: try #require(JSONTree(asked)))
        return names.live(try #require(JSONTree(message)))
    }

    @Test func `an answer has the live id`() throws {
        let answer = try live(
            #"{"jsonrpc":"2.0","id":1,"result":{"id":1}}"#, recorded: #"{"id":1,"method":"ping"}"#,
            asked: #"{"id":"a","method":"ping"}"#)
        #expect(answer == JSONTree(#"{"jsonrpc":"2.0","id":"a","result":{"id":1}}"#))
    }

    @Test func `progress has the live token, and is not sent to who asked for none`() throws {
        let recorded = #"{"id":1,"method":"tools/call","params":{"_meta":{"progressToken":5}}}"#
        let progress = #"{"method":"notifications/progress","params":{"progressToken":5,"progress":1}}"#
        let live = try live(
            progress, recorded: recorded,
            asked: #"{"id":2,"method":"tools/call","params":{"_meta":{"progressToken":"t"}}}"#)
        #expect(live?["params"]?["progressToken"] == .string("t"))
        #expect(try self.live(progress, recorded: recorded, asked: #"{"id":2,"method":"tools/call"}"#) == nil)
    }

    @Test func `a subscription is named by the live request`() throws {
        let key = "io.modelcontextprotocol/subscriptionId"
        let heard = try live(
            #"{"method":"notifications/tools/list_changed","params":{"_meta":{"\#(key)":"l1"}}}"#,
            recorded: #"{"id":"l1","method":"subscriptions/listen"}"#,
            asked: #"{"id":9,"method":"subscriptions/listen"}"#)
        #expect(heard?["params"]?["_meta"]?[key] == .number(JSONNumber(9)))
    }

    @Test(arguments: [
        ("2025-06-18", "2025-11-25", "2025-06-18"), ("2025-11-25", "2025-06-18", "2025-06-18"),
        ("2099-01-01", "2025-11-25", "2025-11-25"), ("2025-03-26", "2025-03-26", "2025-03-26"),
    ])
    func `the revision is negotiated`(_ asked: String, _ recorded: String, _ answered: String) {
        #expect(LiveNames.negotiated(asked: asked, recorded: recorded) == answered)
    }
}
