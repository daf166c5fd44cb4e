import Testing

@testable import WireFormats

struct URIReferenceTests {
    /// The examples of RFC 3986 §5.4.1 and §5.4.2, and some of our own.
    static let examples: [(reference: String, meaning: String)] = [
        ("g:h", "g:h"), ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
        ("/g", "http://a/g"), ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"),
        ("#s", "http://a/b/c/d;p?q#s"), ("g#s", "http://a/b/c/g#s"), ("g?y#s", "http://a/b/c/g?y#s"),
        (";x", "http://a/b/c/;x"), ("g;x", "http://a/b/c/g;x"), ("g;x?y#s", "http://a/b/c/g;x?y#s"),
        ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("./", "http://a/b/c/"), ("..", "http://a/b/"),
        ("../", "http://a/b/"), ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../", "http://a/"),
        ("../../g", "http://a/g"),
        ("../../../g", "http://a/g"), ("../../../../g", "http://a/g"), ("/./g", "http://a/g"), ("/../g", "http://a/g"),
        ("g.", "http://a/b/c/g."), (".g", "http://a/b/c/.g"), ("g..", "http://a/b/c/g.."), ("..g", "http://a/b/c/..g"),
        ("./../g", "http://a/b/g"), ("./g/.", "http://a/b/c/g/"), ("g/./h", "http://a/b/c/g/h"),
        ("g/../h", "http://a/b/c/h"), ("g;x=1/./y", "http://a/b/c/g;x=1/y"), ("g;x=1/../y", "http://a/b/c/y"),
        ("g?y/./x", "http://a/b/c/g?y/./x"), ("g?y/../x", "http://a/b/c/g?y/../x"),
        ("g#s/./x", "http://a/b/c/g#s/./x"), ("g#s/../x", "http://a/b/c/g#s/../x"), ("http:g", "http:g"),
        ("g//h", "http://a/b/c/g//h"), ("/g?a:b//c", "http://a/g?a:b//c"), ("1:2", "http://a/b/c/1:2"),
    ]

    @Test(arguments: examples)
    func `A reference means what RFC 3986 says it does`(reference: String, meaning: String) {
        let base = URIReference("http://a/b/c/d;p?q")
        #expect(URIReference(reference).resolved(against: base).text == meaning)
    }

    @Test func `A base without a path is one with the root`() {
        #expect(URIReference("g").resolved(against: URIReference("http://a")).text == "http://a/g")
        #expect(URIReference("?y").resolved(against: URIReference("http://a")).text == "http://a?y")
    }

    @Test(arguments: examples.map(\.reference) + ["//", "?#", "a:?#", "http://[::1]:8/x?y?z#a#b", "/ä/?ö"])
    func `A text is the same after it was taken apart`(text: String) {
        #expect(URIReference(text).text == text)
    }
}
