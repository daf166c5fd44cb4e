import Traffic
import TrafficStore

/// Finds what went wrong in sessions.
enum ProblemSearch {
    static func problems(_ reader: CaptureReader, sessions: [Int64], recordings: Set<Int64>) throws -> [FoundProblem] {
        var labels: [Int64: String] = [:]
        for id in sessions { labels[id] = try reader.session(id)?.label }
        var found: [FoundProblem] = []
        for recording in recordings.sorted() {
            let rows = try reader.query(
                """
                SELECT kind, at_ns, session_id, method, name, code, detail, exchange_id FROM errors
                WHERE recording_id = \(recording)
                """)
            while let row = try rows.next() {
                guard row.count == 8, case .text(let kind) = row[0], case .integer(let at) = row[1] else { continue }
                var session: Int64?
                if case .integer(let id) = row[2] { session = id }
                if let session, labels[session] == nil { continue }
                var words: [String] = []
                for value in row[3...6] {
                    if case .text(let text) = value { words.append(text) }
                    if case .integer(let number) = value { words.append(String(number)) }
                }
                var look: String?
                if let label = session.flatMap({ labels[$0] }), case .integer(let exchange) = row[7] {
                    look = "show \(label) exchange:\(exchange.numberInRecording)"
                }
                found.append(
                    FoundProblem(
                        kind: kind, rank: order.firstIndex(of: kind) ?? order.count, atNs: at,
                        session: session.flatMap { labels[$0] }, text: words.joined(separator: " "), look: look))
            }
        }
        return found.sorted(by: FoundProblem.isBefore)
    }

    private static let order = [
        "gap", "interrupted", "upstream_failure", "unanswered", "cut_stream", "cut_response", "http_error",
        "invalid_message", "rpc_error", "tool_error",
    ]
}
