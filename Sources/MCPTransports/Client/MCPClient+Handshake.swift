extension MCPClient {
    /// Connects, if that was not done, and opens the session: tells the server who the client is and what it can do, and
    /// learns the same of the server (MCP 2025-11-25 basic/lifecycle, initialization). The result is kept in
    /// ``initializeResult``.
    ///
    /// - Throws: as ``request(_:params:timeout:progress:)``; ``MCPClientError/Code/unsupportedRevision`` when the server
    ///   speaks none that this client does, after closing the connection; ``MCPClientError/Code/invalidResult``.
    @discardableResult
    public func initialize(timeout: RequestTimeout? = nil) async throws -> InitializeResult {
        try await connect()
        let params: JSONValue = [
            "protocolVersion": .string(configuration.revision.rawValue),
            "capabilities": .object(announcedCapabilities),
            "clientInfo": configuration.implementation.json,
        ]
        let result = try InitializeResult(try await request("initialize", params: params, timeout: timeout))
        guard result.revision != nil else {
            let error = MCPClientError(
                .unsupportedRevision,
                "The server speaks MCP \(result.protocolVersion), which this client does not know.")
            await end(with: error)
            throw error
        }
        state.withLock { $0.opening = result }
        try await notify("notifications/initialized")
        return result
    }

    /// Asks the server for a sign of life (MCP 2025-11-25 basic/utilities/ping).
    ///
    /// - Throws: as ``request(_:params:timeout:progress:)``.
    public func ping(timeout: RequestTimeout? = nil) async throws {
        _ = try await request("ping", timeout: timeout)
    }

    /// Asks the server for log messages of this severity and above (MCP 2025-11-25 server/utilities/logging). They come as
    /// `notifications/message`.
    ///
    /// - Throws: as ``request(_:params:timeout:progress:)``.
    public func setLogLevel(_ level: LogLevel, timeout: RequestTimeout? = nil) async throws {
        _ = try await request("logging/setLevel", params: ["level": .string(level.rawValue)], timeout: timeout)
    }

    /// Tells the server that ``Handlers/roots`` now says something else (MCP 2025-11-25 client/roots).
    ///
    /// - Throws: as ``notify(_:params:)``.
    public func rootsListChanged() async throws {
        try await notify("notifications/roots/list_changed")
    }
}
