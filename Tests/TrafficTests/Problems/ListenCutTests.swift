import Testing
import Traffic

struct ListenCutTests {
    private func lines(by: Peer, _ reason: EndReason) -> [String] {
        var play = Play()
        play.call(1, "1")
        let exchange = play.ask(1, Modern.listen(), "subscriptions/listen")
        play.stream(exchange)
        play.event(exchange, Modern.told("subscriptions/acknowledged"))
        play.end(exchange, by: by, reason)
        play.shutdown()
        return AllProblems.find(in: Rows(play).facts()).map { "\($0.severity) \($0.kind) \($0.text)" }
    }

    @Test(arguments: [
        (EndReason.fin, "was cut on the server's side"), (.complete, "was ended by the server without a result"),
    ])
    func `A subscription that ended without a result is a warning, once`(reason: EndReason, text: String) throws {
        let lines = lines(by: .server, reason)
        #expect(lines.count == 1)
        #expect(
            try #require(lines.first).hasPrefix(
                #"warning listen-cut the stream of subscriptions/listen (id "l1") \#(text)"#))
    }

    @Test(arguments: [(Peer.client, EndReason.fin), (.client, .rst), (.recorder, .shutdown)])
    func `One that the client closes, or that is still open, is as it should be`(by: Peer, reason: EndReason) {
        #expect(lines(by: by, reason).isEmpty)
    }
}
