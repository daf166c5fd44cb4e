/// A whole response.
package struct HTTPResponse: Sendable, Hashable {
    package var status: Int
    package var fields: [HTTPRequest.Field] = []
    package var body: [UInt8] = []

    package init(status: Int, fields: [HTTPRequest.Field] = [], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// A text for people.
    package static func text(_ status: Int, _ text: String, fields: [HTTPRequest.Field] = []) -> HTTPResponse {
        let type = HTTPRequest.Field(name: "Content-Type", value: "text/plain; charset=utf-8")
        return HTTPResponse(status: status, fields: [type] + fields, body: Array(text.utf8))
    }

    /// A JSON value.
    static func json(_ status: Int, _ value: JSONValue, fields: [HTTPRequest.Field] = []) -> HTTPResponse {
        let type = HTTPRequest.Field(name: "Content-Type", value: MediaType.json.rawValue)
        return HTTPResponse(status: status, fields: [type] + fields, body: value.serialized())
    }

    /// An HTTP error explained by a JSON-RPC error that answers no id (MCP 2025-11-25 transports, sending messages).
    static func error(_ status: Int, _ error: MCPError, fields: [HTTPRequest.Field] = []) -> HTTPResponse {
        json(status, JSONRPCMessage.error(id: nil, error).json, fields: fields)
    }
}

/// A piece of a response on its way to the connection.
enum ResponsePart: Sendable {
    case whole(HTTPResponse)
    /// The head of an event stream, with fields beyond the usual ones, and whether it may carry requests to the client.
    case streamHead([HTTPRequest.Field], carriesRequests: Bool)
    /// The head of a stream with exactly these status and fields.
    case plainHead(HTTPResponse)
    /// The head of a whole response and so many bytes of its body, of which the rest will not come.
    case beginning(HTTPResponse, bytes: Int)
    case streamBytes([UInt8])
    case streamEnd

    /// How much room it takes while it waits.
    var size: Int {
        switch self {
        case .whole(let response), .beginning(let response, _): response.body.count
        case .streamBytes(let bytes): bytes.count
        case .streamHead, .plainHead, .streamEnd: 0
        }
    }

    /// Whether the response is complete with it.
    var isLast: Bool {
        switch self {
        case .whole, .streamEnd: true
        case .streamHead, .plainHead, .beginning, .streamBytes: false
        }
    }
}
