import MCPTransports
import Synchronization
import Traffic
import WireFormats

/// The client that asks a live server on behalf of one conversation. It speaks the recorded dialect where the server
/// does, else another, can do what the live client can, and hands on what the server says and asks meanwhile.
final class Understudy: Sendable {
    private struct Waiting: Sendable {
        let number: Int
        let token: JSONTree?
        let asker: any MissAsker
    }

    private struct State: Sendable {
        var connecting: Task<MCPClient, any Error>?
        /// Calls without an answer, oldest first.
        var waiting: [Waiting] = []
        var last = 0
        /// Who asked last.
        var latest: (any MissAsker)?
        var isLeft = false
    }

    private let configuration: MCPClient.Configuration
    private let dialect: HTTPDialect?
    private let connect: ForwardedMisses.Connect
    private let state = Mutex(State())

    init(
        for request: MissedRequest, _ configuration: MCPClient.Configuration,
        _ connect: @escaping ForwardedMisses.Connect
    ) {
        var configuration = configuration
        if let capabilities = request.capabilities, let value = Self.value(capabilities).objectValue {
            configuration.capabilities = value
        }
        self.configuration = configuration
        dialect = request.dialect.flatMap { HTTPDialect(rawValue: $0.rawValue) }
        self.connect = connect
    }

    func answer(_ request: MissedRequest, for asker: any MissAsker) async -> MissAnswer {
        let number = state.withLock { state in
            state.last += 1
            let token = request.params?["_meta"]?["progressToken"]
            state.waiting.append(Waiting(number: state.last, token: token, asker: asker))
            state.latest = asker
            return state.last
        }
        defer { state.withLock { $0.waiting.removeAll { $0.number == number } } }
        do {
            let client = try await client()
            let result = try await client.request(request.method, params: Self.params(request.params))
            return .result(Self.tree(result))
        } catch let error as MCPError {
            return .error(Self.tree(error.json))
        } catch is CancellationError {
            return .failure(0, "Request cancelled")
        } catch {
            return .failure(-32603, "The server that stands in for the recording did not answer: \(error)")
        }
    }

    /// Leaves the server, as one that does not come back.
    func close() async {
        let task = state.withLock { state in
            state.isLeft = true
            return state.connecting
        }
        guard let client = try? await task?.value else { return }
        await client.close()
    }

    /// What the live client said of itself and its revision is not the other server's business; the token of its
    /// progress is, and how much it wants to hear.
    private static func params(_ params: JSONTree?) -> JSONValue? {
        guard case .object(let members)? = params else { return params.map(value) }
        let meta = params?["_meta"]?.members?.filter { Self.handedOn.contains($0.key) } ?? []
        var kept = members.filter { $0.key != "_meta" }
        if !meta.isEmpty { kept.append(.init("_meta", .object(meta))) }
        return kept.isEmpty ? nil : value(.object(kept))
    }

    private static let handedOn: Set<String> = ["progressToken", "io.modelcontextprotocol/logLevel"]

    private static func value(_ tree: JSONTree) -> JSONValue {
        (try? JSONValue(parsing: tree.serialized())) ?? .null
    }

    private static func tree(_ value: JSONValue) -> JSONTree { JSONTree(value.serialized()) ?? .null }
}

// The client.
extension Understudy {
    private func client() async throws -> MCPClient {
        let task = try state.withLock { state in
            guard !state.isLeft else { throw MCPError.connectionClosed }
            if let connecting = state.connecting { return connecting }
            let task = Task { try await self.connected() }
            state.connecting = task
            return task
        }
        do {
            let client = try await task.value
            guard client.isClosed else { return client }
        } catch {
            // The next request tries again.
            forget(task)
            throw error
        }
        forget(task)
        return try await client()
    }

    private func forget(_ task: Task<MCPClient, any Error>) {
        state.withLock { state in
            if state.connecting == task { state.connecting = nil }
        }
    }

    private func connected() async throws -> MCPClient {
        guard let dialect else { return try await connected(in: nil) }
        do {
            return try await connected(in: dialect)
        } catch {
            return try await connected(in: nil)
        }
    }

    private func connected(in dialect: HTTPDialect?) async throws -> MCPClient {
        var handlers = MCPClient.Handlers()
        handlers.request = { [weak self] method, params in
            guard let self else { throw MCPError.connectionClosed }
            return try await ask(method, params)
        }
        handlers.onNotification = { [weak self] in self?.tell($0) }
        let client = MCPClient(
            transport: try await connect(dialect), configuration: configuration, handlers: handlers)
        do {
            try await client.initialize()
            return client
        } catch {
            await client.close()
            throw error
        }
    }

    /// A question of the server belongs to the call that was made last, as no dialect says to which.
    private func ask(_ method: String, _ params: JSONValue?) async throws -> JSONValue {
        guard let asker = state.withLock({ $0.waiting.last?.asker }) else { throw MCPError.methodNotFound(method) }
        switch await asker.ask(method, params.map(Self.tree)) {
        case .result(let result): return Self.value(result)
        case .error(let error):
            throw MCPError(
                code: error["code"]?.int ?? -32603, message: error["message"]?.string ?? "",
                data: error["data"].map(Self.value))
        }
    }

    private func tell(_ notification: ServerNotification) {
        // It names a request of the server's by an id that the live client does not know.
        guard notification.method != "notifications/cancelled" else { return }
        let params = notification.params.map(Self.tree)
        let token = params?["progressToken"]
        let (asker, isOfCall) = state.withLock { state -> ((any MissAsker)?, Bool) in
            if let token { return (state.waiting.first { $0.token == token }?.asker, true) }
            if notification.method == "notifications/message", let last = state.waiting.last {
                return (last.asker, true)
            }
            return (state.latest, false)
        }
        var members: [JSONTree.Member] = [
            .init("jsonrpc", .string("2.0")), .init("method", .string(notification.method)),
        ]
        if let params { members.append(.init("params", params)) }
        asker?.tell(.object(members), isOfCall: isOfCall)
    }
}
