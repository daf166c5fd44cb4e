import ArgumentParser
import MCPTransports

/// `mcp-inspect ping URL`
package struct PingCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "ping",
        abstract: "Open a session with a server, ping it, and say what it is and how long it took.",
        discussion: """
            The revision of 2026-07-28 has no ping; there server/discover is asked instead. Exit code 3 when the server wants \
            other credentials, 4 when it cannot be reached or speaks no MCP.

              mcp-inspect ping http://127.0.0.1:8000/mcp -c 3
            """)

    @OptionGroup var client: ClientOptions

    @Option(name: .shortAndLong, help: "How many pings.")
    var count = Environment.text("COUNT").flatMap { Int($0) } ?? 1

    @Option(help: ArgumentHelp("Pause between pings.", valueName: "duration"))
    var interval =
        Environment.text("INTERVAL").flatMap { DurationArgument(argument: $0) } ?? DurationArgument(milliseconds: 1000)

    @OptionGroup var output: FormatOption

    package init() {}

    package func validate() throws {
        try Environment.require("COUNT", Int.self)
        try Environment.require("INTERVAL", DurationArgument.self)
        guard count > 0 else { throw ValidationError("--count must be at least 1.") }
    }

    package mutating func run() async throws {
        let (count, interval, format) = (count, interval, output.format)
        let clock = ContinuousClock()
        let begin = clock.now
        try await client.withClient { client, transport in
            var list = ObjectList(isArray: format == .json)
            let status = await transport.status()
            if format == .text { Terminal.line(Self.line(client, status, opened: clock.now - begin)) }
            for number in 1...count {
                if number > 1 { try await Task.sleep(for: .milliseconds(interval.milliseconds)) }
                let sent = clock.now
                try await client.ping()
                let time = Self.milliseconds(clock.now - sent)
                if format == .text {
                    Terminal.line("ping \(number): \(Figures.duration(ms: time))")
                } else {
                    list.add(
                        .object([
                            .init("seq", Int64(number)), .init("ms", time), .init("dialect", status.dialect?.rawValue),
                            .init("revision", status.revision),
                        ]))
                }
            }
            if format != .text { list.finish() }
        }
    }

    private static func line(
        _ client: MCPClient, _ status: SSEClientTransport.Status, opened: Duration
    ) -> String {
        let server = client.initializeResult?.server.map { "\($0.name) \($0.version)" } ?? "a server without a name"
        let dialect = status.dialect?.rawValue ?? "unknown dialect"
        let time = Figures.duration(ms: milliseconds(opened))
        return "\(server), \(dialect) \(status.revision ?? ""), opened in \(time)"
    }

    private static func milliseconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) * 1000 + Double(duration.components.attoseconds) / 1e15
    }
}
