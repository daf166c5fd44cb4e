import MCPTransports
import Synchronization

/// Asks a live server what a recording does not answer: a client of its own, in whichever dialect that server speaks,
/// connected with the first such request.
package final class ForwardedMisses: MissForwarding {
    private let makeClient: @Sendable () throws -> MCPClient
    private let connecting = Mutex<Task<MCPClient, any Error>?>(nil)

    /// - Parameter makeClient: A client that has done nothing yet.
    package init(_ makeClient: @escaping @Sendable () throws -> MCPClient) {
        self.makeClient = makeClient
    }

    package func answer(method: String, params: [UInt8]?) async -> MissAnswer {
        do {
            let client = try await client()
            let result = try await client.request(method, params: try params.map { try Self.params($0) })
            return .result(result.serialized())
        } catch let error as MCPError {
            return .error(error.json.serialized())
        } catch {
            let message = "The server that stands in for the recording did not answer: \(error)"
            return .error(MCPError.internalError(message).json.serialized())
        }
    }

    /// What the live client said of its own revision and progress is not the other server's business.
    private static func params(_ bytes: [UInt8]) throws -> JSONValue {
        guard case .object(let members) = try JSONValue(parsing: bytes) else { return try JSONValue(parsing: bytes) }
        return .object(JSONObject(members.members.filter { $0.key != "_meta" }.map { ($0.key, $0.value) }))
    }

    private func client() async throws -> MCPClient {
        let task = connecting.withLock { connecting in
            if let connecting { return connecting }
            let task = Task { [makeClient] in
                let client = try makeClient()
                try await client.initialize()
                return client
            }
            connecting = task
            return task
        }
        do {
            return try await task.value
        } catch {
            // The next request tries again.
            connecting.withLock { $0 = nil }
            throw error
        }
    }

    /// Leaves the server.
    package func close() async {
        guard let task = connecting.withLock({ $0 }), let client = try? await task.value else { return }
        await client.close()
    }
}
