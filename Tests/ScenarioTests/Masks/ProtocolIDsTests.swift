import Testing
import WireFormats

@testable import Scenario

@Suite struct ProtocolIDsTests {
    @Test func `what is given back unread means nothing where the protocol has it`() {
        for path in ["$.result.nextCursor", "$.result.requestState", "$.params.progressToken", "$.params.requestId"] {
            #expect(Masking.name("\"a\"", "\"b\"", at: path) == "protocol-ids")
            #expect(Masking.name("\"a\"", "1", at: path) == nil)
        }
        #expect(Masking.name("\"a\"", "\"b\"", at: "$.result.structuredContent.nextCursor") == nil)
        #expect(Masking.name("\"a\"", "\"b\"", at: "$.params.url", method: "elicitation/create") == "protocol-ids")
        #expect(Masking.name("\"a\"", "\"b\"", at: "$.params.message", method: "elicitation/create") == nil)
        #expect(Masking.name("\"a\"", "\"b\"", at: "$.result.inputRequests.x.params.elicitationId") == "protocol-ids")
        #expect(Masking.name("\"a\"", "\"b\"", at: "$.result.inputRequests.x.params.message") == nil)
    }

    @Test func `that there is another page counts`() {
        var difference = Masking.difference("\"a\"", "\"b\"", at: "$.result.nextCursor", method: "tools/list")
        difference.live = nil
        #expect(MaskSet().name(of: difference) == nil)
    }
}
