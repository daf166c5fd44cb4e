import ArgumentParser
import MCPTransports

/// How commands that are MCP clients themselves reach a server.
struct ClientOptions: ParsableArguments {
    @Argument(help: "The server's URL, with its path.")
    var url: String

    @Option(help: ArgumentHelp("The dialect to speak; auto finds out.", valueName: "dialect"))
    var dialect = Environment.text("DIALECT").flatMap { DialectArgument(argument: $0) } ?? .auto

    @Option(help: ArgumentHelp("How long each request may take, such as 500ms or 30s.", valueName: "duration"))
    var timeout =
        Environment.text("TIMEOUT").flatMap { DurationArgument(argument: $0) } ?? DurationArgument(milliseconds: 30_000)

    @OptionGroup var upstream: UpstreamOptions

    @OptionGroup var tls: TLSOptions

    func validate() throws {
        try Environment.require("DIALECT", DialectArgument.self)
        try Environment.require("TIMEOUT", DurationArgument.self)
    }

    /// Connects, shakes hands, gives the client to `body`, and closes.
    func withClient<Result: Sendable>(
        handlers: MCPClient.Handlers = .init(),
        _ body: @escaping @Sendable (MCPClient, SSEClientTransport) async throws -> Result
    ) async throws -> Result {
        let transport = try transport()
        var configuration = MCPClient.Configuration(name: "mcp-inspect", version: InspectCommand.version)
        configuration.timeout = RequestTimeout(.milliseconds(timeout.milliseconds), isResetByProgress: true)
        let client = MCPClient(transport: transport, configuration: configuration, handlers: handlers)
        do {
            try await client.initialize()
            let result = try await body(client, transport)
            await client.close()
            return result
        } catch {
            await client.close()
            throw Self.failure(error, at: url)
        }
    }

    private func transport() throws -> SSEClientTransport {
        var http = HTTPClientConfiguration.standard
        http.proxy = .fromEnvironment
        http.timeouts.request = .milliseconds(timeout.milliseconds)
        try tls.configure(&http)
        let headers = try upstream.headers().map { SSEClientTransport.Header($0.name, $0.value) }
        do {
            return try SSEClientTransport(
                url: url, configuration: .init(dialect: dialect.dialect, http: http, headers: headers))
        } catch {
            throw CommandFailure(.usage, UsageSentence.plain(error.message))
        }
    }

    /// What went wrong in the command line's terms. An error that the server answered is found, not a failure to ask.
    /// `url`: where it was asked, for a hint where the path may be wrong.
    static func failure(_ error: any Error, at url: String = "") -> any Error {
        switch error {
        case let error as MCPError:
            let reason = error.data?["reason"]?.stringValue
            return CommandFailure(
                code(of: reason), advised(error.message, url, reason: reason, status: error.data?["status"]?.intValue))
        case let error as MCPTransportError:
            let reason = "\(error.code)"
            return CommandFailure(
                code(of: reason), advised(error.message, url, reason: reason, status: error.status))
        case let error as HTTPClientError:
            return CommandFailure(error.code == .invalidURL ? .usage : .unreachable, inOptions(error.message))
        case let error as MCPClientError: return CommandFailure(.found, error.message)
        default: return error
        }
    }

    /// The sentence with what to do, unless it says so itself: where nobody answered, and where the server answered, but
    /// not as an MCP server does, and the URL names no path or one that it does not know.
    private static func advised(_ message: String, _ url: String, reason: String?, status: Int?) -> String {
        let sentence = inOptions(message).visible
        switch reason {
        case "unreachable" where !sentence.contains(";"):
            return sentence + "; check that the server runs, and the URL"
        case "refused", "noDialect", "unintelligible":
            guard url.pathOfURL == "/" || status == 404 || status == 405 else { return sentence }
            return sentence + "; check the path of the URL, which mostly is /mcp, or /sse for http+sse"
        default: return sentence
        }
    }

    /// The library names its settings; here they are options.
    private static func inOptions(_ sentence: String) -> String {
        sentence.replacing(
            "pass its CA in trustRoots", with: "pass its CA with --cacert FILE, or accept any with --insecure"
        )
        .replacing("; set serverName if it is the right server", with: "; --insecure accepts it")
        .replacing("set one in clientCertificate", with: "pass one with --cert and --key")
    }

    private static func code(of reason: String?) -> CommandFailure.Code {
        switch reason {
        case "unauthorized": .refused
        case "unreachable", "cut", "noDialect", "badEndpoint", "unsupportedRevision": .unreachable
        default: .found
        }
    }
}

/// `auto`, or the name of a dialect.
enum DialectArgument: String, ExpressibleByArgument, CaseIterable {
    case auto
    case httpSSE = "http+sse"
    case streamable, stateless, broadcast

    var dialect: HTTPDialect? { HTTPDialect(rawValue: rawValue) }
}
