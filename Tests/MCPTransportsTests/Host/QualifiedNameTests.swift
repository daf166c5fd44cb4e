import MCPTransports
import Testing

@Suite struct QualifiedNameTests {
    @Test(arguments: ["weather/forecast", "files/file:///a/b", "a/b/c"])
    func `a text with a slash is a name and comes back`(_ text: String) {
        #expect(QualifiedName(text)?.description == text)
    }

    @Test func `the server ends at the first slash`() {
        #expect(QualifiedName("a/b/c") == QualifiedName(server: "a", name: "b/c"))
    }

    @Test(arguments: ["", "a", "/", "a/", "/b"]) func `what lacks a part is no name`(_ text: String) {
        #expect(QualifiedName(text) == nil)
    }
}
