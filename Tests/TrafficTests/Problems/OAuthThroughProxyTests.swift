import Testing
import Traffic

struct OAuthThroughProxyTests {
    private static let challenge = [("WWW-Authenticate", #"Bearer resource_metadata="http://up/.well-known/x""#)]

    @Test func `A server that asks for OAuth is told once, with the ways out`() {
        var (play, call) = Play.called()
        play.answer(call, 401, "", Self.challenge)
        let lines = OAuthThroughProxy.lines(play)
        #expect(lines.count == 1)
        #expect(lines.first?.contains("--token-env") == true && lines.first?.contains("--rewrite-oauth") == true)
    }

    @Test func `Another 401, or documents that were rewritten, are none`() {
        var (play, call) = Play.called()
        play.answer(call, 401, "", [("WWW-Authenticate", "Basic realm=x")])
        #expect(OAuthThroughProxy.lines(play).isEmpty)
        var (other, second) = Play.called()
        other.edit(second, Edit(place: .response, what: "body", from: "{}", to: "{ }"))
        other.answer(second, 401, "", Self.challenge)
        #expect(OAuthThroughProxy.lines(other).isEmpty)
    }
}
