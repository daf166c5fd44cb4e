extension MCPHost {
    /// Makes an ``SSEClientTransport``, which finds out by itself which dialect the server speaks, with the API key as its
    /// bearer token. How long a request may take is left to the client.
    public static let overHTTP: TransportFactory = { url, apiKey in
        try SSEClientTransport(url: url, bearerToken: apiKey, configuration: .init(callTimeout: .some(nil)))
    }
}
