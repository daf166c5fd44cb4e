import MCPTransports

/// Tools that go wrong in each way a tool can.
extension DemoServer {
    static let failingTools = [fail, rpcError, crash]

    private static let fail = Tool(
        name: "fail", title: "Fail", description: "Answers with a tool error, which is a result with isError.",
        inputSchema: schema(["message": ["type": "string"]])
    ) { call, _ in
        .failure(call.arguments["message"]?.stringValue ?? "This tool always fails.")
    }

    private static let rpcError = Tool(
        name: "rpc_error", title: "JSON-RPC error", description: "Answers with a JSON-RPC error of the given code.",
        inputSchema: schema(["code": ["type": "integer"], "message": ["type": "string"]])
    ) { call, _ in
        throw MCPError(
            code: try call.integer("code", default: -32050, in: -99_999...99_999),
            message: call.arguments["message"]?.stringValue ?? "The demo server was asked for an error",
            data: ["tool": "rpc_error"])
    }

    private static let crash = Tool(
        name: "crash", title: "Crash", description: "Fails inside, so that the server answers with an internal error."
    ) { _, _ in
        throw Crash()
    }

    /// What the tool `crash` throws.
    private struct Crash: Error, CustomStringConvertible {
        var description: String { "the tool crashed on purpose" }
    }
}
