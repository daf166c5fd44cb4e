import Traffic

/// The rows of a session, in the order in which they were seen.
extension CaptureReader {
    /// Connections, of either leg, that carried the session's exchanges.
    package func connections(ofSession session: Int64) throws(StoreFailure) -> [ConnectionRow] {
        try rows(
            where: """
                id IN (SELECT connection_id FROM exchanges WHERE session_id = ?1
                    UNION SELECT upstream_connection_id FROM exchanges WHERE session_id = ?1)
                """, .integer(session))
    }

    /// `after`: the id of the last row of the page before; `limit` bounds what is held in memory.
    package func exchanges(
        ofSession session: Int64, after: Int64 = 0, limit: Int = .max
    ) throws(StoreFailure) -> [ExchangeRow] {
        try rows(where: "session_id = ? AND id > ?", limit: limit, .integer(session), .integer(after))
    }

    /// Those of a recording that belong to no session: refused before there was one, or not MCP.
    package func exchangesWithoutSession(ofRecording recording: Int64) throws(StoreFailure) -> [ExchangeRow] {
        try rows(where: "recording_id = ? AND session_id IS NULL", .integer(recording))
    }

    package func exchange(_ id: Int64) throws(StoreFailure) -> ExchangeRow? {
        try rows(ExchangeRow.self, where: "id = ?", limit: 1, .integer(id)).first
    }

    package func streamEvents(
        ofSession session: Int64, after: Int64 = 0, limit: Int = .max
    ) throws(StoreFailure) -> [StreamEventRow] {
        try rows(
            where: "exchange_id IN (SELECT id FROM exchanges WHERE session_id = ?) AND id > ?", limit: limit,
            .integer(session), .integer(after))
    }

    package func streamEvents(
        ofExchange exchange: Int64, after: Int64 = 0, limit: Int = .max
    ) throws(StoreFailure) -> [StreamEventRow] {
        try rows(where: "exchange_id = ? AND id > ?", limit: limit, .integer(exchange), .integer(after))
    }

    package func messages(
        ofSession session: Int64, after: Int64 = 0, limit: Int = .max
    ) throws(StoreFailure) -> [MessageRow] {
        try rows(where: "session_id = ? AND id > ?", limit: limit, .integer(session), .integer(after))
    }

    package func message(_ id: Int64) throws(StoreFailure) -> MessageRow? {
        try rows(MessageRow.self, where: "id = ?", limit: 1, .integer(id)).first
    }

    package func calls(
        ofSession session: Int64, after: Int64 = 0, limit: Int = .max
    ) throws(StoreFailure) -> [CallRow] {
        wantIndexes()
        return try rows(where: "session_id = ? AND id > ?", limit: limit, .integer(session), .integer(after))
    }

    /// Gaps in the session's exchanges, and those of its recording that concern no exchange.
    package func gaps(ofSession session: Int64) throws(StoreFailure) -> [GapRow] {
        try rows(
            where: """
                recording_id = ?1 >> 32
                    AND (exchange_id IS NULL OR exchange_id IN (SELECT id FROM exchanges WHERE session_id = ?1))
                """, .integer(session))
    }

    package func gaps(ofRecording recording: Int64) throws(StoreFailure) -> [GapRow] {
        try rows(where: "recording_id = ?", .integer(recording))
    }
}
