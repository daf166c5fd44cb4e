import Foundation
import MCPTransports
import Testing

/// One client of somebody else that visits our server, in one dialect.
struct Visit: Sendable, CustomTestStringConvertible {
    enum Client: String, Sendable { case sdk1, sdk2, fastmcp }

    enum Dialect: String, Sendable {
        case eventStream = "http+sse"
        case streamable
        case stateless

        var path: String { self == .eventStream ? "/sse" : "/mcp" }
    }

    var client: Client
    var dialect: Dialect
    /// Whether the client finds out by itself if there is a handshake, with `server/discover`.
    var finds = false
    /// What the server speaks.
    var served = HTTPDialect.standard

    var testDescription: String { "\(client.rawValue), \(dialect.rawValue)\(finds ? ", found" : "")" }

    static let all = [
        Visit(client: .sdk1, dialect: .eventStream), Visit(client: .sdk1, dialect: .streamable),
        Visit(client: .sdk2, dialect: .eventStream), Visit(client: .sdk2, dialect: .streamable),
        Visit(client: .sdk2, dialect: .stateless), Visit(client: .sdk2, dialect: .stateless, finds: true),
        Visit(client: .sdk2, dialect: .streamable, finds: true, served: [.streamable]),
        Visit(client: .fastmcp, dialect: .eventStream), Visit(client: .fastmcp, dialect: .streamable),
        Visit(client: .fastmcp, dialect: .stateless, finds: true),
        Visit(client: .fastmcp, dialect: .streamable, finds: true, served: [.streamable]),
    ]

    /// Where a connection is cut: once behind what the client got, once before it gets it.
    static let cuts = [
        Relay.Cut(text: "step 2 of 5", isDelivered: true), Relay.Cut(text: "step 4 of 6", isDelivered: false),
    ]

    /// Steps of `visit.py` that make no sense in this dialect: only Streamable HTTP with a handshake can go on after a cut.
    var without: [String] { dialect == .streamable ? [] : ["cuts"] }

    /// One thing that the client saw.
    struct Line: Sendable {
        var step: String
        var saw: JSONValue
    }

    /// Lets the client visit the server on `port` and gives what it saw.
    func take(port: Int, _ installation: Installation, in folder: URL) async throws -> [Line] {
        let arguments =
            [installation.scripts.appending(path: "visit.py").path, "http://127.0.0.1:\(port)\(dialect.path)"]
            + ["--client", client.rawValue, "--dialect", dialect.rawValue, "--steps", "all"]
            + ["--without", without.joined(separator: ",")] + (finds ? ["--finds"] : [])
        let python = client == .sdk1 ? installation.python : installation.python2
        let process = try ChildProcess("visit", python, arguments, in: folder)
        return try await process.during { process in
            try await process.succeed(within: 75)
            return try process.output.split(separator: UInt8(ascii: "\n")).map(Self.line)
        }
    }

    private static func line(_ bytes: Data) throws -> Line {
        let line = try JSONValue(parsing: bytes)
        guard let step = line["step"]?.stringValue, let saw = line["saw"] else {
            throw HarnessFailure("visit.py wrote a line that is none: \(line)")
        }
        return Line(step: step, saw: saw)
    }
}
