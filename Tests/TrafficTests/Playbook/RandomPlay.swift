import TestSupport
import Traffic

extension Play {
    /// What one client of its own address does, well-behaved or not, with `secret` in places that are masked.
    static func random(client: Int, using random: inout SeededGenerator) -> Play {
        var play = Play(host: "10.0.1.\(client)", firstExchange: UInt32(client * 1000 + 1))
        let connection = UInt32(client * 100 + 1)
        let session = "session-\(client)"
        if Int.random(in: 0..<4, using: &random) == 0 {
            play.answer(play.post(connection, "/mcp", RPC.initialize()), 401)
        }
        switch Int.random(in: 0..<5, using: &random) {
        case 3: play.speakModern(connection, &random)
        case 4: play.speakBroadcast(connection, &random)
        case 0:
            let home = play.beginSSE(connection, connection + 1, session: session)
            for id in 0..<Int.random(in: 0..<6, using: &random) {
                play.speakSSE(home, connection + 1, session, id, &random)
            }
            if Bool.random(using: &random) { play.end(home, by: Bool.random(using: &random) ? .client : .server, .fin) }
        case let kind:
            let name = kind == 1 ? session : nil
            play.begin(connection, session: name)
            for id in 0..<Int.random(in: 0..<6, using: &random) {
                play.speak(connection + UInt32.random(in: 0..<3, using: &random), name, id, &random)
            }
            if let name, Bool.random(using: &random) {
                play.answer(play.delete(connection, "/mcp", session: name), 200)
            }
        }
        if Bool.random(using: &random) { play.shutdown() }
        return play
    }

    private mutating func speakSSE(
        _ home: UInt32, _ posts: UInt32, _ session: String, _ id: Int, _ random: inout SeededGenerator
    ) {
        let call = postSSE(posts, session, RPC.call("\(id)", token: "\(id)"))
        if Bool.random(using: &random) { event(home, RPC.progress("\(id)")) }
        if Bool.random(using: &random) {
            event(home, RPC.result("\(id)"), id: Bool.random(using: &random) ? "e\(id)" : nil)
        }
        if Bool.random(using: &random) { accept(call) }
        if Bool.random(using: &random) { event(home, RPC.request("\(id)", "ping")) }
        if Bool.random(using: &random) { chunk(home, ": ping\n\n") }
        if Bool.random(using: &random) { accept(postSSE(posts, session, RPC.result("\(id)"))) }
    }

    private mutating func speak(
        _ connection: UInt32, _ session: String?, _ id: Int, _ random: inout SeededGenerator
    ) {
        let secret = ("Authorization", "Bearer topsecret")
        let login = #"{"name":"echo","arguments":{"password":"topsecret"},"_meta":{"progressToken":\#(id)}}"#
        let call = post(
            connection, "/mcp?token=topsecret", RPC.request("\(id)", "tools/call", login), session: session, [secret])
        switch Int.random(in: 0..<6, using: &random) {
        case 0: answer(call, 200, RPC.result("\(id)"), [("Set-Cookie", "a=topsecret; Path=/")])
        case 1: answer(call, 500, #"{"oops":1}"#)
        case 2: answer(call, 400, RPC.error("null", -32600))
        case 3: end(call, by: Bool.random(using: &random) ? .client : .server, .rst)
        case 4:
            stream(call)
            event(call, "", id: "p\(id)")
            end(call)
            let resumed = get(connection, "/mcp?token=topsecret", session: session, lastEventID: "p\(id)")
            stream(resumed)
            if Bool.random(using: &random) { event(resumed, RPC.result("\(id)"), id: "q\(id)") }
            if Bool.random(using: &random) { gap(connection: connection) }
            if Bool.random(using: &random) { end(resumed, by: .client, .fin) }
        default:
            stream(call)
            event(call, RPC.progress("\(id)"))
            chunk(call, "data: {\ndata:}\n\n: x\n\nevent: ping\nda")
            chunk(call, "ta\n\n")
            event(call, RPC.result("\(id)"))
            if Bool.random(using: &random) { end(call, by: Bool.random(using: &random) ? .client : .server, .fin) }
        }
    }

    /// The steps of several plays, each in its own order, in any order among them.
    static func interleaved(_ plays: [Play], using random: inout SeededGenerator) -> [Step] {
        var rest = plays.map { $0.steps[...] }
        var steps: [Step] = []
        while let index = rest.indices.filter({ !rest[$0].isEmpty }).randomElement(using: &random) {
            var step = rest[index].removeFirst()
            step.at = Play.start + Int64(steps.count) * 1_000_000
            steps.append(step)
        }
        return steps
    }
}
