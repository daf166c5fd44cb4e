import ArgumentParser
import Foundation
import TrafficStore

/// `mcp-inspect tail`
package struct TailCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "tail",
        abstract: "Print what clients and servers say while it is recorded, from another terminal.",
        discussion: """
            Follows a capture database that one or several recorders write into: messages as show prints them, with \
            the answer's latency, streams opened and cut, errors, sessions and recordings that begin and end. On a \
            terminal the calls that wait for an answer stand at the bottom, with how long they have waited.

            It begins with the last ten messages; --last and --since begin elsewhere. The database may be made later, \
            recorders may come and go. Recording is not slowed by it: each look is one short read.

            A filter narrows it. Ends with Ctrl-C: exit code 0.

            \(FilterHelp.terms)

              mcp-inspect tail
              mcp-inspect tail --session claude-code/3 tool:search 'latency>1s'
              mcp-inspect tail --since 10m status:error
              mcp-inspect tail --last 0 --format ndjson --exit-when-ended | jq .method
            """)

    @Argument(help: "What to print: a filter.")
    var filters: [String] = []

    @Option(help: ArgumentHelp("Only this session: its name, the part before the slash, or id, or a recording's name."))
    var session: String?

    @Option(help: ArgumentHelp("Begin with what was seen so long ago, such as 5m.", valueName: "duration"))
    var since: DurationArgument?

    @Option(help: ArgumentHelp("Begin with the last so many messages, before filters.", valueName: "count"))
    var last: Int?

    @Flag(help: "Print message bodies under their lines; in machine formats, in the member body.")
    var body = false

    @Flag(name: .shortAndLong, help: "Every heartbeat, every stream, and every change by the proxy.")
    var verbose = false

    @Flag(help: "End when a recorder has been at work and none is any more.")
    var exitWhenEnded = false

    @OptionGroup var output: FormatOption
    @OptionGroup var database: DatabaseOption

    package init() {}

    package func validate() throws {
        if since != nil, last != nil { throw ValidationError("--since and --last both say where to begin; pass one.") }
        try Environment.require("SINCE", DurationArgument.self)
        try Environment.require("LAST", Int.self)
        if let last, last < 0 { throw ValidationError("--last must not be negative.") }
    }

    package func run() async throws {
        var options = Tailer.Options(start: start)
        options.filter = try FilterArguments.onlyFilter(filters)
        options.session = session ?? Environment.text("SESSION")
        options.format = output.format
        options.hasBodies = body || Environment.flag("BODY")
        options.everything = verbose || Environment.flag("VERBOSE")
        options.endsWithRecorders = exitWhenEnded || Environment.flag("EXIT_WHEN_ENDED")
        let path = try database.location().path
        try await UntilSignal.run { [options] in
            var tailer = Tailer(path: path, options: options)
            try await tailer.run()
        }
    }

    private var start: CaptureFollower.Start {
        let isSaid = since != nil || last != nil
        let since = isSaid ? since : Environment.text("SINCE").flatMap { DurationArgument(argument: $0) }
        if let since { return .time(Int64(Date().timeIntervalSince1970 * 1e9) - Int64(since.milliseconds) * 1_000_000) }
        return .last(max(0, last ?? Environment.text("LAST").flatMap { Int($0) } ?? 10))
    }
}
