import Conversation
import Testing

/// However the bytes are split, the same is done.
@Suite struct SplitTests {
    private static let progress = Sample.notification("notifications/progress", #"{"progressToken":1,"progress":1}"#)

    @Test(arguments: Dialect.allCases)
    func `a conversation is the same in any split`(dialect: Dialect) throws {
        let whole = try Self.lines(dialect) { [$0] }
        #expect(whole.count > 15)
        #expect(try Self.lines(dialect) { bytes in bytes.indices.map { bytes[$0...$0] } } == whole)
        for place in 1..<500 {
            let split = try Self.lines(dialect) { [$0.prefix(place), $0.dropFirst(place)] }
            #expect(split == whole, "\(dialect) split at \(place)")
        }
    }

    private static func lines(
        _ dialect: Dialect, _ pieces: @escaping (ArraySlice<UInt8>) -> [ArraySlice<UInt8>]
    ) throws -> [String] {
        let script = Script(try Sample.settings([dialect]))
        script.pieces = pieces
        script.open()
        switch dialect {
        case .httpSSE: try httpSSE(script)
        case .streamable: try streamable(script)
        case .stateless: try stateless(script)
        case .broadcast: try broadcast(script)
        }
        script.close()
        return script.lines
    }

    private static func httpSSE(_ script: Script) throws {
        script.stream(1, "\u{feff}: hello\r\n\r\nevent: endpoint\r\ndata: /m?s=1\r\n\r\n")
        script.answer(2, 202, "Accepted")
        script.body(1, "event: message\rdata: \(Sample.result(#""handshake""#, Sample.initializeResult()))\r\r")
        script.answer(3, 202)
        try script.send(Sample.call("1", "é"))
        try script.send(Sample.call("2"))
        script.answer(4, 202, "Accepted")
        script.wait(15)
        script.body(1, ": ping - 2026\r\n\r\nevent: x\r\ndata: 日本\r\n\r\n" + Sample.event(progress))
        script.body(1, Sample.event(Sample.request("7", "ping")) + Sample.event(Sample.result("2")))
        script.answer(5, 404, "no\nsuch session")
        script.answer(6, 202)
        script.body(1, "data: {\"jsonrpc\":\"2.0\",\ndata: \"id\":1,\ndata: \"result\":\"日本\"}\n\n" + Sample.event("é"))
        script.end(1)
    }

    private static func streamable(_ script: Script) throws {
        script.stream(
            1, "id: 1\r\ndata:\r\n\r\n" + Sample.event(Sample.result(#""handshake""#, Sample.initializeResult())))
        script.end(1)
        script.answer(2, 202)
        script.stream(3, ": ok\n\n")
        try script.send(Sample.call("1"))
        try script.send(Sample.call("2"))
        script.stream(4, "id: a\nretry: 50\ndata: \n\n" + Sample.event(progress, id: "b") + "id: c\n\n" + "data: lost")
        script.end(4, .cut)
        script.answer(5, 200, "[\(Sample.result("2", #""é""#)),\(progress)]")
        script.wait(0.1)
        script.stream(6, Sample.event(Sample.result("1"), id: "d") + ": end\n\n")
        script.end(6)
        script.body(3, Sample.event(Sample.request("7", "roots/list"), id: "g") + "event: close\nretry: 9\ndata\n\n")
        script.end(3)
        script.wait(1)
    }

    private static func stateless(_ script: Script) throws {
        script.answer(1, 200, Sample.result(#""handshake""#, Sample.discovery()))
        script.stream(
            2, Sample.event(Sample.notification("notifications/subscriptions/acknowledged")) + ": ping\r\n\r\n")
        script.wait(3)
        script.body(2, ":\n\n" + Sample.event(progress))
        try script.send(Sample.call("1"))
        let questions = #"{"k":{"method":"roots/list"},"é":{"method":"elicitation/create","params":{}}}"#
        script.answer(
            3, 200,
            Sample.result("1", #"{"resultType":"input_required","requestState":"é","inputRequests":\#(questions)}"#))
        try script.send(Sample.result(#""input-3-1-0""#))
        try script.send(Sample.result(#""input-3-1-1""#))
        script.stream(4, Sample.event(progress) + "event: message\r\ndata: \(Sample.result(#""round-3-1""#))\r\n\r\n")
        script.end(4)
        try script.send(Sample.call("2"))
        script.answer(5, 400, Sample.error("2", -32602))
    }

    private static func broadcast(_ script: Script) throws {
        script.answer(1, 200, Sample.result(#""handshake""#, Sample.initializeResult()))
        script.answer(2, 202)
        script.stream(3, ": hi\n\n" + Sample.event(progress, id: "1") + Sample.event("{}", type: "heartbeat"))
        try script.send(Sample.call("1"))
        try script.send(Sample.call("2"))
        script.answer(4, 500, Sample.error("1", -32603))
        script.answer(5, 500, "Internal Server Error")
        script.wait(1)
        script.body(3, "data: \r\n\r\n" + Sample.event(Sample.request("7", "ping"), id: "2"))
        script.end(3, .cut)
        script.wait(1)
    }
}
