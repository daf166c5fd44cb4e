import MCPTransports

/// Tools that answer by themselves.
extension DemoServer {
    static let answeringTools = [echo, add, slow, log, large, poll]

    private static let echo = Tool(
        name: "echo", title: "Echo", description: "Answers with the same text.",
        inputSchema: schema(["text": ["type": "string", "description": "What to answer."]], required: ["text"]),
        annotations: ["readOnlyHint": true]
    ) { call, _ in
        .text(try call.string("text"))
    }

    private static let add = Tool(
        name: "add", title: "Add", description: "Adds two numbers.",
        inputSchema: schema(["a": ["type": "number"], "b": ["type": "number"]], required: ["a", "b"]),
        outputSchema: schema(["sum": ["type": "number"]], required: ["sum"]), annotations: ["readOnlyHint": true]
    ) { call, _ in
        guard let first = call.arguments["a"]?.doubleValue, let second = call.arguments["b"]?.doubleValue else {
            throw MCPError.invalidParams("The arguments \"a\" and \"b\" of \"add\" must be numbers")
        }
        let sum = first + second
        let value = Int64(exactly: sum).map(JSONValue.integer) ?? .number(sum)
        return ToolResult(content: [.text(value.description)], structuredContent: ["sum": value])
    }

    private static let slow = Tool(
        name: "slow", title: "Slow", description: "Works for a while and reports progress after each step.",
        inputSchema: schema([
            "seconds": ["type": "number", "description": "How long it takes in all.", "minimum": 0, "maximum": 3600],
            "steps": ["type": "integer", "description": "How many steps it has.", "minimum": 1, "maximum": 1000],
        ])
    ) { call, context in
        let seconds = try call.number("seconds", default: 1, in: 0...3600)
        let steps = try call.integer("steps", default: 4, in: 1...1000)
        for step in 1...steps {
            try await Task.sleep(for: .seconds(seconds / Double(steps)))
            context.progress(Double(step), total: Double(steps), message: "step \(step) of \(steps)")
        }
        return .text("done in \(steps) steps")
    }

    private static let log = Tool(
        name: "log", title: "Log", description: "Sends a log message before its answer.",
        inputSchema: schema(
            [
                "message": ["type": "string"],
                "level": ["type": "string", "enum": .array(LogLevel.allCases.map { .string($0.rawValue) })],
            ], required: ["message"])
    ) { call, context in
        let name = call.arguments["level"]?.stringValue ?? LogLevel.info.rawValue
        guard let level = LogLevel(rawValue: name) else {
            throw MCPError.invalidParams("The argument \"level\" of \"log\" is no log level: \(name)")
        }
        context.log(level: level, .string(try call.string("message")), logger: "demo")
        return .text("logged")
    }

    private static let large = Tool(
        name: "large", title: "Large", description: "Answers with a text of so many bytes.",
        inputSchema: schema(["bytes": ["type": "integer", "minimum": 0, "maximum": 16_777_216]], required: ["bytes"]),
        annotations: ["readOnlyHint": true]
    ) { call, _ in
        let bytes = try call.integer("bytes", default: 65_536, in: 0...16_777_216)
        let line = "The quick brown fox jumps over the lazy dog, again and again...\n"
        let text = String(repeating: line, count: bytes / line.utf8.count + 1)
        return .text(String(decoding: text.utf8.prefix(bytes), as: UTF8.self))
    }

    private static let poll = Tool(
        name: "poll", title: "Poll",
        description: "Closes its stream where the client can come back for the answer, then works for a while.",
        inputSchema: schema(["seconds": ["type": "number", "minimum": 0, "maximum": 3600]])
    ) { call, context in
        let seconds = try call.number("seconds", default: 1, in: 0...3600)
        let isClosed = context.closeStream(retry: .milliseconds(200))
        try await Task.sleep(for: .seconds(seconds))
        return .text(isClosed ? "fetched after the stream was closed" : "answered on the first stream")
    }

    /// An object schema.
    static func schema(_ properties: JSONObject, required: [String] = []) -> JSONValue {
        var schema: JSONObject = ["type": "object", "properties": .object(properties)]
        if !required.isEmpty { schema["required"] = .array(required.map(JSONValue.string)) }
        return .object(schema)
    }
}
