/// The errors of MCP 2026-07-28, whose HTTP status is fixed too: 400.
extension MCPError {
    /// A header field is missing, broken, or says something else than the body (-32020).
    public static func headerMismatch(_ message: String) -> MCPError { MCPError(code: -32020, message: message) }

    /// The request needs something that the client did not say it can do (-32021).
    ///
    /// - Parameter required: The capabilities that are missing, in the shape of `clientCapabilities`.
    public static func missingClientCapabilities(_ required: JSONValue) -> MCPError {
        let names = required.objectValue?.members.map(\.key).joined(separator: ", ") ?? ""
        return MCPError(
            code: -32021, message: "The request needs client capabilities that were not declared: \(names)",
            data: ["requiredCapabilities": required])
    }

    /// The revision of the request is not spoken here (-32022).
    public static func unsupportedProtocolVersion(_ requested: String, supported: [ProtocolRevision]) -> MCPError {
        MCPError(
            code: -32022, message: "Unsupported protocol version \"\(requested)\"",
            data: [
                "supported": .array(supported.map { .string($0.rawValue) }), "requested": .string(requested),
            ])
    }

    /// The HTTP status that belongs to the error as the answer to a stateless request. Errors of handlers travel with
    /// 200, because they are answers like others.
    var statelessStatus: Int { (-32022 ... -32020).contains(code) ? 400 : 200 }
}
