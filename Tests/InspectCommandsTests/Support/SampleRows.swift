import Testing
import Traffic
import WireFormats

@testable import InspectCommands
@testable import TrafficStore

/// Rows of one session, made by hand. Times are milliseconds since it began.
struct SampleRows {
    static let recording: Int64 = 1
    private var batch = RowBatch()
    private var nextID: Int64 = 0

    static func id(_ number: Int64) -> Int64 { recording << 32 | number }
    static func at(_ ms: Int64) -> Int64 { SampleCapture.start + ms * 1_000_000 }

    init(dialect: Dialect = .httpSSE, ended: (ms: Int64, reason: SessionRow.EndReason)? = nil) {
        var row = SessionRow(id: Self.id(1), recordingID: 1, startedNs: Self.at(0), confidence: .high)
        row.dialect = dialect
        row.revision = "2024-11-05"
        row.clientName = "tourist"
        row.clientVersion = "1.2"
        row.nameBase = "tourist"
        row.endedNs = ended.map { Self.at($0.ms) }
        row.endReason = ended?.reason
        batch.sessions = [row]
    }

    private mutating func next() -> Int64 {
        nextID += 1
        return Self.id(nextID)
    }

    mutating func exchange(
        _ number: Int64, _ method: String, _ path: String, at ms: Int64, status: Int? = 202, end: Int64? = nil,
        by: Peer = .server, _ reason: EndReason = .complete, isStream: Bool = false, edits: [Edit] = [],
        body: String? = nil, lastEventID: String? = nil
    ) {
        var row = ExchangeRow(
            id: Self.id(number), recordingID: 1, connectionID: Self.id(1),
            request: RequestHead(
                method: method, target: path,
                fields: lastEventID.map { [HTTPField(name: "Last-Event-ID", value: $0)] } ?? []),
            requestStartNs: Self.at(ms))
        if let status {
            row.response = ResponseHead(status: status, reason: status == 404 ? "Not Found" : "", fields: [])
            row.responseStartNs = Self.at(ms) + 1_000_000
        }
        if let end {
            row.responseEndNs = Self.at(end)
            row.endedBy = by
            row.endReason = reason
        }
        row.isStream = isStream
        row.edits = edits
        row.responseBody = body.map { Array($0.utf8) }
        row.attribution = Attribution(exchangeID: row.id, sessionID: Self.id(1))
        batch.exchanges.append(row)
    }

    /// Returns the message's id.
    @discardableResult
    mutating func message(
        _ direction: Direction, _ kind: MessageRow.Kind, in exchange: Int64, at ms: Int64, method: String? = nil,
        name: String? = nil, id: String? = nil, call: Int64? = nil, bytes: Int64 = 100, code: Int64? = nil,
        duplicateOf: Int64? = nil
    ) -> Int64 {
        var row = MessageRow(
            id: next(), recordingID: 1, seq: 0, atNs: Self.at(ms), direction: direction, kind: kind, bytes: bytes,
            body: .requestBody)
        row.sessionID = Self.id(1)
        row.exchangeID = Self.id(exchange)
        row.method = method
        row.name = name
        row.rpcID = id
        row.callID = call.map(Self.id)
        row.errorCode = code
        row.duplicateOf = duplicateOf
        batch.messages.append(row)
        return row.id
    }

    /// A request and, where `answer` is given, what answers it.
    mutating func call(
        _ number: Int64, _ direction: Direction = .clientToServer, method: String, name: String? = nil,
        in exchange: Int64,
        at ms: Int64, answer: (exchange: Int64, ms: Int64, kind: MessageRow.Kind)? = nil, status: CallRow.Status = .ok,
        reason: CallRow.Reason? = nil
    ) {
        let id = String(number)
        let request = message(
            direction, .request, in: exchange, at: ms, method: method, name: name, id: id, call: number)
        var row = CallRow(
            id: Self.id(number), recordingID: 1, direction: direction, method: method, rpcID: id, requestID: request,
            sentNs: Self.at(ms), requestBytes: 100)
        row.sessionID = Self.id(1)
        row.exchangeID = Self.id(exchange)
        row.name = name
        row.status = status
        row.reason = reason
        if let answer {
            row.responseID = message(
                direction.reversed, answer.kind, in: answer.exchange, at: answer.ms, method: method, name: name, id: id,
                call: number, bytes: 1250, code: answer.kind == .error ? -32601 : nil)
            row.responseExchangeID = Self.id(answer.exchange)
            row.latencyMs = Double(answer.ms - ms)
        }
        batch.calls.append(row)
    }

    mutating func block(
        _ kind: ServerSentBlock.Kind, in exchange: Int64, at ms: Int64, type: String? = nil, id: String? = nil,
        retry: Int? = nil, data: String? = nil, comment: String? = nil
    ) {
        let block = ServerSentBlock(
            kind: kind, raw: [], type: type, id: id, retry: retry, data: data.map { Array($0.utf8) },
            comment: comment.map { Array($0.utf8) })
        batch.streamEvents.append(
            StreamEventRow(
                exchangeID: Self.id(exchange), endNs: Self.at(ms),
                block: StreamBlock(id: next(), seq: 0, firstByteAt: Self.at(ms), block: block)))
    }

    mutating func gap(bytes: Int64, in exchange: Int64, at ms: Int64) {
        batch.gaps.append(
            GapRow(
                id: next(), recordingID: 1, connectionID: nil, exchangeID: Self.id(exchange), atNs: Self.at(ms),
                bytes: bytes, reason: "queue full"))
    }

    func lines(
        everything: Bool = false, filter: Filter = .everything, style: TextStyle = .plain
    ) -> String {
        let entries = entries(everything: everything, filter: filter)
        let text = TimelineText(entries, startedNs: Self.at(0), style: style)
        return entries.map(text.line).joined(separator: "\n")
    }

    /// As they are read from a capture that holds the rows.
    func entries(everything: Bool = false, filter: Filter = .everything) -> [TimelineEntry] {
        do {
            let folder = try TemporaryFolder()
            let start = RecordingStart(
                name: nil, source: .proxy, target: nil, command: "record", toolVersion: "0.1.0", foldVersion: 1,
                startedNs: Self.at(0))
            let writer = try CaptureWriter(path: folder.file(), recording: start)
            _ = try writer.commit(batch)
            try writer.close(endedNs: Self.at(100_000))
            let reader = try CaptureReader(path: folder.file())
            let session = try #require(try reader.session(Self.id(1)))
            return try Timeline(reader, session: session, filter: filter, everything: everything).all()
        } catch {
            Issue.record(error)
            return []
        }
    }
}
