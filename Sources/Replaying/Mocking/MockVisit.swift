import MCPTransports
import Scenario
import WireFormats

/// One request on its way to its conversation.
struct MockVisit {
    let request: HTTPRequest
    let body: [UInt8]
    let message: JSONTree?
    let trait: RequestTrait
    let exchange: HTTPExchange

    var path: String { request.path }

    var refusable: Refusals.Request {
        .init(
            httpMethod: request.method, path: path, sessionID: sessionID, message: message, body: body, trait: trait)
    }

    /// Whether it comes as JSON but is no message.
    var isUnreadable: Bool {
        request.method == "POST" && message == nil
            && (request["content-type"] ?? "").lowercased().hasPrefix("application/json")
    }

    /// The session that it names, in whichever way.
    var sessionID: String? {
        request["mcp-session-id"] ?? Cue.sessionArguments.lazy.compactMap { request.argument($0) }.first
    }
}

extension JSONTree {
    /// Whether it can be one JSON-RPC message or several.
    var isMessage: Bool {
        if case .array(let elements) = self { return !elements.isEmpty && elements.allSatisfy(\.isMessage) }
        return self["method"]?.string != nil || self["id"] != nil
    }
}

extension String {
    /// Whether it can be an id on the wire (MCP 2025-11-25 transports, session management).
    var isVisible: Bool { utf8.allSatisfy { (0x21...0x7E).contains($0) } }
}
