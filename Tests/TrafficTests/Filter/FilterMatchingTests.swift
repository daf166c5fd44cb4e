import Testing
import Traffic
import WireFormats

@Suite struct FilterMatchingTests {
    private static let recording: Int64 = 7 << 32

    private static func call() -> CallRow {
        var call = CallRow(
            id: recording | 1, recordingID: 7, direction: .clientToServer, method: "tools/call", rpcID: "\"7\"",
            requestID: recording | 1, sentNs: 0, requestBytes: 1)
        call.name = "echo"
        call.status = .toolError
        call.latencyMs = 200
        return call
    }

    private static func exchange(_ status: Int = 200, isStream: Bool = true) -> ExchangeRow {
        var row = ExchangeRow(
            id: recording | 4, recordingID: 7, connectionID: recording | 1,
            request: RequestHead(method: "POST", target: "/mcp", fields: []), requestStartNs: 0)
        row.response = ResponseHead(status: status, fields: [])
        row.isStream = isStream
        row.responseBody = isStream ? nil : Array("out of Order".utf8)
        row.attribution = Attribution(exchangeID: row.id, sessionID: recording | 2, dialect: .streamable)
        return row
    }

    private static func message(_ kind: MessageRow.Kind, hasCall: Bool = true) -> FilterSubject {
        var row = MessageRow(
            id: recording | 9, recordingID: 7, seq: 0, atNs: 0, direction: .serverToClient, kind: kind, bytes: 1000,
            body: .streamEvent)
        row.sessionID = recording | 2
        row.exchangeID = recording | 4
        row.streamEventID = recording | 8
        row.callID = hasCall ? recording | 1 : nil
        if kind == .notification { row.method = "notifications/progress" }
        var subject = FilterSubject(row, call: hasCall ? call() : nil, in: exchange())
        subject.silenceMs = 1500
        subject.text = Array(#"{"text":"Grüße an ALLE"}"#.utf8)
        var session = SessionRow(id: recording | 2, recordingID: 7, startedNs: 0, confidence: .high)
        session.dialect = .httpSSE
        return subject.belonging(to: session, name: "claude-code/3")
    }

    @Test(arguments: [
        "tool:e*", "method:tools", "method:tools/call", "id:7", "id:\"\\\"7\\\"\"", "dir:s2c", "kind:response",
        "kind:call", "kind:message", "status:tool_error", "status:error", "status:200", "status:2xx",
        "session:claude-code", "session:claude-code/3", "session:30064771074", "session:*3", "dialect:streamable",
        "exchange:4", "stream:any", "stream:4", "latency>=200ms", "latency=0.2", "silence>1s", "size>999",
        "size<=1k", "text:alle", "text:\"GRüßE AN\"", "!text:GRÜSSE",
    ])
    func `what is said of a call holds for its answer`(text: String) throws {
        #expect(try Filter(text).matches(Self.message(.response)))
        #expect(try !Filter("!(\(text))").matches(Self.message(.response)))
        #expect(try Filter("\(text) & kind:response").matches(Self.message(.response)))
        #expect(try Filter("\(text) | kind:request").matches(Self.message(.response)))
    }

    @Test(arguments: [
        "tool:echo2", "method:tool", "id:8", "dir:c2s", "kind:request", "status:ok", "status:404", "session:claude",
        "session:3", "dialect:http+sse", "exchange:5", "stream:none", "stream:5", "latency>200ms", "silence>2s",
        "size<1k", "text:nobody", "kind:tool-error",
    ])
    func `what is not so is false and its negation true`(text: String) throws {
        #expect(try !Filter(text).matches(Self.message(.response)))
        #expect(try Filter("!\(text)").matches(Self.message(.response)))
        #expect(try !Filter("kind:response \(text)").matches(Self.message(.response)))
    }

    @Test func `progress belongs to its call under its own method`() throws {
        for text in ["tool:echo", "id:7", "status:error", "method:notifications", "!method:tools", "kind:call"] {
            #expect(try Filter(text).matches(Self.message(.notification)), "\(text)")
        }
    }

    @Test(arguments: [
        "tool:*", "method:*", "id:*", "dir:server", "kind:call", "status:ok", "status:5xx", "session:*",
        "dialect:streamable", "exchange:1", "latency>=0s", "silence>=0s", "size>=0", "text:a", "stream:any",
    ])
    func `a term about what an entry does not have is false, and its negation true`(text: String) throws {
        #expect(try !Filter(text).matches(FilterSubject(.end)))
        #expect(try Filter("!\(text)").matches(FilterSubject(.end)))
        #expect(try Filter("stream:none").matches(FilterSubject(.end)))
    }

    @Test func `an HTTP error is told of the call that it refused`() throws {
        var call = Self.call()
        call.status = .httpError
        call.latencyMs = nil
        let subject = FilterSubject(Self.exchange(500, isStream: false), call: call)
        for text in ["kind:exchange", "tool:echo", "id:7", "status:500", "status:http_error", "text:order", "size=12"] {
            #expect(try Filter(text).matches(subject), "\(text)")
        }
        #expect(try !Filter("latency>0s").matches(subject))
    }

    @Test(
        arguments: [
            (.comment, nil, nil, "heartbeat"), (.empty, nil, nil, "heartbeat"), (.empty, nil, "7", "event"),
            (.event, "PING", nil, "heartbeat"), (.event, "endpoint", nil, "event"), (.event, nil, nil, "event"),
            (.retry, nil, nil, "event"), (.partial, nil, nil, "event"),
        ] as [(ServerSentBlock.Kind, String?, String?, String)])
    func `what only keeps a stream alive is a heartbeat`(
        kind: ServerSentBlock.Kind, type: String?, id: String?, word: String
    ) throws {
        let block = ServerSentBlock(
            kind: kind, raw: [], type: type, id: id, data: kind == .event ? Array("x".utf8) : nil,
            comment: kind == .comment ? Array("hello".utf8) : nil)
        let row = StreamEventRow(
            exchangeID: Self.recording | 4, endNs: 0,
            block: StreamBlock(id: Self.recording | 8, seq: 0, firstByteAt: 0, block: block))
        let subject = FilterSubject(row, in: Self.exchange())
        #expect(try Filter("kind:\(word) stream:4 dir:server").matches(subject))
        #expect(try Filter("text:HELL size=5").matches(subject) == (kind == .comment))
    }

    @Test func `a problem is of its kind`() throws {
        for kind in AllProblems.kinds {
            var subject = FilterSubject(.problem)
            subject.problem = kind.name
            #expect(try Filter("kind:\(kind.name) kind:problem !kind:message").matches(subject))
        }
    }

    @Test func `bytes that are no text hold none`() throws {
        var subject = FilterSubject(.invalid)
        for bytes in [[0x61, 0x00], [0x61, 0xFF]] as [[UInt8]] {
            subject.text = bytes
            #expect(try !Filter("text:a").matches(subject))
        }
        subject.text = [0x61]
        #expect(try Filter("text:A").matches(subject))
        #expect(try Filter("text:a").readsText)
        #expect(try !Filter("id:a").readsText)
    }
}
