/// What MCP 2026-07-28 asks of a server beyond what its handlers answer.
extension MCPServer {
    var dressing: ResultDressing { ResultDressing(implementation: implementation, caching: caching) }

    /// Whether a stateless request may use this method: a feature of which there is nothing has none.
    func offers(_ method: String) -> Bool {
        switch method {
        case "server/discover", "subscriptions/listen": true
        case "tools/list", "tools/call": !tools.isEmpty
        case "prompts/list", "prompts/get": !prompts.isEmpty
        case "resources/list", "resources/templates/list", "resources/read":
            !resources.isEmpty || !resourceTemplates.isEmpty
        case "completion/complete": completions != nil
        default: false
        }
    }

    /// The result of `server/discover`, undressed.
    var discovery: JSONValue {
        let description = description
        var object: JSONObject = [
            "supportedVersions": .array(ProtocolRevision.stateless.map { .string($0.rawValue) }),
            "capabilities": description.capabilities,
        ]
        object["instructions"] = description.instructions.map(JSONValue.string)
        return .object(object)
    }

    /// Holds the fields of a call that repeat arguments against these.
    ///
    /// - Throws: a header mismatch.
    func validateParameterHeaders(_ request: HTTPRequest, of call: StatelessRequest) throws(MCPError) {
        guard call.method == "tools/call", let name = call.params["name"]?.stringValue,
            let tool = tools.first(where: { $0.name == name }),
            let headers = try? ParameterHeader.all(in: tool.inputSchema)
        else { return }
        for header in headers { try header.validate(request, arguments: call.params["arguments"] ?? [:]) }
    }

    /// Why the server must not be offered to stateless clients; nil when it may be.
    var statelessDefect: String? {
        for tool in tools {
            do {
                _ = try ParameterHeader.all(in: tool.inputSchema)
            } catch {
                return "the input schema of the tool \"\(tool.name)\" cannot be offered, because \(error.reason)"
            }
        }
        return nil
    }
}
