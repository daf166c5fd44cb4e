extension MCPServer {
    /// The result of one request.
    ///
    /// - Throws: an ``MCPError``, or whatever a handler throws.
    func answer(method: String, params: JSONValue?, context: RequestContext) async throws -> JSONValue {
        let cursor = params?["cursor"]
        switch method {
        case "tools/list":
            return try Page(of: tools, size: pageSize, cursor: cursor).json("tools", \.json)
        case "resources/list":
            return try Page(of: resources, size: pageSize, cursor: cursor).json("resources", \.json)
        case "resources/templates/list":
            return try Page(of: resourceTemplates, size: pageSize, cursor: cursor).json("resourceTemplates", \.json)
        case "prompts/list":
            return try Page(of: prompts, size: pageSize, cursor: cursor).json("prompts", \.json)
        case "tools/call":
            return try await callTool(params, context)
        case "resources/read":
            return try await readResource(params, context)
        case "prompts/get":
            return try await getPrompt(params, context)
        case "completion/complete":
            return try await complete(params, context)
        default:
            throw MCPError.methodNotFound(method)
        }
    }

    private func callTool(_ params: JSONValue?, _ context: RequestContext) async throws -> JSONValue {
        guard let name = params?["name"]?.stringValue else { throw MCPError.invalidParams("The name is missing") }
        guard let tool = tools.first(where: { $0.name == name }) else {
            throw MCPError.invalidParams("Unknown tool: \(name)")
        }
        let arguments = params?["arguments"] ?? .null
        guard arguments == .null || arguments.objectValue != nil else {
            throw MCPError.invalidParams("The arguments are not an object")
        }
        let call = ToolCall(name: name, arguments: arguments.objectValue ?? [:])
        return try await tool.handler(call, context).json
    }

    private func readResource(_ params: JSONValue?, _ context: RequestContext) async throws -> JSONValue {
        guard let uri = params?["uri"]?.stringValue else { throw MCPError.invalidParams("The uri is missing") }
        let contents: [ResourceContents]
        if let resource = resources.first(where: { $0.uri == uri }) {
            contents = try await resource.handler(context)
        } else if let (template, values) = template(for: uri) {
            contents = try await template.handler(uri, values, context)
        } else {
            throw MCPError.resourceNotFound(uri)
        }
        return ["contents": .array(contents.map(\.json))]
    }

    private func template(for uri: String) -> (ResourceTemplate, [String: String])? {
        for template in resourceTemplates {
            if let values = URITemplate(template.uriTemplate).match(uri) { return (template, values) }
        }
        return nil
    }

    private func getPrompt(_ params: JSONValue?, _ context: RequestContext) async throws -> JSONValue {
        guard let name = params?["name"]?.stringValue else { throw MCPError.invalidParams("The name is missing") }
        guard let prompt = prompts.first(where: { $0.name == name }) else {
            throw MCPError.invalidParams("Unknown prompt: \(name)")
        }
        var arguments: [String: String] = [:]
        for member in params?["arguments"]?.objectValue?.members ?? [] {
            guard let value = member.value.stringValue else {
                throw MCPError.invalidParams("The argument \"\(member.key)\" of \"\(name)\" must be a string")
            }
            arguments[member.key] = value
        }
        for argument in prompt.arguments where argument.isRequired && arguments[argument.name] == nil {
            throw MCPError.invalidParams("The argument \"\(argument.name)\" of \"\(name)\" is missing")
        }
        var object: JSONObject = [:]
        object["description"] = prompt.description.map(JSONValue.string)
        object["messages"] = .array(try await prompt.handler(arguments, context).map(\.json))
        return .object(object)
    }
}
