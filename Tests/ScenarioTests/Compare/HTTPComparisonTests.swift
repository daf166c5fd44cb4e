import Testing
import WireFormats

@testable import Scenario

/// Statuses of HTTP, and texts that come instead of answers.
@Suite struct HTTPComparisonTests {
    @Test func `the text of a refusal is compared, as JSON where it is some`() throws {
        #expect(
            try Comparer.found({ $0.refuse(503, "try later") }, { $0.refuse(503, "try never") })
                == ["status http.body $"])
        #expect(
            try Comparer.found(
                { $0.refuse(400, #"{"error":{"why":"a"},"n":1}"#) },
                { $0.refuse(400, #"{"n":1.0,"error":{"why":"b"}}"#) }) == ["status http.body $.error.why"])
        #expect(try Comparer.found({ $0.refuse(503, "") }, { $0.refuse(503, "") }) == [])
    }

    @Test func `another status is told without its text, and with it where there was an answer`() throws {
        #expect(
            try Comparer.found({ $0.refuse(503, "a") }, { $0.refuse(500, "b") }) == ["status http.status"])
        let (recorded, live) = (SpokenSession(), SpokenSession())
        recorded.call()
        live.refuse(502, "no upstream")
        let found = try Comparer().compare(recorded, live).divergences
        #expect(found.map(\.path) == ["status"] && found.first?.live == "http_error 502: no upstream")
    }

    @Test func `masks take what means nothing in such a text, written ones too`() throws {
        let (one, other) = ("01234567-89ab-cdef-0123-456789abcdef", "f1234567-89ab-cdef-0123-456789abcdef")
        #expect(
            try Comparer.found({ $0.refuse(500, "request \(one)") }, { $0.refuse(500, "request \(other)") })
                == ["status http.body $ (uuid)"])
        let rule = try #require(try MaskRule.parse("tools/call http.body $.at"))
        let (recorded, live) = (SpokenSession(), SpokenSession())
        recorded.refuse(500, #"{"at":"noon"}"#)
        live.refuse(500, #"{"at":"midnight"}"#)
        let found = try Comparer(masks: MaskSet(rules: [rule])).compare(recorded, live)
        #expect(found.counted.isEmpty && found.masked.count == 1)
    }

    @Test func `how notifications and the end of the session are taken is compared`() throws {
        #expect(
            try Comparer.found(
                { $0.notify("notifications/initialized", status: 202) },
                { $0.notify("notifications/initialized", status: 400, "no") })
                == ["status notifications/initialized http.status"])
        #expect(
            try Comparer.found(
                { $0.notify("a", status: 400, "no") }, { $0.notify("a", status: 400, "never") })
                == ["status a http.body $"])
        #expect(
            try Comparer.found({ $0.delete(status: 200) }, { $0.delete(status: 405) }) == ["status DELETE http.status"])
    }

    @Test func `statuses of success are one, and what was told more or less often is not compared`() throws {
        #expect(
            try Comparer.found(
                {
                    $0.notify("a", status: 202)
                    $0.delete(status: 200)
                },
                {
                    $0.notify("a", status: 200)
                    $0.delete(status: 204)
                }) == [])
        #expect(
            try Comparer.found(
                { $0.notify("a", status: 202) },
                {
                    $0.notify("a", status: 404)
                    $0.notify("a", status: 202)
                }) == [])
    }
}
