import Testing
import Traffic
import TrafficStore
import WireFormats

@Suite struct ViewTests {
    private let folder = TemporaryFolder()

    private func stored(_ fill: (inout RowBatch, inout SampleRows) -> Void) throws -> CaptureReader {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        var rows = SampleRows(writer.recordingID)
        var batch = RowBatch()
        fill(&batch, &rows)
        _ = try writer.commit(batch)
        try writer.close(endedNs: sampleStart + 60_000_000_000)
        return try CaptureReader(path: folder.file())
    }

    @Test func `messages have their text from where it stands, invalid ones theirs in raw`() throws {
        let reader = try stored { batch, rows in
            var exchange = rows.exchange(on: 1, body: #"{"params":{"name":"a"}}"#)
            exchange.responseBody = Array(#"{"params":{"name":"b"}}"#.utf8)
            let event = rows.event(
                "data: x\n\n", kind: .event, on: exchange.id, seq: 0, at: 3, data: #"{"params":{"name":"c"}}"#)
            var broken = rows.exchange(on: 1, body: "{not json")
            broken.responseBody = [0xff]
            batch.exchanges = [exchange, broken]
            batch.streamEvents = [event]
            batch.messages = [
                rows.message(.request, .clientToServer, session: 1, exchange: exchange.id, at: 1),
                rows.message(.response, .serverToClient, session: 1, exchange: exchange.id, at: 2, body: .responseBody),
                rows.message(.request, .serverToClient, session: 1, exchange: exchange.id, at: 3, body: .streamEvent),
                rows.message(
                    .request, .clientToServer, session: 1, exchange: exchange.id, at: 4,
                    body: .element(Array(#"{"params":{"name":"d"}}"#.utf8))),
                rows.message(.invalid, .clientToServer, session: 1, exchange: broken.id, at: 5),
                rows.message(.response, .serverToClient, session: 1, exchange: broken.id, at: 6, body: .responseBody),
            ]
            batch.messages[2].streamEventID = event.block.id
        }
        #expect(
            try reader.texts("SELECT body ->> '$.params.name', raw, typeof(raw) FROM messages ORDER BY at_ns")
                == ["a - null", "b - null", "c - null", "d - null", "- {not json text", "- x1 blob"])
        #expect(try reader.texts("SELECT at FROM messages LIMIT 1") == ["2026-11-22T22:00:15.043Z"])
        let texts = try reader.messages(ofSession: 1).map {
            try reader.text(of: $0).map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(texts[4] == "{not json" && texts[2] == #"{"params":{"name":"c"}}"#)
    }

    @Test func `streams and heartbeats tell how a stream lived`() throws {
        let reader = try stored { batch, rows in
            let session = rows.session()
            // Opens at 1 ms; blocks at 11, 31, 61, 101, 151 and 211 ms; ends at 1211 ms.
            var stream = rows.exchange("GET", on: 1, session: session.id, at: 0, end: 1211, isStream: true)
            stream.endReason = .fin
            let next = rows.exchange("GET", on: 1, session: session.id, at: 1511, isStream: true)
            let blocks: [(ServerSentBlock.Kind, String?, String?, Int?)] = [
                (.event, nil, #"{"jsonrpc":"2.0","method":"a"}"#, nil), (.comment, nil, nil, nil),
                (.event, "Ping", "{}", nil), (.event, nil, #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, nil),
                (.empty, nil, nil, nil), (.retry, nil, nil, 3000),
            ]
            for (index, block) in blocks.enumerated() {
                let times: [Int64] = [11, 31, 61, 101, 151, 211]
                batch.streamEvents.append(
                    rows.event(
                        "", kind: block.0, on: stream.id, seq: Int64(index), at: times[index], type: block.1,
                        data: block.2, retry: block.3))
            }
            var ping = rows.message(
                .request, .serverToClient, session: session.id, exchange: stream.id, at: 101, method: "ping",
                body: .streamEvent)
            ping.streamEventID = batch.streamEvents[3].block.id
            batch.messages = [ping]
            batch.sessions = [session]
            batch.exchanges = [stream, next]
        }
        #expect(
            try reader.texts("SELECT kind, gap_ms FROM heartbeats ORDER BY at_ns")
                == ["comment 20.0", "event 30.0", "ping 40.0", "empty 50.0"])
        #expect(
            try reader.texts(
                """
                SELECT age_ms, events, heartbeats, largest_silence_ms, silence_at_end_ms, ended_by, end_reason,
                    reconnect_ms, retry_ms FROM streams ORDER BY opened_ns
                """) == [
                    "1210.0 1 4 1000.0 1000.0 server fin 300.0 3000", "58488.0 0 0 58488.0 58488.0 - - - -",
                ])
    }

    @Test func `tool latency counts what was answered, by nearest rank`() throws {
        let reader = try stored { batch, rows in
            for latency in 1...200 {
                batch.calls.append(
                    rows.call(
                        .ok, session: 1, exchange: 1, request: 1, at: 1, name: "t", latency: Double(latency) + 0.0001))
            }
            batch.calls.append(rows.call(.unanswered, session: 1, exchange: 1, request: 1, at: 1, name: "t"))
            batch.calls.append(rows.call(.pending, session: 1, exchange: 1, request: 1, at: 1, name: "u"))
        }
        #expect(
            try reader.texts(
                "SELECT name, count, errors, min_ms, p50_ms, p95_ms, p99_ms, max_ms FROM tool_latency ORDER BY name")
                == ["t 201 1 1.0 100.0 190.0 198.0 200.0", "u 1 0 - - - - -"])
    }

    @Test func `the timeline reads like the conversation`() throws {
        let reader = try stored { batch, rows in
            let session = rows.session("claude-code")
            var request = rows.message(
                .request, .clientToServer, session: session.id, exchange: 1, at: 1, method: "tools/call", bytes: 120)
            request.name = "echo"
            var response = rows.message(
                .response, .serverToClient, session: session.id, exchange: 1, at: 13, body: .responseBody, bytes: 2500)
            var call = rows.call(
                .ok, session: session.id, exchange: 1, request: request.id, at: 1, name: "echo", latency: 12.34)
            call.responseID = response.id
            request.callID = call.id
            response.callID = call.id
            batch.sessions = [session]
            batch.messages = [response, request]
            batch.calls = [call]
        }
        #expect(
            try reader.texts("SELECT at, session, arrow, kind, method, name, latency, size FROM timeline") == [
                "2026-11-22T22:00:15.043Z claude-code/1 → request tools/call echo - 120 B",
                "2026-11-22T22:00:15.055Z claude-code/1 ← response tools/call echo 12.3 ms 2.5 kB",
            ])
    }

    @Test func `a session's summary counts what belongs to it`() throws {
        let reader = try stored { batch, rows in
            var session = rows.session()
            session.endedNs = rows.at(500)
            let other = rows.session()
            batch.sessions = [session, other]
            batch.exchanges = [
                rows.exchange(on: 1, session: session.id, end: 5),
                rows.exchange("GET", on: 1, session: session.id, isStream: true),
            ]
            batch.messages = [
                rows.message(.request, .clientToServer, session: session.id, exchange: 1, at: 1, bytes: 7),
                rows.message(.invalid, .serverToClient, session: session.id, exchange: 1, at: 1, bytes: 9),
            ]
            batch.calls = [
                rows.call(.ok, session: session.id, exchange: 1, request: 1, at: 1, latency: 2),
                rows.call(.ok, session: session.id, exchange: 1, request: 1, at: 1, latency: 4),
                rows.call(.unanswered, session: session.id, exchange: 1, request: 1, at: 1),
            ]
        }
        let summaries = try reader.summaries()
        let first = try #require(summaries.first)
        #expect(first.name == "client/1" && first.durationMs == 500 && first.exchanges == 2 && first.streams == 1)
        #expect(first.openStreams == 1 && first.messages == 2 && first.invalidMessages == 1)
        #expect(first.clientBytes == 7 && first.serverBytes == 9 && first.calls == 3)
        #expect(first.statuses == [.ok: 2, .unanswered: 1] && first.meanLatencyMs == 3 && first.maxLatencyMs == 4)
        #expect(summaries.count == 2 && summaries[1].calls == 0 && summaries[1].statuses == [:])
        #expect(try reader.summary(ofSession: first.sessionID) == first)
    }
}
