import TestSupport
import Traffic

extension Play {
    /// What a client without sessions does, rounds and subscriptions included, well-behaved or not.
    mutating func speakModern(_ connection: UInt32, _ random: inout SeededGenerator) {
        var state: (id: Int, state: String?)?
        if Bool.random(using: &random) { discover(connection) }
        if Int.random(in: 0..<4, using: &random) == 0 { begin(connection, session: nil) }
        for id in 1..<Int.random(in: 2..<9, using: &random) {
            let connection = connection + UInt32.random(in: 0..<3, using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: listen(connection, id, &random)
            case 1:
                end(ask(connection, Modern.call("\(id)")), by: Bool.random(using: &random) ? .client : .server, .rst)
            case 2:
                let code = [-32020, -32022, -32601, -32603].randomElement(using: &random) ?? 0
                let status = [200, 400, 404].randomElement(using: &random) ?? 400
                answer(ask(connection, Modern.call("\(id)")), status, Modern.error("\(id)", code))
            default:
                let more = state.map { Modern.answers(["k\($0.id)"], state: $0.state) } ?? ""
                let call = ask(
                    connection, Modern.call("\(id)", "echo", more), headers: [("Authorization", "Bearer topsecret")])
                state = Bool.random(using: &random) ? (id, Bool.random(using: &random) ? "state-\(id)" : nil) : nil
                let result =
                    state.map { Modern.asks("\(id)", ["k\($0.id)"], state: $0.state) } ?? Modern.result("\(id)")
                Bool.random(using: &random) ? answer(call, 200, result) : answerByStream(call, result, &random)
            }
        }
    }

    private mutating func answerByStream(_ call: UInt32, _ result: String, _ random: inout SeededGenerator) {
        stream(call)
        if Bool.random(using: &random) { event(call, RPC.progress("1")) }
        event(call, result)
        end(call)
    }

    private mutating func listen(_ connection: UInt32, _ id: Int, _ random: inout SeededGenerator) {
        let call = ask(connection + 10, Modern.listen("\(id)"), "subscriptions/listen")
        stream(call)
        event(call, Modern.told("subscriptions/acknowledged", "\(id)"))
        if Bool.random(using: &random) { event(call, Modern.told("tools/list_changed", "\(id)")) }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: end(call, by: .client, .fin)
        case 1: event(call, Modern.result("\(id)"))
        case 2: end(call, by: .server, .complete)
        default: break
        }
    }

    /// What a client does whose server says the same to all listeners.
    mutating func speakBroadcast(_ connection: UInt32, _ random: inout SeededGenerator) {
        if Bool.random(using: &random) { answer(post(connection, "/", RPC.initialize()), 200, RPC.initialized()) }
        let listener = get(connection + 1, "/sse")
        stream(listener)
        for id in 0..<Int.random(in: 0..<6, using: &random) {
            let news = RPC.notification("notifications/message", #"{"level":"info","data":\#(id)}"#)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: event(listener, news)
            case 1: chunk(listener, ": ping\n\n")
            case 2: answer(post(connection, "/", RPC.call("\(id)")), 500, RPC.error("\(id)", -32603))
            case 3: event(listener, RPC.result("\(id)"))
            default: answer(post(connection, "/", RPC.call("\(id)")), 200, RPC.result("\(id)"))
            }
        }
        if Bool.random(using: &random) { end(listener, by: Bool.random(using: &random) ? .client : .server, .fin) }
    }
}
