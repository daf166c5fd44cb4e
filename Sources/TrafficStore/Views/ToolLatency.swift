extension View {
    /// One row a method and name: how often, how often wrong, how long until the answer. Percentiles are the nearest
    /// rank among the calls that were answered. Times are rounded to microseconds.
    static let toolLatency = View(
        name: "tool_latency",
        sql: """
            SELECT recording_id, method, name, count(*) AS count,
                sum(status IN ('tool_error', 'rpc_error', 'http_error', 'unanswered')) AS errors,
                min(latency_ms) AS min_ms, \(percentile(50)), \(percentile(95)), \(percentile(99)),
                max(latency_ms) AS max_ms
            FROM (
                SELECT recording_id, method, name, status, round(latency_ms, 3) AS latency_ms,
                    row_number() OVER (PARTITION BY recording_id, method, name
                        ORDER BY latency_ms IS NULL, latency_ms) AS place,
                    count(latency_ms) OVER (PARTITION BY recording_id, method, name) AS answered
                FROM calls)
            GROUP BY recording_id, method, name
            """)

    private static func percentile(_ percent: Int) -> String {
        "max(latency_ms) FILTER (WHERE place = (answered * \(percent) + 99) / 100) AS p\(percent)_ms"
    }
}
