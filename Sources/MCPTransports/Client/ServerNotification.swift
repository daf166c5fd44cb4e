/// A notification that a server sent.
public struct ServerNotification: Sendable, Hashable {
    /// The method, such as `notifications/tools/list_changed`.
    public var method: String
    /// The parameters; nil when there are none.
    public var params: JSONValue?

    /// A notification.
    public init(method: String, params: JSONValue? = nil) {
        self.method = method
        self.params = params
    }
}

/// How far a server is with a request (MCP 2025-11-25 basic/utilities/progress).
public struct ProgressUpdate: Sendable, Hashable {
    /// Grows from update to update.
    public var progress: Double
    /// What it will be in the end, where known.
    public var total: Double?
    /// What is being done.
    public var message: String?

    /// An update.
    public init(progress: Double, total: Double? = nil, message: String? = nil) {
        self.progress = progress
        self.total = total
        self.message = message
    }

    /// The update of the parameters of `notifications/progress`; nil without a number.
    init?(_ params: JSONValue?) {
        guard let progress = params?["progress"]?.doubleValue else { return nil }
        self.init(progress: progress, total: params?["total"]?.doubleValue, message: params?["message"]?.stringValue)
    }
}
