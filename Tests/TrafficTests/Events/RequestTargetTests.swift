import Testing
import Traffic

struct RequestTargetTests {
    @Test(
        arguments: [
            ("/a?b=1", "/a", "b=1"), ("/a", "/a", nil), ("http://h:1/a?b", "/a", "b"), ("http://h", "/", nil),
            ("http://h?x=1", "/", "x=1"), ("/a?u=http://x/y", "/a", "u=http://x/y"), ("*", "*", nil),
            ("/a#f", "/a", nil),
            ("", "/", nil),
        ] as [(String, String, String?)])
    func `A target has a path and perhaps a query`(text: String, path: String, query: String?) {
        let target = RequestTarget(text)
        #expect(target.path == path && target.query == query)
    }

    @Test func `A query item is found by its exact name`() {
        let target = RequestTarget("/?sessionIdX=1&sessionId=a=b&sessionId=c&e=")
        #expect(target.queryValue("sessionId") == "a=b")
        #expect(target.queryValue("e") == "" && target.queryValue("x") == nil)
    }
}
