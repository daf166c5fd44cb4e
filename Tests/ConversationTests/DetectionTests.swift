import Conversation
import Testing

/// Which dialect is found, and what each answer to a probe means (MCP 2026-07-28 basic/versioning; MCP 2025-11-25
/// transports, backwards compatibility).
@Suite struct DetectionTests {
    private static let id = #""handshake""#

    @Test func `each dialect is tried in turn, and each probe ends before the next`() throws {
        let script = Script(try Sample.settings())
        #expect(script.open() == ["#1 POST /mcp server/discover \"handshake\" for 1"])
        #expect(script.answer(1, 404) == ["#2 POST /mcp initialize \"handshake\" for 1"])
        #expect(script.answer(2, 405) == ["#3 GET /mcp"])
        #expect(script.answer(3, 405) == ["#4 POST /mcp initialize \"handshake\" for 1"])
        #expect(script.answer(4, 404) == ["closed noDialect"])
        #expect(script.isClosed)
    }

    @Test func `a server of the newest revision is taken at its word`() throws {
        let script = Script(try Sample.settings())
        script.open()
        #expect(
            script.answer(1, 200, Sample.result(Self.id, Sample.discovery("{}")))
                == ["opened stateless 2026-07-28 \(Sample.discovery("{}"))"])
        #expect(script.requests.count == 1)
    }

    @Test(arguments: [
        (400, Sample.error(Self.id, -32602)), (200, Sample.error(Self.id, -32602)),
        (200, Sample.error(Self.id, -32601)),
        (404, Sample.error(Self.id, -32601)), (400, "Bad Request"), (400, Sample.error("null", -32000)),
        (400, Sample.error(#""server-error""#, -32600)), (404, ""), (405, ""), (406, ""), (500, "oops"), (503, ""),
        (202, ""), (200, Sample.result(Self.id, "{}")), (200, "no JSON"),
        (200, Sample.result(Self.id, #"{"supportedVersions":["2099-01-01"]}"#)),
    ])
    func `an answer that no server of the newest revision gives leads on to the handshake`(
        status: Int, body: String
    ) throws {
        let script = Script(try Sample.settings())
        script.open()
        #expect(script.answer(1, status, body).last == "#2 POST /mcp initialize \"handshake\" for 1")
        #expect(
            script.answer(2, 200, Sample.result(Self.id, Sample.initializeResult()), session: "s")
                == ["#3 POST /mcp notifications/initialized"])
        #expect(script.answer(3, 202).contains("opened streamable 2025-11-25 \(Sample.initializeResult())"))
    }

    @Test(arguments: [-32020, -32021])
    func `an error of the newest revision alone ends the search`(code: Int) throws {
        for id in [Self.id, "null"] {
            let script = Script(try Sample.settings())
            script.open()
            #expect(script.answer(1, 400, Sample.error(id, code)) == ["closed rejected(code: \(code))"])
        }
    }

    @Test func `a server that names older revisions is asked for those`() throws {
        let script = Script(try Sample.settings())
        script.open()
        let answer = Sample.error("null", -32022, data: #"{"supported":["2025-11-25"],"requested":"2026-07-28"}"#)
        #expect(script.answer(1, 400, answer) == ["#2 POST /mcp initialize \"handshake\" for 1"])
        let other = Script(try Sample.settings())
        other.open()
        let none = Sample.error(Self.id, -32022, data: #"{"supported":["2099-01-01"]}"#)
        #expect(other.answer(1, 400, none) == ["closed unsupportedRevision"])
    }

    @Test func `a probe that is not answered is given up in time`() throws {
        let script = Script(try Sample.settings(openingTimeout: 20 * Sample.second))
        script.open()
        #expect(script.wait(4.9).isEmpty)
        #expect(script.wait(0.2) == ["abort #1", "#2 POST /mcp initialize \"handshake\" for 1"])
        #expect(script.answer(2, 405) == ["#3 GET /mcp"])
        #expect(script.wait(5) == ["abort #3", "#4 POST /mcp initialize \"handshake\" for 1"])
        // The last one has all the time there is.
        #expect(script.wait(19.8).isEmpty)
        #expect(script.wait(0.3) == ["abort #4", "closed noDialect"])
    }

    @Test(arguments: [401, 403])
    func `a server that wants other credentials is asked no further`(status: Int) throws {
        for body in ["", "words", Sample.error(Self.id, -32001)] {
            let script = Script(try Sample.settings())
            script.open()
            #expect(script.answer(1, status, body) == ["closed unauthorized(status: \(status))"])
            let owned = Script(try Sample.settings([.streamable, .httpSSE], own: false))
            owned.open()
            try owned.send(Sample.initialize)
            #expect(
                owned.answer(1, status, body)
                    == ["failed 1 id 0 unauthorized(status: \(status))", "closed unauthorized(status: \(status))"])
        }
    }

    @Test func `a server that cannot be reached is not asked in other dialects`() throws {
        let script = Script(try Sample.settings())
        script.open()
        #expect(script.end(1, .notSent) == ["closed unreachable"])
        let stream = Script(try Sample.settings([.httpSSE]))
        stream.open()
        #expect(stream.end(1, .notSent) == ["closed unreachable"])
    }

    @Test func `an event stream with an endpoint decides for the oldest dialect`() throws {
        let script = Script(try Sample.settings())
        script.open()
        script.answer(1, 404)
        script.answer(2, 404)
        #expect(
            script.stream(3, Sample.event("/messages?s=1", type: "endpoint"))
                == ["stream #3 listening", "#4 POST /messages?s=1 initialize \"handshake\" for 1"])
        script.answer(4, 202)
        #expect(
            script.body(3, Sample.event(Sample.result(Self.id, Sample.initializeResult("2024-11-05"))))
                == ["#5 POST /messages?s=1 notifications/initialized"])
        #expect(script.answer(5, 202).last == "opened httpSSE 2024-11-05 \(Sample.initializeResult("2024-11-05"))")
    }

    @Test func `an event stream without an endpoint is that of the broadcast dialect`() throws {
        let script = Script(try Sample.settings(url: "http://h/sse"))
        script.open()
        script.answer(1, 404)
        script.answer(2, 404)
        script.stream(3, ": here\n\n")
        let next = script.wait(5)
        #expect(
            next == [
                "abort #3", "streamEnded #3 listening", "#4 POST / initialize \"handshake\" for 1",
            ])
        script.answer(4, 200, Sample.result(Self.id, Sample.initializeResult()))
        #expect(script.answer(5, 202).contains("#6 GET /sse"))
        #expect(script.dialect == .broadcast)
    }

    @Test(arguments: [Dialect.stateless, .streamable, .httpSSE, .broadcast])
    func `one dialect alone is held to, and says why it failed`(dialect: Dialect) throws {
        let script = Script(try Sample.settings([dialect]))
        script.open()
        #expect(script.answer(1, 418).last == "closed refused(status: 418)")
        #expect(script.requests.count == 1)
    }

    @Test func `a search that fails says what tells most`() throws {
        let script = Script(try Sample.settings())
        script.open()
        script.answer(1, 404)
        script.answer(2, 503, "busy")
        script.answer(3, 404)
        #expect(script.answer(4, 404) == ["closed refused(status: 503)"])
    }

    @Test func `a refusal in the server's own words is the owner's answer`() throws {
        let script = Script(try Sample.settings(own: false))
        script.open()
        #expect(try script.send(Sample.initialize) == ["#1 POST /mcp server/discover 0 for 1"])
        script.answer(1, 400)
        let refusal = Sample.error("0", -32602)
        #expect(
            script.answer(2, 200, refusal)
                == ["answer 1 \(ActionText.short(refusal))", "closed rejected(code: -32602)"])
    }

    @Test func `a server that offers no known revision is left`() throws {
        for (dialect, revision) in [(Dialect.streamable, "2099-01-01"), (.streamable, "2026-07-28"), (.broadcast, "x")]
        {
            let script = Script(try Sample.settings([dialect]))
            script.open()
            let answer = Sample.result(Self.id, Sample.initializeResult(revision))
            #expect(script.answer(1, 200, answer) == ["closed unsupportedRevision"])
        }
        let modern = Script(try Sample.settings([.streamable]))
        modern.open()
        #expect(modern.answer(1, 400, Sample.error(Self.id, -32022)) == ["closed unsupportedRevision"])
    }
}
