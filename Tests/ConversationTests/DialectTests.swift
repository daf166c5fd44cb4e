import Conversation
import Testing

@Suite struct DialectTests {
    @Test func `there are four`() {
        #expect(Dialect.allCases.count == 4)
    }
}
