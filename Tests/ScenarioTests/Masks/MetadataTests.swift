import Testing
import WireFormats

@testable import Scenario

@Suite struct MetadataTests {
    @Test func `whatever stands in _meta means nothing, as long as it keeps its type`() {
        #expect(Masking.name("1", "2", at: "$.result._meta.count") == "meta")
        #expect(Masking.name("1", "\"1\"", at: "$.result._meta.count") == nil)
        #expect(Masking.name("1", "2", at: "$.result.meta.count") == nil)
    }

    @Test func `there may be none`() {
        var difference = Masking.difference("{}", "{}", at: "$.result._meta")
        difference.recorded = nil
        #expect(MaskSet().name(of: difference) == "meta")
        difference.path = JSONPath("$.result.data") ?? .root
        #expect(MaskSet().name(of: difference) == nil)
    }
}
