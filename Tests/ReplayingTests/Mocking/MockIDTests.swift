import Testing

@testable import Replaying

struct MockIDTests {
    @Test func `an id has the form of the recorded one and is another`() throws {
        let recorded = "evt-99bb52465767a6e2d77b6e5e5767f9e2"
        let made = MockID.make(like: recorded)
        #expect(made != recorded && made.hasPrefix("evt-") && made.count == recorded.count)
        #expect(made != MockID.make(like: recorded))
    }

    @Test func `what is too short to be made anew becomes 32 digits`() {
        for recorded in [nil, "", "unknown", "7", "0_12"] { #expect(MockID.make(like: recorded).count == 32) }
        #expect(!MockID.isLong("0_12") && MockID.isLong("99bb52465767a6e2"))
    }
}
