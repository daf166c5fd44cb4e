import Testing
import WireFormats

@testable import Scenario

@Suite struct CacheHintsTests {
    @Test func `how long an answer may be kept means nothing`() {
        #expect(Masking.name("1", "2", at: "$.result.ttlMs", method: "tools/list") == "cache-hints")
        #expect(Masking.name("\"private\"", "\"public\"", at: "$.result.cacheScope") == "cache-hints")
        #expect(Masking.name("1", "\"2\"", at: "$.result.ttlMs") == nil)
        #expect(Masking.name("1", "2", at: "$.result.structuredContent.ttlMs") == nil)
    }
}
