import Traffic

/// The order in which a recording's observed rows were seen, as a temporary table: the keys of all events sorted by
/// time, on disk where they are many. Made by one scan, so that no read of the capture itself lasts.
enum EventOrder {
    /// What a key stands for; where times are equal, in this order.
    enum What: Int64 {
        case opened, requestHead, requestEnd, informational, responseHead, chunk, block, gap, ended, closed
        /// What is known of an exchange that never ended.
        case unfinished
    }

    static func make(_ connection: Connection, recording: Int64) throws(StoreFailure) {
        try connection.execute(
            """
            DROP TABLE IF EXISTS temp.event_order;
            CREATE TEMP TABLE event_order (
                place INTEGER PRIMARY KEY, at INTEGER, what INTEGER, row INTEGER, a INTEGER, b INTEGER);
            INSERT INTO temp.event_order (at, what, row, a, b)
            \(keys(in: RowRange(recording: recording), recording)) ORDER BY 1, 2, 3, 4
            """)
    }

    private static func keys(in range: RowRange, _ recording: Int64) -> String {
        let exchange = "FROM main.exchanges e WHERE e.\(range.condition)"
        func key(_ what: What, _ time: String, _ from: String, id: String = "e.id", a: String = "0") -> String {
            "SELECT \(time), \(what.rawValue), \(id), \(a), 0 \(from)"
        }
        let connections = "FROM main.connections WHERE \(range.condition)"
        return [
            key(.opened, "opened_ns", connections, id: "id"),
            key(.closed, "closed_ns", connections + " AND closed_ns IS NOT NULL", id: "id"),
            key(.requestHead, "e.request_start_ns", exchange),
            key(.requestEnd, "e.request_end_ns", exchange + " AND e.request_end_ns IS NOT NULL"),
            key(.responseHead, "e.response_start_ns", exchange + " AND e.response_start_ns IS NOT NULL"),
            key(.ended, "e.response_end_ns", exchange + " AND e.response_end_ns IS NOT NULL"),
            key(
                .unfinished, "(SELECT last_ns FROM main.recordings WHERE id = \(recording))",
                exchange + " AND e.response_end_ns IS NULL"),
            key(.block, "end_ns", "FROM main.stream_events WHERE \(range.condition)", id: "id"),
            key(.gap, "at_ns", "FROM main.gaps WHERE \(range.condition)", id: "id"),
            """
            SELECT j.value ->> '$.at_ns', \(What.informational.rawValue), e.id, j.key, 0
            FROM main.exchanges e, json_each(e.informational) j
            WHERE e.\(range.condition) AND e.informational IS NOT NULL
            """,
            """
            SELECT j.value ->> '$[0]', \(What.chunk.rawValue), e.id, j.value ->> '$[1]', j.value ->> '$[2]'
            FROM main.exchanges e, json_each(e.chunks) j WHERE e.\(range.condition) AND e.chunks IS NOT NULL
            """,
        ].joined(separator: "\nUNION ALL\n")
    }
}
