import Testing
import Traffic
import TrafficStore
import WireFormats

@Suite struct RowRoundTripTests {
    private let folder = TemporaryFolder()

    private func stored(_ fill: (inout RowBatch, inout SampleRows) -> Void) throws -> (RowBatch, CaptureReader) {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        var rows = SampleRows(writer.recordingID)
        var batch = RowBatch()
        fill(&batch, &rows)
        _ = try writer.commit(batch)
        try writer.close(endedNs: sampleStart + 1)
        return (batch, try CaptureReader(path: folder.file()))
    }

    @Test func `a recording comes back with its process and its end`() throws {
        let (_, reader) = try stored { _, _ in }
        let row = try #require(try reader.recordings().first)
        let current = ProcessIdentity.current
        #expect(row.id == 1 && row.source == .proxy && row.command == "record" && row.toolVersion == "0.1.0")
        #expect(row.pid == current.pid && row.pidStarted == current.started && row.bootID == current.bootID)
        #expect(row.endedNs == sampleStart + 1 && !row.interrupted && row.target == "http://127.0.0.1:3000")
    }

    @Test func `an exchange comes back with every column`() throws {
        let (batch, reader) = try stored { batch, rows in
            let connection = rows.connection()
            let session = rows.session()
            var row = rows.exchange(on: connection.id, session: session.id, end: 9, body: "{}")
            row.request.fields = [
                HTTPField(name: "X", value: "a\"b\\c\té\u{ff}\u{1}"), HTTPField(name: "x", value: ""),
                HTTPField(name: "Last-Event-ID", value: "7"),
            ]
            row.request.version = "1.0"
            row.response = ResponseHead(status: 299, reason: "Fine ü", version: "1.0", fields: row.request.fields)
            row.responseBody = [0xff, 0x00]
            row.responseRaw = [1, 2, 3]
            row.requestRaw = [4]
            row.notes = ContentNote.Why.allCases.map {
                ContentNote(place: .response, coding: "gz\"ip", why: $0, offset: 1 << 40)
            }
            row.upstreamConnectionID = 77
            row.chunks = [ChunkMark(atNs: 5, offset: 0, size: 3), ChunkMark(atNs: 6, offset: 3, size: 9)]
            row.informational = [
                InformationalMark(atNs: 4, head: ResponseHead(status: 103, reason: "Early", fields: row.request.fields))
            ]
            row.trailers = [HTTPField(name: "T", value: "1")]
            row.edits = [
                Edit(place: .request, what: "host", from: "a", to: nil),
                Edit(place: .stream, what: "endpoint", from: nil, to: "b"),
            ]
            row.redacted = 3
            batch.connections.append(connection)
            batch.sessions.append(session)
            batch.exchanges.append(row)
        }
        let exchange = try #require(batch.exchanges.first)
        #expect(try reader.exchange(exchange.id) == exchange)
        #expect(try reader.exchanges(ofSession: batch.sessions[0].id) == [exchange])
        #expect(try reader.connections(ofSession: batch.sessions[0].id) == batch.connections)
        #expect(try reader.texts("SELECT last_event_id, path FROM exchanges") == ["7 /mcp"])
        #expect(
            try reader.texts("SELECT j.value ->> 1 FROM exchanges, json_each(request_headers) j WHERE j.key = 0")
                == ["a\"b\\c\té\u{ff}\u{1}"])
    }

    @Test(arguments: [nil, [], Array("text".utf8), [0x61, 0x00], [0xc3, 0x28], [0xed, 0xa0, 0x80]] as [[UInt8]?])
    func `any body comes back as its bytes, and as text only where it is some`(_ body: [UInt8]?) throws {
        let (batch, reader) = try stored { batch, rows in
            var row = rows.exchange(on: 1)
            row.requestBody = body
            row.responseBody = body
            batch.exchanges.append(row)
        }
        let row = try #require(try reader.exchange(batch.exchanges[0].id))
        #expect(row.requestBody == body && row.responseBody == body)
        let isText = body.map { $0.isEmpty || $0 == Array("text".utf8) }
        let type = isText.map { $0 ? "text" : "blob" } ?? "null"
        #expect(try reader.texts("SELECT typeof(request_body) FROM exchanges") == [type])
    }

    @Test func `messages, calls and gaps come back with every column`() throws {
        let (batch, reader) = try stored { batch, rows in
            var session = rows.session()
            session.dialect = .httpSSE
            session.revision = "2024-11-05"
            session.wireID = "w"
            session.clientName = "c"
            session.clientVersion = "1"
            session.serverName = "s"
            session.serverVersion = "2"
            session.endedNs = 5
            session.endReason = .abandoned
            var message = rows.message(.error, .serverToClient, session: session.id, exchange: 1, at: 1)
            message.body = .element(Array("{}".utf8))
            message.streamEventID = 1
            message.callID = 2
            message.answersID = 3
            message.rpcID = "\"a\""
            message.name = "n"
            message.method = "m"
            message.errorCode = -32601
            message.duplicateOf = 4
            message.redacted = 5
            var call = rows.call(
                .cancelled, session: session.id, exchange: 1, request: 2, at: 3, name: "n", latency: 1.5)
            call.reason = .late
            call.responseExchangeID = 8
            call.responseID = 9
            call.acceptedMs = 0.5
            call.firstEventMs = 0.25
            call.rounds = 2
            call.responseBytes = 99
            batch.sessions.append(session)
            batch.messages.append(message)
            batch.calls.append(call)
            batch.gaps.append(
                GapRow(
                    id: rows.id(), recordingID: 1, connectionID: nil, exchangeID: nil, atNs: 4, bytes: 10,
                    reason: "queue full"))
        }
        let session = batch.sessions[0]
        #expect(try reader.sessions().map(\.row) == [session])
        #expect(try reader.sessions().map(\.name) == ["client/1"])
        #expect(try reader.messages(ofSession: session.id) == batch.messages)
        #expect(try reader.message(batch.messages[0].id) == batch.messages[0])
        #expect(try reader.calls(ofSession: session.id) == batch.calls)
        #expect(try reader.gaps(ofSession: session.id) == batch.gaps)
        let recording = try #require(try reader.recordings().first)
        #expect(recording.gaps == 1 && recording.gapBytes == 10)
    }

    @Test func `a row that returns replaces the one before, and keeps what the fold said of it`() throws {
        let writer = try CaptureWriter(path: folder.file(), recording: .sample())
        var rows = SampleRows(writer.recordingID)
        var batch = RowBatch()
        var exchange = rows.exchange(on: 1, status: nil)
        let attribution = exchange.attribution
        exchange.attribution = nil
        batch.exchanges = [exchange]
        _ = try writer.commit(batch)
        batch.exchanges = []
        batch.attributions = [try #require(attribution)]
        _ = try writer.commit(batch)
        exchange.response = ResponseHead(status: 200, fields: [])
        exchange.responseBody = [65]
        batch.attributions = []
        batch.exchanges = [exchange]
        _ = try writer.commit(batch)
        exchange.attribution = attribution
        #expect(try CaptureReader(path: folder.file()).exchange(exchange.id) == exchange)
    }
}
