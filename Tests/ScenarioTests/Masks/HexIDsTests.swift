import Testing
import WireFormats

@testable import Scenario

@Suite struct HexIDsTests {
    @Test func `sixteen hexadecimal digits are masked, fewer are not, and their number counts`() {
        #expect(Masking.name("\"0123456789abcdef\"", "\"fedcba9876543210\"") == "hex")
        #expect(Masking.name("\"x 0123456789abcdef.\"", "\"x fedcba9876543210.\"") == "hex")
        #expect(Masking.name("\"0123456789abcde\"", "\"fedcba987654321\"") == nil)
        #expect(Masking.name("\"0123456789abcdef\"", "\"fedcba98765432100\"") == nil)
        #expect(Masking.name("\"0123456789abcdefg\"", "\"fedcba9876543210g\"") == nil)
        #expect(Masking.name("\"1234567812345678\"", "\"1234567812345679\"") == nil)
    }
}
