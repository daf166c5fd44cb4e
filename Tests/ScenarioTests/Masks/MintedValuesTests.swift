import Testing
import WireFormats

@testable import Scenario

@Suite struct MintedValuesTests {
    private var context: MaskContext {
        var context = MaskContext()
        context.learn(MintedPair(recorded: "h1", live: "k77"))
        context.learn(MintedPair(recorded: "h12", live: "k8"))
        context.learn(MintedPair(recorded: "3", live: "4"))
        return context
    }

    @Test func `a handle may be another where all else is the same`() {
        func name(_ recorded: String, _ live: String) -> String? { Masking.name(recorded, live, context: context) }
        #expect(name("\"h1\"", "\"k77\"") == "minted-values")
        #expect(name("\"handle h1 and h12.\"", "\"handle k77 and k8.\"") == "minted-values")
        #expect(name("\"handle h1 open\"", "\"handle k77 0pen\"") == nil)
        #expect(name("\"h1\"", "\"k8\"") == nil)
        #expect(name("\"xh1\"", "\"xk77\"") == nil)
        #expect(name("3", "4") == "minted-values")
        #expect(name("3", "5") == nil)
    }

    @Test func `without handles nothing is masked`() { #expect(Masking.name("\"h1\"", "\"k77\"") == nil) }
}
