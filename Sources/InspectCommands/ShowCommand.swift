import ArgumentParser
import Foundation
import Traffic
import TrafficStore

/// `mcp-inspect show`
package struct ShowCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print what client and server said in a session, in order.",
        discussion: """
            Each line is a message: time since the session began, direction (→ from the client, ← from the server), \
            kind, method and name, id, how long the answer took, size, and the number of the HTTP exchange it came in \
            ("via GET /sse #3" where an answer came on another stream than its request's own). Between them stand \
            streams opened (┬) and closed (┴), heartbeats (·, together), HTTP errors, changes by the proxy (~) and \
            gaps (!).

            Filters after the session narrow it; all must hold:
              tool:NAME     calls of a tool; * stands for any text
              method:NAME   tools/call, tools (all of tools/…), notifications/*
              id:ID         a JSON-RPC id
              status:S      ok, error, tool_error, rpc_error, http_error, cancelled,
                            pending, unanswered, or an HTTP status: 404, 4xx
              latency>200ms also < >= <=; quote it for the shell
              exchange:N    one HTTP exchange, by the number after #
              from:client   or from:server

              mcp-inspect show
              mcp-inspect show claude-code/3 tool:search 'latency>1s'
              mcp-inspect show failing.sqlite status:error --body
              mcp-inspect show latest exchange:4 from:server --raw > stream.txt
            """)

    @Argument(
        help: ArgumentHelp(
            "A session (its name or id, a recording's name, FILE, FILE#session; default: latest), then filters.",
            valueName: "session|filter"))
    var words: [String] = []

    @Flag(help: "Print message bodies under their lines; in machine formats, in the member body.")
    var body = false

    @Flag(
        help:
            "Print the contents of the exchanges byte for byte and nothing else: of each the request's, then the response's."
    )
    var raw = false

    @Flag(name: .shortAndLong, help: "Every heartbeat, every stream, and every change by the proxy.")
    var verbose = false

    @OptionGroup var output: FormatOption
    @OptionGroup var database: DatabaseOption

    package init() {}

    package func validate() throws {
        if raw, output.format != .text { throw ValidationError("--raw prints bytes; leave out --format.") }
        if raw, body { throw ValidationError("--raw and --body exclude each other.") }
    }

    package func run() throws {
        let (session, tokens) = try ShowArguments.parse(words)
        let selected = try SelectedSessions.resolve(session, in: database)
        if raw || Environment.flag("RAW") {
            let contents = try RawContents(tokens)
            for id in selected.ids { try contents.write(selected.reader, session: id, to: Terminal.raw) }
            return UsedFile.tell(selected.reader.path, isMachine: true)
        }
        var printer = TimelinePrinter(
            reader: selected.reader, tokens: tokens, format: output.format, hasBodies: body || Environment.flag("BODY"),
            style: .standardOutput)
        for id in selected.ids {
            let traffic = try SessionTraffic(selected.reader, session: id)
            try printer.print(
                Timeline(traffic, everything: verbose || Environment.flag("VERBOSE"), joinsPings: tokens.isEmpty),
                isAlone: selected.ids.count == 1)
        }
        printer.finish()
        UsedFile.tell(selected.reader.path, isMachine: output.format != .text)
    }
}

/// The words after `show`.
enum ShowArguments {
    /// The first word is the session unless it is a filter.
    static func parse(_ words: [String]) throws(CommandFailure) -> (session: String, tokens: [FilterToken]) {
        var words = words[...]
        var session = "latest"
        if let first = words.first, !FilterToken.looksLikeOne(first) { session = words.removeFirst() }
        var tokens: [FilterToken] = []
        for word in words { tokens.append(try FilterToken.parse(word)) }
        return (session, tokens)
    }
}
