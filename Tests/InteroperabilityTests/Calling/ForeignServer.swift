import Foundation
import MCPTransports
import Testing

/// A server of somebody else, in one of its modes, and what is peculiar to it.
struct ForeignServer: Sendable, CustomTestStringConvertible {
    /// What a tour does, where the server can.
    enum Step: Sendable {
        /// Progress and log messages reach the client in the middle of a call.
        case asides
        /// The server asks in the middle of a call.
        case questions
        /// It asks outside of any call.
        case unrelatedQuestions
        /// It says that its lists changed.
        case changes
        /// A call can be cancelled.
        case cancelling
        /// It closes the stream of a call, and the client comes back for the answer.
        case polling
        /// It says that one resource changed, to whoever subscribed.
        case subscribing
    }

    var name: String
    /// The script in `Python/` and its mode.
    var script: [String]
    /// Whether it needs SDK 2.x.
    var needsSDK2 = false
    /// The dialects that are spoken at its URL.
    var dialects: [HTTPDialect]
    /// The one that is found without being told.
    var found: HTTPDialect
    var serverName: String
    /// What the server cannot do in dialects with a handshake, and in the stateless one; why stands beside it.
    var without: (handshake: Set<Step>, stateless: Set<Step>) = ([], [])
    /// Whether it keeps events, so that calls survive a cut.
    var isResumable = false
    /// Whether it keeps sessions, in the dialects that have them.
    var hasSessions = true
    var isTimeServer = false
    /// What it says of a failed call of `fail`.
    var failure = "Error executing tool fail: as asked"
    /// What it answers to a call of an unknown tool, as the result of the call.
    var unknownTool = "Unknown tool: no_such_tool"
    /// The codes of its errors, the second without sessions.
    var unknownResource = (-32602, -32602)
    var unknownPrompt = (-32602, -32602)
    /// Whether log messages are objects with `msg`.
    var wrapsLogs = false

    var testDescription: String { name }

    /// The path of its URL.
    var path: String { script[1] == "sse" ? "/sse" : "/mcp" }
}

extension ForeignServer {
    static let all = sdk1 + sdk2 + fastmcp + mcpProxy

    private static let sdk1 = [
        sdk1("http+sse", "sse", dialect: .httpSSE, without: [.polling]),
        sdk1("streamable", "streamable", without: [.polling]),
        // One JSON object has no room for anything beside the answer.
        sdk1("streamable, JSON answers", "streamable-json", without: [.asides, .questions, .polling]),
        // Nothing of a client is known beyond the request.
        sdk1(
            "streamable, without sessions", "streamable-stateless",
            without: [.questions, .unrelatedQuestions, .changes, .cancelling, .polling], hasSessions: false),
        sdk1("streamable, resumable", "streamable-resumable", isResumable: true),
    ]

    private static func sdk1(
        _ name: String, _ mode: String, dialect: HTTPDialect = .streamable, without: Set<Step> = [],
        isResumable: Bool = false, hasSessions: Bool = true
    ) -> ForeignServer {
        ForeignServer(
            name: "SDK 1.30, \(name)", script: ["servers.py", mode], dialects: [dialect], found: dialect,
            serverName: "sdk-tour", without: (without.union([.subscribing]), []), isResumable: isResumable,
            hasSessions: hasSessions,
            unknownResource: (0, 0), unknownPrompt: (0, 0))
    }

    private static let sdk2 = [
        sdk2("http+sse", "sse", dialects: [.httpSSE], without: [.polling]),
        sdk2("streamable and stateless", "streamable", without: [.polling]),
        // One JSON object has no room for anything beside the answer, and here the server asks nothing outside of it
        // either. While it works on such an answer it does not see that the client has gone.
        sdk2(
            "streamable and stateless, JSON answers", "streamable-json",
            without: [.asides, .questions, .unrelatedQuestions, .polling], withoutStateless: [.asides, .cancelling]),
        sdk2("streamable and stateless, resumable", "streamable-resumable", isResumable: true),
    ]

    /// Subscriptions to single resources are served without a handshake only.
    private static func sdk2(
        _ name: String, _ mode: String, dialects: [HTTPDialect] = [.streamable, .stateless],
        without: Set<Step> = [], withoutStateless: Set<Step> = [], isResumable: Bool = false
    ) -> ForeignServer {
        ForeignServer(
            name: "SDK 2.3, \(name)", script: ["servers_sdk2.py", mode], needsSDK2: true, dialects: dialects,
            found: dialects[dialects.count - 1], serverName: "sdk2-tour",
            without: (without.union([.subscribing]), withoutStateless), isResumable: isResumable,
            failure: "Error executing tool fail", unknownPrompt: (0, -32603))
    }

    private static let fastmcp = [
        fastmcp("3.4, http+sse", ["fastmcp_server.py", "sse"], dialects: [.httpSSE]),
        fastmcp("3.4, streamable", ["fastmcp_server.py", "streamable"], dialects: [.streamable]),
        fastmcp("4.1, http+sse", ["fastmcp4_server.py", "sse"], needsSDK2: true, dialects: [.httpSSE]),
        fastmcp(
            "4.1, streamable and stateless", ["fastmcp4_server.py", "streamable"], needsSDK2: true,
            dialects: [.streamable, .stateless]),
    ]

    /// fastmcp ties every question to its call, and has no `subscriptions/listen`.
    private static func fastmcp(
        _ name: String, _ script: [String], needsSDK2: Bool = false, dialects: [HTTPDialect]
    ) -> ForeignServer {
        ForeignServer(
            name: "fastmcp \(name)", script: script, needsSDK2: needsSDK2, dialects: dialects,
            found: dialects[dialects.count - 1], serverName: "fastmcp-tour",
            without: ([.unrelatedQuestions, .polling, .subscribing], [.changes, .subscribing]),
            failure: "Error calling tool 'fail': as asked", unknownTool: "Unknown tool: 'no_such_tool'",
            unknownResource: (needsSDK2 ? -32602 : -32002, -32602),
            unknownPrompt: (needsSDK2 ? -32602 : 0, -32602), wrapsLogs: true)
    }

    private static let mcpProxy = [
        ForeignServer(
            name: "mcp-proxy, http+sse", script: ["time_server.py", "sse"], dialects: [.httpSSE], found: .httpSSE,
            serverName: "mcp-time", isTimeServer: true),
        ForeignServer(
            name: "mcp-proxy, streamable", script: ["time_server.py", "streamable"], dialects: [.streamable],
            found: .streamable, serverName: "mcp-time", isTimeServer: true),
    ]
}

/// The line that a server prints when it accepts connections.
private struct Ready: Decodable {
    var port: Int
}

extension ForeignServer {
    /// Runs it on a free port while `body` uses it.
    func run<Result>(
        _ installation: Installation, in folder: URL, _ body: (_ port: Int) async throws -> Result
    ) async throws -> Result {
        let python = needsSDK2 ? installation.python2 : installation.python
        let arguments =
            [installation.scripts.appending(path: script[0]).path] + script.dropFirst()
            + ["--port", "0", "--until-stdin-ends"]
        return try await ChildProcess("server", python, arguments, in: folder).during { server in
            let port = try await server.wait(for: "ready line", seconds: 30) { () -> Int? in
                guard let end = server.output.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
                return try JSONDecoder().decode(Ready.self, from: server.output[..<end]).port
            }
            return try await body(port)
        }
    }
}
