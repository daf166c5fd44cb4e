import Testing

@testable import MCPTransports

@Suite struct URITemplateTests {
    @Test func `Variables take what stands between the literals`() {
        let template = URITemplate("demo://{kind}/page-{number}.txt")
        #expect(template.match("demo://notes/page-12.txt") == ["kind": "notes", "number": "12"])
    }

    @Test(arguments: ["demo://a", "demo://a/", "demo://a/b/c", "demo://a/b?c", "other://a/b", ""])
    func `A variable is not empty and stays within its segment`(uri: String) {
        #expect(URITemplate("demo://{kind}/{name}").match(uri) == nil)
    }

    @Test func `A template without variables matches itself only`() {
        #expect(URITemplate("demo://a").match("demo://a") == [:])
        #expect(URITemplate("demo://a").match("demo://ab") == nil)
    }
}
