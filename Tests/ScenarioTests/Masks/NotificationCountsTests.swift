import Testing
import WireFormats

@testable import Scenario

@Suite struct NotificationCountsTests {
    @Test func `progress and logs may be more or fewer, changes of lists may not`() {
        var difference = Masking.difference("1", "2", at: "$", method: "notifications/progress")
        difference.aspect = .count
        #expect(MaskSet().name(of: difference) == "notification-counts")
        difference.method = "notifications/message"
        #expect(MaskSet().name(of: difference) == "notification-counts")
        difference.method = "notifications/tools/list_changed"
        #expect(MaskSet().name(of: difference) == nil)
        difference.method = "notifications/progress"
        difference.aspect = .value
        #expect(MaskSet().name(of: difference) == nil)
    }
}
