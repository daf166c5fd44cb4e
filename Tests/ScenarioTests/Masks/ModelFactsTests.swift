import Testing
import WireFormats

@testable import Scenario

@Suite struct ModelFactsTests {
    @Test func `which model wrote an answer and what it used means nothing`() {
        #expect(Masking.name("\"a\"", "\"b\"", at: "$.result.model") == "model-facts")
        #expect(Masking.name("1", "2", at: "$.result.usage.inputTokens") == "model-facts")
        #expect(Masking.name("1", "2", at: "$.result.structuredContent.usage.total") == "model-facts")
        #expect(Masking.name("\"a\"", "\"b\"", at: "$.result.structuredContent.model") == nil)
        #expect(Masking.name("1", "2", at: "$.result.usages") == nil)
    }
}
