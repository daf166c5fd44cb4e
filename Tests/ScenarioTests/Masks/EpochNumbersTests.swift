import Testing
import WireFormats

@testable import Scenario

@Suite struct EpochNumbersTests {
    @Test func `a number that is the time is masked, in each unit and in texts`() {
        #expect(Masking.name("1795649057", "1795649060") == "epoch-time")
        #expect(Masking.name("1795649057.25", "1795649060.5") == "epoch-time")
        #expect(Masking.name("1795649057123", "1795649060123") == "epoch-time")
        #expect(Masking.name("1795649057123456789", "1795649060123456789") == "epoch-time")
        #expect(Masking.name("\"at 1795649057.\"", "\"at 1795649060.\"") == "epoch-time")
    }

    @Test func `other numbers, other units and what is around count`() {
        #expect(Masking.name("1195649057", "1195649060") == nil)
        #expect(Masking.name("1795649057", "1795649060123") == nil)
        #expect(Masking.name("12", "13") == nil)
        #expect(Masking.name("\"at 1795649057\"", "\"or 1795649060\"") == nil)
        #expect(Masking.name("\"order 1195649057\"", "\"order 1195649060\"") == nil)
    }
}
