import Testing

@testable import Scenario

@Suite struct MaskFileTests {
    @Test func `rules are the same whatever their reason`() throws {
        let rules = try MaskFile.rules(
            in: """
                tools/call a $.result.n ~ number  # differs: 1, 2
                tools/call a $.result.n ~ number  # differs: 3, 4
                tools/call a $.result.n ~ string  # differs: 1, 2
                """)
        #expect(rules[0].isSame(as: rules[1]) && rules[0] != rules[1] && !rules[0].isSame(as: rules[2]))
    }
}
