import Testing
import WireFormats

@testable import Scenario

@Suite struct MaskRuleTests {
    private func rule(_ line: String) throws -> MaskRule { try #require(try MaskRule.parse(line)) }

    @Test(arguments: [
        "$.result.content[0].text", "tools/call $.result.structuredContent.load ~ number",
        #"tools/call "a tool" $.result['a key'] ~ any  # because"#, "$..requestNumber",
        #"tools/call now $.result.content[0].text ~ "at {number}:{number}, {word}"  # differs between two runs"#,
        "notifications/message notifications $.params.data", "tools/call params $.params.x",
        "$.result.content[0].text→$.total ~ string",
        #"tools/call "params" $.result.x  # a tool of that name"#, ##"tools/call "#" $.a"##,
    ])
    func `a line comes back as it was written`(_ line: String) throws { #expect(try rule(line).line == line) }

    @Test func `a rule takes what is at its path and within`() throws {
        let rules = [try rule("tools/call echo $.result.a")]
        #expect(Masking.name("1", "2", at: "$.result.a", rules: rules) == "rule tools/call echo $.result.a")
        #expect(Masking.name("1", "2", at: "$.result.a.b[1]", rules: rules) != nil)
        #expect(Masking.name("1", "\"2\"", at: "$.result.a", rules: rules) == nil)
        #expect(Masking.name("1", "2", at: "$.result.ab", rules: rules) == nil)
        #expect(Masking.name("1", "2", at: "$.result", rules: rules) == nil)
        #expect(Masking.name("1", "2", at: "$.result.a", method: "prompts/get", rules: rules) == nil)
        #expect(Masking.name("1", "2", at: "$.result.a", rules: rules, place: .notification(0)) == nil)
    }

    @Test func `a key at any depth is meant wherever it is said`() throws {
        let rules = [try rule("$..n")]
        #expect(Masking.name("1", "2", at: "$.result.x[3].n", rules: rules) != nil)
        #expect(Masking.name("1", "2", at: "$.params.n", rules: rules, place: .notification(2)) != nil)
        #expect(Masking.name("1", "2", at: "$.result.m", rules: rules) == nil)
    }

    @Test func `what may stand there is held`() throws {
        #expect(Masking.name("1", "\"2\"", at: "$.a", rules: [try rule("$.a ~ any")]) != nil)
        #expect(Masking.name("1", "2", at: "$.a", rules: [try rule("$.a ~ string")]) == nil)
        let rules = [try rule(#"$.a ~ "load {number}.{number} of {word}""#)]
        #expect(Masking.name("\"load 0.1 of a\"", "\"load 12.34 of b7\"", at: "$.a", rules: rules) != nil)
        #expect(Masking.name("\"load 0.1 of a\"", "\"Load 12.34 of b7\"", at: "$.a", rules: rules) == nil)
        #expect(Masking.name("\"load 0.1 of a\"", "\"load 1x.34 of b7\"", at: "$.a", rules: rules) == nil)
    }

    @Test(arguments: [
        "result.a", "$.a ~", "$.a string", "$.a ~ tree", "a b c $.a", "$.a[", #"$.a ~ "{nothing}""#,
    ])
    func `a line that is no rule says why`(_ line: String) {
        #expect(throws: MaskRule.Mistake.self) { try MaskRule.parse(line) }
    }

    @Test func `a file is read and written with its reasons`() throws {
        let text = MaskFile.text(of: [try rule("$.a  # one"), try rule("$.b ~ any")])
        #expect(text.hasPrefix("# "))
        let rules = try MaskFile.rules(in: text + "\n   # a comment\n")
        #expect(rules.map(\.line) == ["$.a  # one", "$.b ~ any"])
        #expect(rules.first?.reason == "one")
        let mistake = #expect(throws: MaskFile.Mistake.self) { try MaskFile.rules(in: "$.a\n\nnonsense") }
        #expect(mistake?.description.hasPrefix("line 3: ") == true)
    }
}
