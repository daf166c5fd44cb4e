extension MCPHost {
    /// The HTTP status with which a server wanted other credentials, if that is what the error says: an answer of a
    /// transport names its HTTP status in `data`.
    static func refusalStatus(of error: any Error) -> Int? {
        guard let status = (error as? MCPError)?.data?["status"]?.intValue else { return nil }
        return status == 401 || status == 403 ? status : nil
    }
}
