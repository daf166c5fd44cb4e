import MCPTransports

/// Tools for what only some dialects have: changes that listeners hear of, and arguments repeated in header fields.
extension DemoServer {
    static let announcingTools = [triggerToolsChanged, touchResource, route]

    private static let triggerToolsChanged = Tool(
        name: "trigger_tools_changed", title: "Announce other tools",
        description: "Tells everybody who listens that the list of tools has changed, which it has not."
    ) { _, context in
        .text("told \(context.announce(.tools)) listeners")
    }

    private static let touchResource = Tool(
        name: "touch_resource", title: "Touch a resource",
        description: "Tells everybody who subscribed to the resource that it was updated.",
        inputSchema: schema(["uri": ["type": "string", "description": "By default demo://greeting."]])
    ) { call, context in
        let uri = call.arguments["uri"]?.stringValue ?? "demo://greeting"
        return .text("told \(context.announce(.resource(uri: uri))) subscribers of \(uri)")
    }

    private static let route = Tool(
        name: "route", title: "Route",
        description: "Answers with the region and the priority, which stateless clients repeat in header fields.",
        inputSchema: schema(
            [
                "region": ["type": "string", "x-mcp-header": "Region"],
                "priority": ["type": "integer", "x-mcp-header": "Priority"],
            ], required: ["region"]), annotations: ["readOnlyHint": true]
    ) { call, _ in
        let priority = try call.integer("priority", default: 0, in: 0...9)
        return .text("\(try call.string("region")) at priority \(priority)")
    }
}
