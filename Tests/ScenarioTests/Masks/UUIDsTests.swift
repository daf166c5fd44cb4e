import Testing
import WireFormats

@testable import Scenario

@Suite struct UUIDsTests {
    private let one = "01234567-89ab-cdef-0123-456789abcdef"
    private let other = "f1234567-89AB-cdef-0123-456789abcdef"

    @Test func `a UUID is masked, and what is around it is not`() {
        #expect(Masking.name("\"\(one)\"", "\"\(other)\"") == "uuid")
        #expect(Masking.name("\"id=\(one)!\"", "\"id=\(other)!\"") == "uuid")
        #expect(Masking.name("\"id=\(one)!\"", "\"id=\(other)?\"") == nil)
        #expect(Masking.name("\"\(one)0\"", "\"\(other)0\"") == nil)
        #expect(Masking.name("\"\(one)\"", "\"\(other.replacing("-", with: ""))\"") == nil)
    }

    @Test func `several kinds of things in one text are masked together`() {
        let (old, new) = ("\(one) at 2026-11-25T23:24:17Z", "\(other) at 2026-11-25T23:24:18Z")
        #expect(Masking.name("\"\(old)\"", "\"\(new)\"") == "time+uuid")
        #expect(Masking.name("\"\(old)\"", "\"\(new) \"") == nil)
    }
}
