import Testing

@testable import Scenario

@Suite struct CountedNotificationTests {
    @Test(arguments: [
        ("notifications/tools/list_changed", true), ("notifications/resources/updated", true),
        ("notifications/elicitation/complete", true), ("vendor/changed", true), ("notifications/progress", false),
        ("notifications/message", false), ("notifications/tasks/status", false), ("notifications/cancelled", false),
    ])
    func `changes are counted, and what comes more or less often is not`(_ method: String, _ counts: Bool) {
        #expect(CountedNotification.counts(method) == counts)
        #expect(CountedNotification.counts(Array(#"{"jsonrpc":"2.0","method":"\#(method)"}"#.utf8)) == counts)
        #expect(!CountedNotification.counts(nil as String?))
    }
}
