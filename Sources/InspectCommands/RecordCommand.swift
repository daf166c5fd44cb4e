import ArgumentParser
import Foundation

/// `mcp-inspect record`
package struct RecordCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Record what MCP clients and a server say, as a proxy in front of the server.",
        discussion: """
            Point the client at the URL that is printed instead of the server's own. Bodies and event streams pass \
            unchanged and at once; secrets in headers, query strings and messages are masked in the capture. Without a URL the \
            built-in demo server is started, where demo-server listens by itself, and recorded.

            Lines begin with the time (UTC). Ends with Ctrl-C: exit code 0, or 5 when something could not be recorded.
            """)

    @Argument(
        help:
            "The server, such as http://127.0.0.1:8000/mcp or https://mcp.example.com/mcp (a path in it only shapes the URL that is printed)."
    )
    var url: String?

    @Option(help: ArgumentHelp("The server; same as the argument.", valueName: "url"))
    var target: String?

    @Option(name: .shortAndLong, help: "Address to listen on.")
    var listen =
        Environment.text("LISTEN").flatMap { ListenAddress(argument: $0) }
        ?? ListenAddress(host: "127.0.0.1", port: 6480)

    @Option(help: "Name of the recording; its sessions are NAME/1, NAME/2 and so on.")
    var name: String?

    /// What `--name` gave, or its variable.
    var recordingName: String? { name ?? Environment.text("NAME") }

    @OptionGroup var database: DatabaseOption

    @OptionGroup var redaction: RedactionOptions

    @OptionGroup var upstream: UpstreamOptions

    @OptionGroup var tls: TLSOptions

    @OptionGroup var listenerTLS: ListenerTLSOptions

    @Option(
        help: ArgumentHelp("Serve this Host too, beside loopback names and the listening address.", valueName: "host"))
    var allowHost: [String] = Environment.list("ALLOW_HOST")

    @Flag(
        help: """
            Put this proxy's URL in place of the server's in its OAuth discovery documents, so that clients may log in \
            through the proxy. Whether tokens got that way are accepted is up to the server.
            """)
    var rewriteOauth = false

    @Flag(help: "Hold traffic back rather than miss any of it. For tests and careful debugging.")
    var lossless = false

    @Flag(help: "Wait for the disk at each commit, so that the capture survives a loss of power.")
    var durable = false

    @Option(help: "Threads that forward.")
    var threads = Environment.text("THREADS").flatMap { Int($0) } ?? 1

    @Flag(name: .shortAndLong, help: "Print nothing but errors.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Print every message.")
    var verbose = false

    var rewritesOAuth: Bool { rewriteOauth || Environment.flag("REWRITE_OAUTH") }

    package init() {}

    package func validate() throws {
        if url != nil, target != nil { throw ValidationError("Pass the server once: as an argument or with --target.") }
        if let name = recordingName, name.isEmpty || name.contains("/") || name.contains("#") {
            throw ValidationError("--name must not be empty or contain '/' or '#'.")
        }
        try Environment.require("LISTEN", ListenAddress.self)
        try Environment.require("DEMO_LISTEN", ListenAddress.self)
        try Environment.require("THREADS", Int.self)
        guard (1...64).contains(threads) else { throw ValidationError("--threads must be 1 to 64.") }
    }

    package mutating func run() async throws {
        let target = url ?? target ?? Environment.text("TARGET")
        let feed = LiveFeed(
            isQuiet: quiet || Environment.flag("QUIET"), isVerbose: verbose || Environment.flag("VERBOSE"),
            rewritesOAuth: rewritesOAuth)
        guard let target else {
            let demo = try await DemoServerProcess.start()
            defer { demo.stop() }
            feed.say("no server given: recording the built-in demo server at \(demo.url)")
            return try await record(demo.url + "/mcp", feed)
        }
        try await record(target, feed)
    }

    private func record(_ target: String, _ feed: LiveFeed) async throws {
        let live = try Wiring.proxyRecording(self, target: target)
        let address = listen
        let summary = try await UntilSignal.run {
            try await live.run(feed: feed) { port in
                let scheme = live.isSecure ? "https" : "http"
                feed.started(
                    url: "\(scheme)://\(ListenAddress(host: address.host, port: port))\(live.path)", target: target,
                    database: live.database)
                if let certificate = live.certificate { feed.trust(certificate) }
            }
        }
        feed.ended(summary, database: live.database)
        guard summary.isComplete else { throw ExitCode(CommandFailure.Code.incomplete.rawValue) }
    }
}
