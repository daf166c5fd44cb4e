import Testing
import Traffic
import WireFormats

@testable import Scenario

@Suite struct ComparerTests {
    private func text(_ text: String) -> String {
        #"{"content":[{"type":"text","text":\#(JSONTree.string(text).text)}]}"#
    }

    @Test func `how JSON is written is no difference`() throws {
        let found = try Comparer.found(
            { $0.call(result: #"{"a":1,"b":"é","c":[1e2]}"#) },
            { $0.call(result: #"{"c":[100.0],"b":"\u00e9","a":1.0}"#) })
        #expect(found == [])
    }

    @Test func `JSON in a text is compared as such`() throws {
        #expect(
            try Comparer.found(
                { $0.call(result: text(#"{"a":1,"b":2}"#)) }, { $0.call(result: text(#"{ "b": 2, "a": 1 }"#)) }) == [])
        #expect(
            try Comparer.found(
                { $0.call(result: text(#"{"a":[1,2]}"#)) }, { $0.call(result: text(#"{"a":[1,3]}"#)) })
                == ["result $.result.content[0].text→$.a[1]"])
        #expect(
            try Comparer.found({ $0.call(result: text("1")) }, { $0.call(result: text("1.0")) })
                == ["result $.result.content[0].text"])
    }

    @Test func `what is there on one side only is told where it stands`() throws {
        #expect(
            try Comparer.found({ $0.call(result: #"{"a":1,"b":null}"#) }, { $0.call(result: #"{"a":1,"c":2}"#) })
                == ["result $.result.b", "result $.result.c"])
        #expect(
            try Comparer.found({ $0.call(result: #"{"a":[1,2,3]}"#) }, { $0.call(result: #"{"a":[1,9,2,3]}"#) })
                == ["result $.result.a[1]"])
        #expect(
            try Comparer.found({ $0.call(result: #"{"a":[1,2,3]}"#) }, { $0.call(result: #"{"a":[1,2]}"#) })
                == ["result $.result.a[2]"])
    }

    @Test func `an error is compared by its parts, and with a result as a whole`() throws {
        let error = #"{"code":-32602,"message":"no such thing"}"#
        #expect(
            try Comparer.found(
                { $0.call(error: error) }, { $0.call(error: error.replacing("-32602", with: "-32603")) })
                == ["error $.error.code"])
        #expect(try Comparer.found({ $0.call() }, { $0.call(error: error) }) == ["error $"])
    }

    @Test func `a call that gets no answer any more has another status`() throws {
        let found = try Comparer.found(
            { $0.call() },
            {
                $0.call()
                $0.changeLast { call in
                    call.responseID = nil
                    call.status = .unanswered
                    call.reason = .streamCut
                }
            })
        #expect(found == ["status status"])
    }

    @Test func `what came in place of an answer is told`() throws {
        let (recorded, live) = (SpokenSession(), SpokenSession())
        recorded.call()
        live.call()
        live.changeLast { call in
            call.responseID = nil
            call.status = .unanswered
            call.reason = .nothingSent
        }
        live.answerLast(200, "text/html; charset=utf-8")
        let found = try Comparer().compare(recorded, live).divergences
        #expect(found.map(\.live) == ["unanswered (nothing_sent), HTTP 200 text/html"])
    }

    @Test func `lists are compared by name, and what they say is a schema`() throws {
        let (one, two) = (#"{"name":"a","inputSchema":{"type":"object"}}"#, #"{"name":"b","description":"B"}"#)
        func list(_ tools: String...) -> (SpokenSession) -> Void {
            { session in session.call("tools/list", result: "{\"tools\":[\(tools.joined(separator: ","))]}") }
        }
        #expect(try Comparer.found(list(one, two), list(two, one)) == ["schema $.result.tools (list-order)"])
        #expect(
            try Comparer.found(list(one, two), list(two.replacing("B", with: "C"), one))
                == ["schema $.result.tools[1].description", "schema $.result.tools (list-order)"])
        #expect(try Comparer.found(list(one, two), list(two)) == ["schema $.result.tools[0]"])
        #expect(
            try Comparer.found(list(one), list(one.replacing("object", with: "array")))
                == ["schema $.result.tools[0].inputSchema.type"])
    }

    @Test func `calls are paired by what they ask, then by their order`() throws {
        let found = try Comparer.found(
            {
                $0.call(params: #"{"n":1}"#, result: "{\"v\":1}")
                $0.call(params: #"{"n":2}"#, result: "{\"v\":2}")
            },
            {
                $0.call(params: #"{"n":2}"#, result: "{\"v\":2}")
                $0.call(params: #"{"n":1}"#, result: "{\"v\":1}")
            })
        #expect(found == [])
        #expect(
            try Comparer.found({ $0.call(params: #"{"n":1}"#) }, { $0.call(params: #"{"n":2}"#) })
                == ["params params $.params.n"])
    }

    @Test func `calls that only one side has are told`() throws {
        #expect(
            try Comparer.found(
                {
                    $0.call("tools/call", "a")
                    $0.call("ping")
                }, { $0.call("prompts/get", "b") }) == ["missing call", "extra call"])
    }

    @Test func `rounds of input are compared as questions`() throws {
        func round(_ text: String) -> String {
            #"{"inputRequests":{"k":{"method":"elicitation/create","params":{"message":"\#(text)"}}},"requestState":"\#(text)"}"#
        }
        #expect(
            try Comparer.found({ $0.call(rounds: [round("a")]) }, { $0.call(rounds: [round("b")]) }) == [
                "question rounds[0] $.result.inputRequests.k.params.message",
                "question rounds[0] $.result.requestState (protocol-ids)",
            ])
        #expect(try Comparer.found({ $0.call(rounds: [round("a")]) }, { $0.call() }) == ["question rounds"])
    }

    @Test func `questions may come in any order, and no other`() throws {
        let (one, two) = (("elicitation/create", #"{"message":"a"}"#), ("elicitation/create", #"{"message":"b"}"#))
        #expect(try Comparer.found({ $0.call(asked: [one, two]) }, { $0.call(asked: [two, one]) }) == [])
        #expect(
            try Comparer.found({ $0.call(asked: [one, two]) }, { $0.call(asked: [two]) }) == ["question questions[0]"])
        #expect(
            try Comparer.found({ $0.call(asked: [one]) }, { $0.call(asked: [one, two]) }) == ["question questions[1]"])
        #expect(
            try Comparer.found({ $0.call(asked: [one]) }, { $0.call(asked: [two]) })
                == ["question questions[0] $.params.message"])
        #expect(try Comparer.found({ $0.call(asked: [("ping", "{}")]) }, { $0.call() }) == [])
    }

    @Test func `time counts where it is asked for, by more than the tolerance, and only when it is longer`() throws {
        func found(_ recorded: Double, _ live: Double) throws -> [String] {
            try Comparer.found({ $0.call(ms: recorded) }, { $0.call(ms: live) }, failOn: .any)
        }
        #expect(try found(5, 205) == ["latency latency"])
        #expect(try found(2000, 2200) == ["latency latency"])
        #expect(try found(5, 100) == [])
        #expect(try found(2000, 5) == [])
        #expect(try Comparer.found({ $0.call(ms: 5) }, { $0.call(ms: 900) }) == [])
    }

    @Test func `whether a client may listen is compared`() throws {
        #expect(
            try Comparer.found({ $0.listen(status: 200) }, { $0.listen(status: 405) })
                == ["stream listening stream"])
        #expect(try Comparer.found({ $0.listen(status: 200) }, { _ in }) == [])
    }

    @Test func `levels that do not count are found all the same`() throws {
        let sessions = (SpokenSession(), SpokenSession())
        sessions.0.call(result: #"{"a":1}"#)
        sessions.1.call(result: #"{"a":2}"#)
        let comparison = try Comparer(failOn: [.schema]).compare(sessions.0, sessions.1)
        #expect(comparison.counted.isEmpty && comparison.noticed.map(\.path) == ["$.result.a"])
        #expect(comparison.rows.map(\.recorded) == ["1"])
    }

    @Test func `what the server minted and got back is the same thing under another name`() throws {
        let sessions = (SpokenSession(), SpokenSession())
        for (session, handle, port) in [(sessions.0, "alpha", "7"), (sessions.1, "omega", "9")] {
            session.host = "127.0.0.1:\(port)"
            session.call(name: "open", result: text("opened \(handle) at http://127.0.0.1:\(port)/x"))
            session.call(name: "read", params: #"{"arguments":{"handle":"\#(handle)"}}"#, result: text("\(handle): 5"))
        }
        let comparison = try Comparer().compare(sessions.0, sessions.1, isReplay: true)
        #expect(comparison.counted.isEmpty)
        #expect(comparison.masked.map(\.maskedBy) == ["minted-values", "minted-values"])
        // The same of two recordings: an answer brought the value before it was sent.
        #expect(try Comparer().compare(sessions.0, sessions.1).counted.isEmpty)
    }

    @Test func `what two clients asked for of themselves differs, even where the server says it again`() throws {
        let sessions = (SpokenSession(), SpokenSession())
        for (session, animal) in [(sessions.0, "cats"), (sessions.1, "dogs")] {
            for _ in 0..<2 {
                session.call(
                    name: "find", params: #"{"arguments":{"q":"\#(animal)"}}"#, result: text("found \(animal)"))
            }
        }
        let comparison = try Comparer().compare(sessions.0, sessions.1)
        #expect(comparison.counted.map(\.kind) == [.params, .result, .params, .result])
    }
}

extension SpokenSession {
    @discardableResult
    func call(name: String, params: String = "{}", result: String) -> Int64 {
        call("tools/call", name, params: params, result: result)
    }
}
