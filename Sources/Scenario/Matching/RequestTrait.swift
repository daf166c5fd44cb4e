import Traffic
import WireFormats

/// What the head of a request says that decides whether a server takes it: two requests with the same body may be
/// answered differently for it.
package struct RequestTrait: Sendable, Hashable {
    /// Whether it brings credentials.
    package var isAuthorized: Bool
    /// Whether its content type and what it accepts are those of MCP.
    package var hasMediaTypes: Bool
    /// Whether its routing fields, where there are any, agree with its body (MCP 2026-07-28 streamable HTTP, server
    /// validation).
    package var isRouted: Bool
    /// The revision that it names.
    package var revision: String?

    /// Whether a server has nothing to refuse in it, credentials aside.
    package var isSound: Bool { hasMediaTypes && isRouted }

    package init(isAuthorized: Bool, hasMediaTypes: Bool, isRouted: Bool, revision: String?) {
        self.isAuthorized = isAuthorized
        self.hasMediaTypes = hasMediaTypes
        self.isRouted = isRouted
        self.revision = revision
    }

    /// - Parameter field: Gives the value of a field by its name in lower case.
    package init(httpMethod: String, message: JSONTree?, field: (String) -> String?) {
        isAuthorized = field("authorization") != nil
        let accept = (field("accept") ?? "").lowercased()
        let takesAll = accept.contains("*/*")
        let takesStream = takesAll || accept.contains("text/event-stream")
        let takesJSON = takesAll || accept.contains("application/json")
        let isJSON = (field("content-type") ?? "").lowercased().hasPrefix("application/json")
        hasMediaTypes = httpMethod != "POST" ? takesStream || httpMethod != "GET" : isJSON && takesJSON && takesStream
        revision = field("mcp-protocol-version")
        let meta = message?["params"]?["_meta"]
        if let stated = meta?["io.modelcontextprotocol/protocolVersion"]?.string {
            isRouted = revision == stated && field("mcp-method") == message?["method"]?.string
        } else {
            isRouted = true
        }
    }
}
