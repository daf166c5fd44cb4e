import Testing
import Traffic

@Suite struct FilterPatternTests {
    @Test(arguments: [
        ("echo", "echo", true), ("echo", "echo2", false), ("*", "", true), ("ec*", "echo", true),
        ("*ho", "echo", true), ("e*h*o", "echo", true), ("e*c*c*o", "echo", false), ("ab*ba", "aba", false),
        ("e**o", "echo", true), ("*x*", "echo", false), ("\"*\"", "*", true), ("\"*\"", "x", false),
        ("é", "e\u{301}", false), ("*a*b", "aabab", true), ("*ab", "aab", true), ("a*", "a\0b", true),
        ("*b", "a\0b", false), ("a", "a\0b", false),
    ])
    func `a star stands for any text, also for none`(pattern: String, name: String, isMatch: Bool) throws {
        var subject = FilterSubject(.request)
        subject.tool = name
        #expect(try Filter("tool:\(pattern)").matches(subject) == isMatch)
    }

    @Test(arguments: [
        ("tools", "tools/call", true), ("tools", "tools", true), ("tool", "tools/call", false),
        ("tools/", "tools/call", false), ("notifications/*", "notifications/message", true),
        ("*ions", "notifications/message", true), ("not*", "notifications/message", true),
    ])
    func `a method is also what stands below it`(pattern: String, name: String, isMatch: Bool) throws {
        var subject = FilterSubject(.request)
        subject.method = name
        #expect(try Filter("method:\(pattern)").matches(subject) == isMatch)
    }
}
