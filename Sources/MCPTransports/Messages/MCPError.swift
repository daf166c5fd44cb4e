/// A JSON-RPC error (JSON-RPC 2.0 §5.1): thrown by a handler it becomes the answer, thrown by a request to the peer it is
/// the peer's answer.
public struct MCPError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The number that says what kind of error it is.
    public var code: Int
    /// One sentence.
    public var message: String
    /// More for programs to read; its shape depends on the code.
    public var data: JSONValue?

    /// An error with any code.
    public init(code: Int, message: String, data: JSONValue? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    /// The text is not JSON (-32700).
    public static func parseError(_ message: String) -> MCPError { MCPError(code: -32700, message: message) }
    /// The JSON is not a request that may be made here (-32600).
    public static func invalidRequest(_ message: String) -> MCPError { MCPError(code: -32600, message: message) }
    /// There is no such method (-32601).
    public static func methodNotFound(_ method: String) -> MCPError {
        MCPError(code: -32601, message: "Method not found: \(method)")
    }
    /// The parameters do not fit the method (-32602).
    public static func invalidParams(_ message: String) -> MCPError { MCPError(code: -32602, message: message) }
    /// The server failed (-32603).
    public static func internalError(_ message: String) -> MCPError { MCPError(code: -32603, message: message) }
    /// There is no resource with this URI (-32002, MCP 2025-11-25 server/resources).
    public static func resourceNotFound(_ uri: String) -> MCPError {
        MCPError(code: -32002, message: "Resource not found", data: ["uri": .string(uri)])
    }
    /// The peer cannot be asked any more: its session or its stream has ended (-32000).
    public static let connectionClosed = MCPError(code: -32000, message: "Connection closed")
    /// The peer did not answer in time (-32001).
    public static let requestTimedOut = MCPError(code: -32001, message: "Request timed out")

    /// The error object as it travels.
    public var json: JSONValue {
        var object: JSONObject = ["code": .integer(Int64(code)), "message": .string(message)]
        object["data"] = data
        return .object(object)
    }

    /// The error of a received error object; what is missing in it is filled in.
    init(_ json: JSONValue) {
        self.init(
            code: json["code"]?.intValue ?? -32603, message: json["message"]?.stringValue ?? "", data: json["data"])
    }

    /// Message and code.
    public var description: String { "\(message) (\(code))" }
}
