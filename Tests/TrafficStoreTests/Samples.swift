import Traffic
import TrafficStore
import WireFormats

let sampleStart: Int64 = 1_795_384_815_042_000_000

extension RecordingStart {
    static func sample(name: String? = nil, source: RecordingRow.Source = .proxy) -> RecordingStart {
        RecordingStart(
            name: name, source: source, target: "http://127.0.0.1:3000", command: "record", toolVersion: "0.1.0",
            foldVersion: 1, startedNs: sampleStart)
    }
}

/// Makes rows of one recording, with ids and times that count up by themselves.
struct SampleRows {
    let recording: Int64
    private var counter: Int64 = 0

    init(_ recording: Int64) { self.recording = recording }

    mutating func id() -> Int64 {
        counter += 1
        return recording << 32 | counter
    }

    func at(_ ms: Int64) -> Int64 { sampleStart + ms * 1_000_000 }

    mutating func connection(_ client: String = "127.0.0.1:50001", at ms: Int64 = 0) -> ConnectionRow {
        ConnectionRow(
            id: id(), recordingID: recording, leg: .client, client: client, server: "127.0.0.1:6480",
            openedNs: at(ms))
    }

    mutating func exchange(
        _ method: String = "POST", on connection: Int64, session: Int64? = nil, status: Int? = 200, at ms: Int64 = 1,
        end: Int64? = nil, isStream: Bool = false, body: String? = nil
    ) -> ExchangeRow {
        var row = ExchangeRow(
            id: id(), recordingID: recording, connectionID: connection,
            request: RequestHead(
                method: method, target: "/mcp", fields: [HTTPField(name: "Host", value: "localhost:6480")]),
            requestStartNs: at(ms))
        row.requestBody = body.map { Array($0.utf8) }
        row.requestEndNs = at(ms)
        if let status {
            row.response = ResponseHead(status: status, fields: [])
            row.responseStartNs = at(ms + 1)
        }
        if let end {
            row.responseEndNs = at(end)
            row.endedBy = .server
            row.endReason = .complete
        }
        row.isStream = isStream
        row.attribution = Attribution(
            exchangeID: row.id, sessionID: session, dialect: .streamable, evidence: "one URL", confidence: .high)
        return row
    }

    mutating func session(_ base: String? = "client", at ms: Int64 = 0) -> SessionRow {
        var row = SessionRow(id: id(), recordingID: recording, startedNs: at(ms), confidence: .high)
        row.nameBase = base
        return row
    }

    mutating func event(
        _ raw: String, kind: ServerSentBlock.Kind, on exchange: Int64, seq: Int64, at ms: Int64, type: String? = nil,
        data: String? = nil, comment: String? = nil, retry: Int? = nil
    ) -> StreamEventRow {
        let block = ServerSentBlock(
            kind: kind, raw: Array(raw.utf8), type: type, retry: retry, data: data.map { Array($0.utf8) },
            comment: comment.map { Array($0.utf8) })
        return StreamEventRow(
            exchangeID: exchange, endNs: at(ms),
            block: StreamBlock(id: id(), seq: seq, firstByteAt: at(ms), block: block))
    }

    mutating func message(
        _ kind: MessageRow.Kind, _ direction: Direction, session: Int64?, exchange: Int64, at ms: Int64,
        method: String? = nil, body: MessageRow.Body = .requestBody, bytes: Int64 = 10
    ) -> MessageRow {
        var row = MessageRow(
            id: id(), recordingID: recording, seq: counter, atNs: at(ms), direction: direction, kind: kind,
            bytes: bytes, body: body)
        row.sessionID = session
        row.exchangeID = exchange
        row.method = method
        return row
    }

    mutating func call(
        _ status: CallRow.Status, session: Int64, exchange: Int64?, request: Int64, at ms: Int64,
        method: String = "tools/call", name: String? = nil, latency: Double? = nil
    ) -> CallRow {
        var row = CallRow(
            id: id(), recordingID: recording, direction: .clientToServer, method: method, rpcID: "1",
            requestID: request, sentNs: at(ms), requestBytes: 10)
        row.sessionID = session
        row.exchangeID = exchange
        row.name = name
        row.latencyMs = latency
        row.status = status
        return row
    }
}

extension QueryRows {
    func all() throws -> [[StoredValue]] {
        var rows: [[StoredValue]] = []
        while let row = try next() { rows.append(row) }
        return rows
    }
}

extension CaptureReader {
    func values(_ sql: String) throws -> [[StoredValue]] { try query(sql).all() }

    func texts(_ sql: String) throws -> [String] {
        try values(sql).map { row in
            row.map { value in
                switch value {
                case .null: "-"
                case .integer(let integer): String(integer)
                case .real(let real): String(real)
                case .text(let text): text
                case .blob(let bytes): "x\(bytes.count)"
                }
            }.joined(separator: " ")
        }
    }
}
