import Testing

@testable import Scenario

@Suite struct TextTemplateTests {
    @Test(arguments: [
        ("load 0.12", "load 0.7", "load 0.{number}"), ("job a81f now", "job 07cc now", "job {hex 4} now"),
        ("hello Ada!", "hello Bob7!", "hello {word}!"), ("a, b", "a, b, c", "a, b{text}"),
        ("x {1} y", "x {2} y", "x {{{number}} y"), ("is on.", "is !.", "is {text}."),
        ("é1", "é2", "{word}"),
    ])
    func `the form of two texts is what they have in common`(_ one: String, _ other: String, _ form: String) throws {
        let template = TextTemplate(one, other)
        #expect(template.description == form)
        #expect(template.matches(one) && template.matches(other))
        let read = try #require(TextTemplate(form))
        #expect(read.matches(one) && read.matches(other))
        #expect(read.description == form)
        #expect(!template.matches("something else entirely, " + one + other + "."))
    }

    @Test func `a brace that opens nothing is no form`() {
        #expect(TextTemplate("{x}") == nil)
        #expect(TextTemplate("{number") == nil)
        #expect(TextTemplate("{text} and {text}") == nil)
    }
}
