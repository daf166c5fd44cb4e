import ArgumentParser
import Foundation
import Traffic
import TrafficStore

/// `mcp-inspect sql`
package struct SQLCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "sql",
        abstract: "Ask the capture with a SQL query that only reads.",
        discussion: """
            Tables: recordings, connections, exchanges, stream_events, gaps, sessions, calls. Views: messages, timeline, \
            session_summary, streams, heartbeats, tool_latency, errors. Times end in _ns (since 1970), durations in _ms. \
            Blobs are printed in hexadecimal.

              mcp-inspect sql "SELECT name, count, p50_ms, p99_ms FROM tool_latency"
              mcp-inspect sql "SELECT at, session, kind, detail FROM errors" --format csv
              mcp-inspect sql "SELECT body ->> '$.params.name' AS tool FROM messages"
              mcp-inspect sql - < query.sql
            """)

    @Argument(help: "The query, or - to read it from standard input.")
    var query: String

    @Option(
        help: ArgumentHelp(
            "How to print: a table, one JSON array, one JSON object a line, or CSV.",
            valueName: "format"))
    var format: TableFormat = Environment.text("FORMAT").flatMap { TableFormat(argument: $0) } ?? .table

    @OptionGroup var database: DatabaseOption

    package init() {}

    package func validate() throws { try Environment.requireFormat(TableFormat.self) }

    package func run() throws {
        let reader = try CaptureReader(path: try database.location().path)
        do throws(StoreFailure) {
            let rows = try reader.query(query == "-" ? Self.standardInput() : query)
            var output = QueryOutput(columns: rows.columns, format: format, style: .standardOutput)
            while let row = try rows.next() { output.add(row) }
            output.finish()
        } catch {
            // Of SQLite's own words only those about the query need to be told where to look.
            let isAboutQuery = error.code == .query && error.message.hasPrefix(reader.path)
            let hint = isAboutQuery ? "; mcp-inspect sql --help lists the tables and views" : ""
            throw CommandFailure(.usage, error.message.visible + hint)
        }
        UsedFile.tell(reader.path, isMachine: format != .table)
    }

    private static func standardInput() -> String {
        String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
    }
}
