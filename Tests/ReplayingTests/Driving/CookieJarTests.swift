import Testing

@testable import Replaying

@Suite struct CookieJarTests {
    @Test func `What was set is brought back, the newest value of a name`() {
        var jar = CookieJar()
        #expect(jar.field(for: "/mcp") == nil)
        jar.take("route=a; Path=/; HttpOnly; Secure", target: "/mcp")
        jar.take("lb = b ;Path=/", target: "/mcp")
        #expect(jar.field(for: "/mcp?x=1") == "route=a; lb=b")
        jar.take("route=c; path=/", target: "/mcp")
        #expect(jar.field(for: "/") == "lb=b; route=c")
    }

    @Test func `A cookie is for its path and what is below it, and longer paths come first`() {
        var jar = CookieJar()
        jar.take("wide=1; Path=/", target: "/a/mcp")
        jar.take("own=2", target: "/a/mcp?session=1")
        jar.take("deep=3; Path=/a/b", target: "/a/mcp")
        #expect(jar.field(for: "/a/b") == "deep=3; own=2; wide=1")
        #expect(jar.field(for: "/a/bc") == "own=2; wide=1")
        #expect(jar.field(for: "/ab") == "wide=1")
    }

    @Test func `What expires at once is gone, and what is no cookie is nothing`() {
        var jar = CookieJar()
        jar.take("a=1; Path=/", target: "/")
        jar.take("a=; Path=/; Max-Age=0", target: "/")
        jar.take("nothing", target: "/")
        jar.take("=b", target: "/")
        jar.take("", target: "/")
        #expect(jar.field(for: "/") == nil)
    }
}
