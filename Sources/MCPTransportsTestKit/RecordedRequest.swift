import MCPTransports
import WireFormats

/// A request that a ``ScriptedServer`` received, as it came.
public struct RecordedRequest: Sendable {
    /// One header field.
    public struct Header: Sendable, Hashable {
        /// The name as it was spelled.
        public let name: String
        /// The value, without blanks around it.
        public let value: String
    }

    /// Its place among all requests, from 0, in the order in which they were complete.
    public let index: Int
    /// The connection it came on, from 0, in the order in which they were accepted.
    public let connection: Int
    /// The HTTP method.
    public let method: String
    /// The request target: path and query.
    public let target: String
    /// All header fields in order.
    public let headers: [Header]
    /// The content.
    public let body: [UInt8]
    /// The JSON-RPC message that the body is; nil when it is none.
    public let message: JSONRPCMessage?

    init(index: Int, connection: Int, head: RequestHead, body: [UInt8]) {
        self.index = index
        self.connection = connection
        method = head.method
        target = head.target
        headers = head.headers
        self.body = body
        message = (try? JSONValue(parsing: body)).flatMap { try? JSONRPCMessage($0) }
    }

    /// The target up to the query.
    public var path: String { String(target.prefix { $0 != "?" }) }

    /// The value of the first header field called `name`, in any case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The body as JSON; nil when it is none.
    public var json: JSONValue? { try? JSONValue(parsing: body) }

    /// The `method` of the JSON-RPC request or notification in the body; nil when there is none.
    public var messageMethod: String? {
        switch message {
        case .request(_, let method, _), .notification(let method, _): method
        default: nil
        }
    }

    /// The `params` of the JSON-RPC request or notification in the body.
    public var params: JSONValue? {
        switch message {
        case .request(_, _, let params), .notification(_, let params): params
        default: nil
        }
    }

    /// The id of the JSON-RPC request, or of what the answer in the body answers.
    public var id: RequestID? {
        switch message {
        case .request(let id, _, _), .response(let id, _): id
        case .error(let id, _): id
        default: nil
        }
    }

    /// The request in a few words.
    var words: String {
        switch message {
        case .request(let id, let method, _): "\(self.method) \(target) with request \(method) (id \(id))"
        case .notification(let method, _): "\(self.method) \(target) with notification \(method)"
        case .response(let id, _): "\(method) \(target) with the answer to \(id)"
        case .error(let id, _): "\(method) \(target) with an error for \(id?.description ?? "no id")"
        case nil: body.isEmpty ? "\(method) \(target)" : "\(method) \(target) with \(body.count) bytes of no JSON-RPC"
        }
    }
}

/// The head of a request, read out of its bytes.
struct RequestHead: Sendable {
    let method: String
    let target: String
    let headers: [RecordedRequest.Header]
    let keepsAlive: Bool

    init(_ head: HTTP1Head, _ bytes: RawSpan) {
        func text(_ range: Range<Int>) -> String { Latin1.text(bytes.extracting(range)) }
        method = text(head.methodRange)
        target = text(head.targetRange)
        headers = (0..<head.fieldCount).map { index in
            let field = head.field(index)
            return RecordedRequest.Header(name: text(field.name), value: text(field.value))
        }
        keepsAlive = head.keepAlive
    }
}
