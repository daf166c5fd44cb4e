import Foundation

/// The capture as anybody reads it: with the `sqlite3` program and SQL over the documented names.
struct Capture {
    var integrity: [Integrity]
    var recordings: [Recording]
    var gaps: [Count]
    var connections: [Connection]
    var exchanges: [Exchange]
    var blocks: [StoredBlock]
    var messages: [Message]
    var calls: [Call]
    var sessions: [Session]

    static func read(_ database: URL, _ installation: Installation, in folder: URL) async throws -> Capture {
        let reader = Reader(database: database, installation: installation, folder: folder)
        return Capture(
            integrity: try await reader.rows("PRAGMA integrity_check"),
            recordings: try await reader.rows(
                "SELECT source, interrupted, gaps, gap_bytes, ended_ns IS NOT NULL AS ended FROM recordings"),
            gaps: try await reader.rows("SELECT count(*) AS count FROM gaps"),
            connections: try await reader.rows("SELECT leg, tls FROM connections"),
            exchanges: try await reader.rows(
                """
                SELECT id, method, target, status, is_stream, ended_by, end_reason, last_event_id, dialect, redacted,
                    request_headers, response_headers, request_start_ns,
                    coalesce(CAST(request_body AS TEXT), '') AS request_body,
                    coalesce(CAST(response_body AS TEXT), '') AS response_body
                FROM exchanges ORDER BY request_start_ns, id
                """),
            blocks: try await reader.rows(
                """
                SELECT exchange_id, kind, type, event_id, retry_ms, CAST(data AS TEXT) AS data,
                    CAST(comment AS TEXT) AS comment
                FROM stream_events ORDER BY exchange_id, seq
                """),
            messages: try await reader.rows(
                """
                SELECT m.exchange_id, s.client_name, m.direction, m.kind, m.rpc_id, m.method, m.name, m.error_code,
                    m.body, c.method AS call_method,
                    m.body ->> '$.params._meta."io.modelcontextprotocol/protocolVersion"' AS version,
                    m.body -> '$.params._meta."io.modelcontextprotocol/subscriptionId"' AS subscription_id
                FROM messages m LEFT JOIN sessions s ON s.id = m.session_id LEFT JOIN calls c ON c.id = m.call_id
                ORDER BY m.exchange_id, m.at_ns, m.id
                """),
            calls: try await reader.rows(
                """
                SELECT c.exchange_id, c.response_exchange_id, s.client_name, c.direction, c.method, c.name, c.rpc_id,
                    c.status, c.reason, c.rounds,
                    (SELECT count(*) FROM messages m
                        WHERE m.call_id = c.id AND m.kind IN ('request', 'response', 'error')) AS pieces
                FROM calls c LEFT JOIN sessions s ON s.id = c.session_id ORDER BY c.id
                """),
            sessions: try await reader.rows(
                "SELECT name, dialect, revision, client_name, server_name, end_reason FROM sessions ORDER BY id"))
    }
}

extension Capture {
    struct Integrity: Decodable { var integrityCheck: String }

    struct Recording: Decodable {
        var source: String
        var interrupted: Int
        var gaps: Int
        var gapBytes: Int
        var ended: Int
    }

    struct Count: Decodable { var count: Int }

    struct Connection: Decodable {
        var leg: String
        var tls: String?
    }

    struct Exchange: Decodable {
        var id: Int
        var method: String
        var target: String
        var status: Int?
        var isStream: Int
        var endedBy: String?
        var endReason: String?
        var lastEventId: String?
        var dialect: String?
        var redacted: Int
        var requestHeaders: String
        var responseHeaders: String?
        var requestStartNs: Int
        var requestBody: String
        var responseBody: String
    }

    struct StoredBlock: Decodable {
        var exchangeId: Int
        var block: Block
        enum CodingKeys: CodingKey { case exchangeId }
        init(from decoder: any Decoder) throws {
            exchangeId = try decoder.container(keyedBy: CodingKeys.self).decode(Int.self, forKey: .exchangeId)
            block = try Block(from: decoder)
        }
    }

    struct Message: Decodable {
        var exchangeId: Int?
        var clientName: String?
        var direction: String
        var kind: String
        var rpcId: String?
        var method: String?
        var name: String?
        var errorCode: Int?
        var body: String?
        /// The method of the call that it belongs to.
        var callMethod: String?
        /// The revision that a request names in its text.
        var version: String?
        /// JSON text of the subscription that a notification is of.
        var subscriptionId: String?
    }

    struct Call: Decodable {
        var exchangeId: Int?
        var responseExchangeId: Int?
        var clientName: String?
        var direction: String
        var method: String
        var name: String?
        var rpcId: String
        var status: String
        var reason: String?
        var rounds: Int
        /// Requests and answers that belong to it.
        var pieces: Int
    }

    struct Session: Decodable {
        var name: String?
        var dialect: String?
        var revision: String?
        var clientName: String?
        var serverName: String?
        var endReason: String?
    }
}

struct Reader {
    var database: URL
    var installation: Installation
    var folder: URL

    func rows<Row: Decodable>(_ query: String) async throws -> [Row] {
        let arguments = ["-readonly", "-json", database.path, query]
        let sqlite = try ChildProcess("sqlite3", installation.sqlite, arguments, in: folder)
        return try await sqlite.during { sqlite in
            try await sqlite.succeed(within: 15)
            // Without rows there is no output at all.
            guard !sqlite.output.isEmpty else { return [] }
            return try JSONDecoder.ofColumns.decode([Row].self, from: sqlite.output)
        }
    }
}

extension JSONDecoder {
    /// Reads names as columns have them.
    static var ofColumns: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }
}
