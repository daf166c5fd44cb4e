import Testing
import WireFormats

@testable import Scenario

@Suite struct ListOrderTests {
    @Test func `lists of tools may come in any order, notifications may not`() {
        var difference = Masking.difference("[]", "[]", at: "$.result.tools", method: "tools/list")
        #expect(MaskSet().name(of: difference) == nil)
        difference.aspect = .order
        #expect(MaskSet().name(of: difference) == "list-order")
        difference.place = .notification(0)
        #expect(MaskSet().name(of: difference) == nil)
    }
}
