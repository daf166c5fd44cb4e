import Scenario
import Testing
import WireFormats

@Suite struct RequirementTests {
    @Test func `a secret is asked for by the last name that leads to it`() throws {
        let path = try #require(JSONPath("$.params.arguments.passwords[0]"))
        #expect(Requirement(place: .body(step: 3, path), mask: "hmac:00").name == "passwords")
        #expect(Requirement(place: .header("authorization"), mask: "hmac:00").name == "authorization")
    }
}
