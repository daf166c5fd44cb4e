import Testing
import WireFormats

@testable import Scenario

@Suite struct ServerIdentityTests {
    @Test func `version and instructions of the server mean nothing, its name does`() {
        func name(_ path: String, _ method: String = "initialize") -> String? {
            Masking.name("\"a\"", "\"b\"", at: path, method: method)
        }
        #expect(name("$.result.serverInfo.version") == "server-identity")
        #expect(name("$.result.instructions") == "server-identity")
        #expect(name("$.result.serverInfo.version", "server/discover") == "server-identity")
        #expect(name("$.result.serverInfo.name") == nil)
        #expect(name("$.result.protocolVersion") == nil)
        #expect(name("$.result.instructions", "tools/call") == nil)
        #expect(Masking.name("\"a\"", "1", at: "$.result.instructions", method: "initialize") == nil)
    }
}
