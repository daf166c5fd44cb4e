import Testing
import Traffic
import TrafficStore
import WireFormats

@Suite struct ErrorViewTests {
    private let folder = TemporaryFolder()

    private func errors(_ fill: (inout RowBatch, inout SampleRows) -> Void) throws -> [String] {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        var rows = SampleRows(writer.recordingID)
        var batch = RowBatch()
        fill(&batch, &rows)
        _ = try writer.commit(batch)
        try writer.close(endedNs: sampleStart + 60_000_000_000)
        return try CaptureReader(path: folder.file()).texts("SELECT kind, code, detail FROM errors")
    }

    @Test func `what went wrong is listed in time order`() throws {
        let found = try errors { batch, rows in
            let session = rows.session()
            batch.sessions = [session]
            let request = rows.message(.request, .clientToServer, session: session.id, exchange: 1, at: 1)
            var answer = rows.message(.error, .serverToClient, session: session.id, exchange: 1, at: 12)
            answer.errorCode = -32602
            var wrong = rows.call(
                .rpcError, session: session.id, exchange: 1, request: request.id, at: 2, latency: 10)
            wrong.responseID = answer.id
            var left = rows.call(.unanswered, session: session.id, exchange: 1, request: request.id, at: 30)
            left.reason = .streamCut
            batch.calls = [
                left, wrong,
                rows.call(.toolError, session: session.id, exchange: 1, request: request.id, at: 4, latency: 1),
            ]
            var failing = rows.exchange(on: 1, session: session.id, status: 500, at: 40, end: 42)
            failing.response?.reason = "Oops"
            var cut = rows.exchange("GET", on: 1, session: session.id, at: 1, end: 50, isStream: true)
            cut.endReason = .rst
            var short = rows.exchange(on: 1, session: session.id, at: 1, end: 60)
            short.endReason = .fin
            var own = rows.exchange(on: 1, status: 502, at: 69, end: 70)
            own.edits = [Edit(place: .response, what: "answer", from: nil, to: "502 upstream refused")]
            batch.exchanges = [failing, cut, short, own]
            batch.messages = [
                request, answer, rows.message(.invalid, .serverToClient, session: session.id, exchange: cut.id, at: 80),
            ]
            batch.gaps = [
                GapRow(
                    id: rows.id(), recordingID: rows.recording, connectionID: nil, exchangeID: nil, atNs: rows.at(90),
                    bytes: 77, reason: "queue full")
            ]
        }
        #expect(
            found == [
                "tool_error - -", "rpc_error -32602 -", "unanswered - stream_cut", "http_error 500 POST /mcp Oops",
                "cut_stream - rst by server", "cut_response 200 fin by server",
                "upstream_failure 502 502 upstream refused", "invalid_message - from the server", "gap 77 queue full",
            ])
    }

    @Test func `what an error and a failed tool say is told, whatever they look like`() throws {
        let found = try errors { batch, rows in
            let session = rows.session()
            batch.sessions = [session]
            let said: [(CallRow.Status, MessageRow.Kind, String)] = [
                (.rpcError, .error, #"{"error":{"code":-1,"message":"no such place"}}"#),
                (
                    .toolError, .response,
                    #"{"result":{"content":[{"type":"image"},7,{"type":"text","text":"bad luck"}]}}"#
                ),
                (.toolError, .response, #"{"result":{"content":"odd","structuredContent":{"why":7}}}"#),
                (.toolError, .response, #"{"result":{}}"#), (.rpcError, .error, #"{"error":"odd"}"#),
            ]
            for (index, (status, kind, text)) in said.enumerated() {
                let answer = rows.message(
                    kind, .serverToClient, session: session.id, exchange: 1, at: 12, body: .element(Array(text.utf8)))
                var call = rows.call(status, session: session.id, exchange: 1, request: 1, at: Int64(index), latency: 1)
                call.responseID = answer.id
                batch.messages.append(answer)
                batch.calls.append(call)
            }
        }
        #expect(
            found == [
                "rpc_error - no such place", "tool_error - bad luck", #"tool_error - {"why":7}"#, "tool_error - -",
                "rpc_error - -",
            ])
    }

    @Test func `the ordinary course of things is no error`() throws {
        let found = try errors { batch, rows in
            let session = rows.session()
            batch.sessions = [session]
            var left = rows.exchange("GET", on: 1, session: session.id, at: 1, end: 5, isStream: true)
            left.endedBy = .client
            left.endReason = .rst
            var ended = rows.exchange(on: 1, session: session.id, at: 1, end: 5, isStream: true)
            ended.endReason = .fin
            batch.exchanges = [
                rows.exchange("GET", on: 1, status: 405, at: 2, end: 3),
                rows.exchange("DELETE", on: 1, status: 405, at: 2, end: 3), left, ended,
                rows.exchange("GET", on: 1, session: session.id, at: 9, isStream: true),
            ]
            batch.calls = [rows.call(.pending, session: session.id, exchange: nil, request: 1, at: 1)]
        }
        #expect(found == [])
    }

    @Test(arguments: [true, false])
    func `a refused first question is an error only where no dialect was found after it`(_ isFollowed: Bool) throws {
        let found = try errors { batch, rows in
            let session = rows.session()
            let first = rows.connection("127.0.0.1:50001")
            let second = rows.connection(isFollowed ? "127.0.0.1:50002" : "127.0.0.2:50002")
            let probe = rows.exchange(on: first.id, session: session.id, status: 404, at: 1, end: 2)
            var welcome = rows.exchange(on: second.id, session: session.id, status: 202, at: 5, end: 6)
            welcome.attribution?.dialect = .httpSSE
            batch.sessions = [session]
            batch.connections = [first, second]
            batch.exchanges = [probe, welcome]
            batch.calls = [
                rows.call(.httpError, session: session.id, exchange: probe.id, request: 1, at: 1, method: "initialize"),
                rows.call(.ok, session: session.id, exchange: welcome.id, request: 1, at: 5, method: "initialize"),
            ]
        }
        #expect(found == (isFollowed ? [] : ["http_error 404 POST /mcp"]))
    }
}
