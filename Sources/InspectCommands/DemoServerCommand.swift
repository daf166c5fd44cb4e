import ArgumentParser
import DemoServer
import Foundation

/// `mcp-inspect demo-server`
package struct DemoServerCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "demo-server",
        abstract: "Run the built-in MCP server, to try everything else on.",
        discussion: """
            Serves streamable HTTP at /mcp, with sessions and without (stateless, 2026-07-28), http+sse at /sse, and \
            broadcast at /broadcast with its listeners at /broadcast/sse: tools that answer at once, slowly with progress, with an \
            error, or ask the client for sampling and elicitation; lists of several pages, resources and a prompt.
            """)

    @Option(name: .shortAndLong, help: "Address to listen on.")
    var listen = ListenAddress.ofDemoServer

    @Option(
        help: ArgumentHelp("Pause between heartbeats on open streams, such as 500ms or 15s.", valueName: "duration"))
    var heartbeat =
        Environment.text("HEARTBEAT").flatMap { DurationArgument(argument: $0) }
        ?? DurationArgument(milliseconds: 15_000)

    @Flag(help: ArgumentHelp("End when standard input does.", visibility: .hidden))
    var untilInputEnds = false

    package init() {}

    package func validate() throws {
        try Environment.require("DEMO_LISTEN", ListenAddress.self)
        try Environment.require("HEARTBEAT", DurationArgument.self)
    }

    package mutating func run() async throws {
        let listen = listen
        let server = DemoServer(
            configuration: .init(
                host: listen.host, port: listen.port, heartbeat: .milliseconds(heartbeat.milliseconds)),
            onListening: { port in
                let address = ListenAddress(host: listen.host, port: port)
                let places = [
                    "\(DemoServer.streamablePath) (streamable, stateless)", "\(DemoServer.eventStreamPath) (http+sse)",
                    "\(DemoServer.broadcastPath) with \(DemoServer.broadcastStreamPath) (broadcast)",
                ]
                Terminal.line("demo server: " + places.map { "http://\(address)\($0)" }.joined(separator: ", "))
            })
        try await UntilSignal.run(alsoUntilInputEnds: untilInputEnds) {
            do {
                try await server.run()
            } catch let error where !(error is CancellationError) {
                throw CommandFailure(
                    .usage,
                    "cannot listen on \(listen): \(ListenFailure.reason(error)); pass --listen with another port")
            }
        }
    }
}
