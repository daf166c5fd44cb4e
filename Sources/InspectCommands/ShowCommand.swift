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

            \(FilterHelp.terms)

              mcp-inspect show
              mcp-inspect show claude-code/3 tool:search 'latency>1s'
              mcp-inspect show failing.sqlite status:error --body
              mcp-inspect show latest 'tool:search | tool:fetch' '!status:ok'
              mcp-inspect show latest exchange:4 dir:server --raw > stream.txt
            """)

    @Argument(
        help: ArgumentHelp(
            "A session (its name or id, a recording's name, FILE, FILE#session; default: latest), then a filter.",
            valueName: "session|filter"))
    var words: [String] = []

    @Flag(help: "Print message bodies under their lines; in machine formats, in the member body.")
    var body = false

    @Flag(
        help:
            "Print the contents of the exchanges byte for byte and nothing else: the request's where something from the client is selected, then the response's."
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
        let arguments = try FilterArguments(words)
        let selected = try SelectedSessions.resolve(arguments.session ?? "latest", in: database)
        if raw || Environment.flag("RAW") {
            let contents = RawContents(filter: arguments.filter)
            for id in selected.ids { try contents.write(selected.reader, session: id, to: Terminal.raw) }
            return UsedFile.tell(selected.reader.path, isMachine: true)
        }
        var printer = TimelinePrinter(
            reader: selected.reader, isFiltered: !arguments.filter.selectsEverything, format: output.format,
            hasBodies: body || Environment.flag("BODY"), style: .standardOutput)
        for id in selected.ids {
            guard let session = try selected.reader.session(id) else { continue }
            let timeline = try Timeline(
                selected.reader, session: session, filter: arguments.filter,
                everything: verbose || Environment.flag("VERBOSE"))
            try printer.print(timeline, isAlone: selected.ids.count == 1)
        }
        printer.finish()
        UsedFile.tell(selected.reader.path, isMachine: output.format != .text)
    }
}
