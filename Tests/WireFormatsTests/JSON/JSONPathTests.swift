import TestSupport
import Testing

@testable import WireFormats

struct JSONPathTests {
    private static let value =
        JSONTree(
            #"{"result":{"content":[{"type":"text","text":"{\"total\":[1,{\"a b\":2}]}"}],"x":{},"it's":3,"n":"[no"}}"#)
        ?? .null

    @Test(arguments: [
        "$", "$.result.content[0].text→$.total[1]['a b']", "$..id", "$.a.*[*].b", "$['it\\'s']", "$['']", "$..['a.b']",
        "$['line\\nend']['back\\\\slash']",
    ])
    func `a path comes back from its text`(_ text: String) {
        #expect(JSONPath(text)?.description == text)
    }

    @Test(arguments: ["", "a", "$a", "$.", "$[", "$[1", "$[-1]", "$['a]", "$.a→", "$..", "$[x]", "$..[1]"])
    func `what is no path is refused`(_ text: String) { #expect(JSONPath(text) == nil) }

    @Test func `every leaf stands where its path says, also within strings`() {
        var leaves: [String: JSONTree] = [:]
        Self.value.forEachLeaf { path, leaf in
            leaves[path.description] = leaf
            #expect(Self.value.value(at: path) == leaf && path.isPlace)
            #expect(JSONPath(path.description) == path)
        }
        #expect(
            leaves.keys.sorted() == [
                "$.result.content[0].text→$.total[0]", "$.result.content[0].text→$.total[1]['a b']",
                "$.result.content[0].type", "$.result.n", "$.result.x", "$.result['it\\'s']",
            ])
    }

    @Test func `a value is replaced in its place alone`() throws {
        let path = try #require(JSONPath("$.result.content[0].text→$.total[1]['a b']"))
        let changed = Self.value.replacing(at: path, with: .string("new"))
        #expect(changed.value(at: path) == .string("new"))
        #expect(changed.replacing(at: path, with: .number(JSONNumber(2))) == Self.value)
        #expect(Self.value.replacing(at: path.key("nothing"), with: .null) == Self.value)
    }

    @Test(arguments: [
        ("$.a", "$.a.b[1]", true), ("$.a.b", "$.a", false), ("$.a.*", "$.a.c.d", true), ("$.a.*", "$.a[0]", false),
        ("$.a[*].id", "$.a[7].id", true), ("$.a[*].id", "$.a[7].name", false), ("$..id", "$.a[0]→$.x.id", true),
        ("$..id", "$.a.ids", false), ("$..a.b", "$.a.a.b", true), ("$", "$.x", true),
    ])
    func `a pattern covers its places and what is within them`(_ pattern: String, _ place: String, _ isCovered: Bool)
        throws
    {
        #expect(try #require(JSONPath(pattern)).covers(#require(JSONPath(place))) == isCovered)
    }
}
