/// One JSON-RPC 2.0 message of either direction.
public enum JSONRPCMessage: Sendable, Hashable {
    case request(id: RequestID, method: String, params: JSONValue?)
    case notification(method: String, params: JSONValue?)
    case response(id: RequestID, result: JSONValue)
    /// An error; without an id where the peer could not tell which request it answers.
    case error(id: RequestID?, MCPError)

    /// The message that a JSON object stands for.
    ///
    /// - Throws: ``MCPError/invalidRequest(_:)`` with what is wrong when it is none.
    public init(_ json: JSONValue) throws(MCPError) {
        guard let object = json.objectValue else { throw .invalidRequest("A JSON-RPC message is an object") }
        guard object["jsonrpc"] == "2.0" else { throw .invalidRequest("jsonrpc is not \"2.0\"") }
        let id = object["id"].flatMap(RequestID.init)
        if let method = object["method"] {
            guard let name = method.stringValue else { throw .invalidRequest("The method is not a string") }
            let params = object["params"]
            guard params == nil || params?.objectValue != nil else {
                throw .invalidRequest("The params are not an object")
            }
            guard object["id"] != nil else {
                self = .notification(method: name, params: params)
                return
            }
            guard let id else { throw .invalidRequest("The id is neither a whole number nor a string") }
            self = .request(id: id, method: name, params: params)
        } else if let error = object["error"] {
            self = .error(id: id, MCPError(error))
        } else if let result = object["result"], let id {
            self = .response(id: id, result: result)
        } else {
            throw .invalidRequest("The message has no method, result or error that belongs to an id")
        }
    }

    /// The message as it travels.
    public var json: JSONValue {
        var object: JSONObject = ["jsonrpc": "2.0"]
        switch self {
        case .request(let id, let method, let params):
            object["id"] = id.json
            object["method"] = .string(method)
            object["params"] = params
        case .notification(let method, let params):
            object["method"] = .string(method)
            object["params"] = params
        case .response(let id, let result):
            object["id"] = id.json
            object["result"] = result
        case .error(let id, let error):
            object["id"] = id?.json
            object["error"] = error.json
        }
        return .object(object)
    }

    /// Whether the message is a request, which is owed an answer.
    var isRequest: Bool {
        guard case .request = self else { return false }
        return true
    }
}
