extension MCPHost {
    /// The HTTP status with which a server wanted other credentials, if that is what the error says: thrown by a transport,
    /// or given by it as the answer to `initialize`.
    static func refusalStatus(of error: any Error) -> Int? {
        let status = (error as? MCPTransportError)?.status ?? (error as? MCPError)?.data?["status"]?.intValue
        return status == 401 || status == 403 ? status : nil
    }
}
