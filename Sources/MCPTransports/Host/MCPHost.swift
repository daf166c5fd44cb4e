/// Holds conversations with many servers, each by a name.
///
/// ```swift
/// let host = MCPHost(configuration: .init(name: "assistant", version: "1.0"))
/// try await host.connect(name: "weather", url: "https://weather.example/mcp", apiKey: key)
/// for tool in await host.listTools().items { print(tool.name) }
/// let result = try await host.callTool("forecast", on: "weather", arguments: ["city": "Oslo"])
/// await host.closeAll()
/// ```
///
/// Every server is spoken to by an ``MCPClient`` of its own, so one that is slow or fails holds up no other. A server whose
/// conversation has ended stays listed, and its calls fail, until it is closed or connected anew.
public actor MCPHost {
    /// Makes the transport to a server. An API key is for the transport to send, as HTTP does with a bearer token.
    public typealias TransportFactory = @Sendable (_ url: String, _ apiKey: String?) throws -> any MCPTransport

    struct Server {
        let number: Int
        let client: MCPClient
    }

    /// Who the clients are and how patient.
    public nonisolated let configuration: MCPClient.Configuration
    /// How long connecting and initializing may take together.
    public nonisolated let initializeLimit: Duration
    private let handlers: @Sendable (_ server: String) -> MCPClient.Handlers
    private let makeTransport: TransportFactory
    private var servers: [String: Server] = [:]
    private var lastNumber = 0

    /// A host without servers.
    ///
    /// - Parameters:
    ///   - handlers: What is done when the server of this name asks or tells something.
    ///   - makeTransport: Makes the transport to a URL; by default one over HTTP in whatever dialect the server speaks.
    public init(
        configuration: MCPClient.Configuration, initializeLimit: Duration = .seconds(15),
        handlers: @escaping @Sendable (_ server: String) -> MCPClient.Handlers = { _ in .init() },
        makeTransport: @escaping TransportFactory = MCPHost.overHTTP
    ) {
        self.configuration = configuration
        self.initializeLimit = initializeLimit
        self.handlers = handlers
        self.makeTransport = makeTransport
    }

    /// The names of the servers, in the order of connecting.
    public var names: [String] { servers.sorted { $0.value.number < $1.value.number }.map(\.key) }

    /// A client for a server that the host does not keep: neither connected nor named.
    ///
    /// - Throws: what the transport says about the URL.
    public nonisolated func makeClient(
        url: String, apiKey: String? = nil, handlers: MCPClient.Handlers = .init()
    ) throws -> MCPClient {
        MCPClient(transport: try makeTransport(url, apiKey), configuration: configuration, handlers: handlers)
    }

    /// Connects to a server, opens a session, and keeps it under `name`.
    ///
    /// - Parameter apiKey: Sent as a bearer token; nil: none.
    /// - Returns: what the server says about itself, capabilities included.
    /// - Throws: ``MCPHostError``: the name is in use or invalid, the limit has passed, the server wants other credentials;
    ///   otherwise what ``MCPClient/initialize(timeout:)`` throws. Nothing is kept then.
    @discardableResult
    public func connect(name: String, url: String, apiKey: String? = nil) async throws -> InitializeResult {
        guard !name.isEmpty, !name.contains("/") else {
            throw MCPHostError(.invalidName, "The name \(name.debugDescription) of a server is empty or has a slash.")
        }
        if let server = servers[name], !server.client.isClosed {
            throw MCPHostError(.nameInUse, "A server called \(name) is connected already.")
        }
        let client = try makeClient(url: url, apiKey: apiKey, handlers: handlers(name))
        lastNumber += 1
        let number = lastNumber
        servers[name] = Server(number: number, client: client)
        do {
            return try await open(client, name: name, url: url)
        } catch {
            await client.close()
            if servers[name]?.number == number { servers[name] = nil }
            throw Self.explained(error, name: name, url: url)
        }
    }

    private func open(_ client: MCPClient, name: String, url: String) async throws -> InitializeResult {
        let clock = RequestClock(configuration.clock)
        let limit = initializeLimit
        return try await withThrowingTaskGroup(of: InitializeResult?.self) { group in
            group.addTask { try await client.initialize(timeout: .unlimited) }
            group.addTask {
                try await clock.sleep(clock.now() + limit)
                return nil
            }
            defer { group.cancelAll() }
            do {
                if let result = try await group.next() ?? nil { return result }
            } catch {
                await client.close()
                throw error
            }
            // Closing ends a transport that is still connecting, which cancelling its task may not.
            await client.close()
            throw MCPHostError(.timedOut, "The server \(name) at \(url) did not open a session within \(limit).")
        }
    }

    /// The client of a server.
    ///
    /// - Throws: ``MCPHostError/Code/unknownServer``.
    public func client(named name: String) throws -> MCPClient {
        guard let server = servers[name] else {
            throw MCPHostError(.unknownServer, "No server called \(name) is connected.")
        }
        return server.client
    }

    /// What a server said about itself when its session opened, capabilities included; nil while it is being connected.
    ///
    /// - Throws: ``MCPHostError/Code/unknownServer``.
    public func initializeResult(of name: String) throws -> InitializeResult? {
        try client(named: name).initializeResult
    }

    /// Ends the conversation with a server and forgets it.
    ///
    /// - Throws: ``MCPHostError/Code/unknownServer``.
    public func close(_ name: String) async throws {
        let client = try client(named: name)
        servers[name] = nil
        await client.close()
    }

    /// Ends all conversations, at the same time.
    public func closeAll() async {
        let clients = servers.values.map(\.client)
        servers = [:]
        await withTaskGroup(of: Void.self) { group in
            for client in clients { group.addTask { await client.close() } }
        }
    }

    /// The names and clients whose session is open, in the order of connecting.
    func openClients() -> [(name: String, client: MCPClient)] {
        names.compactMap { name in
            guard let client = servers[name]?.client, client.initializeResult != nil else { return nil }
            return (name, client)
        }
    }

    /// The error of a connection in the host's words, where it has some.
    private static func explained(_ error: any Error, name: String, url: String) -> any Error {
        guard let status = refusalStatus(of: error) else { return error }
        return MCPHostError(
            .refused, "The server \(name) at \(url) wants other credentials (HTTP \(status)).", cause: error)
    }
}
