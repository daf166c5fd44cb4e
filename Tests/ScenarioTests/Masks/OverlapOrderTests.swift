import Testing
import WireFormats

@testable import Scenario

@Suite struct OverlapOrderTests {
    @Test func `what overlapping calls log on one stream may come in any order, and nothing else`() {
        var context = MaskContext()
        var difference = Masking.difference("1", "2", at: "$", method: "notifications/message")
        difference.place = .notification(1)
        difference.aspect = .order
        #expect(MaskSet().name(of: difference, in: context) == nil)
        context.hasOverlap = true
        #expect(MaskSet().name(of: difference, in: context) == "overlap")
        difference.method = "notifications/resources/updated"
        #expect(MaskSet().name(of: difference, in: context) == nil)
        difference.method = "notifications/message"
        difference.aspect = .value
        #expect(MaskSet().name(of: difference, in: context) == nil)
    }
}
