import ArgumentParser
import Foundation
import MCPTransports

/// `mcp-inspect call URL TOOL [JSON]`
package struct CallCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "call",
        abstract: "Call one tool of a server and print what it answers.",
        discussion: """
            Text content is printed as it is; other content, and everything with --format json, as JSON. Progress and log \
            messages go to standard error. Exit code 1 when the tool, or the server, answers with an error.

              mcp-inspect call http://127.0.0.1:8000/mcp echo '{"text":"hello"}'
            """)

    @OptionGroup var client: ClientOptions

    @Argument(help: "The tool's name.")
    var tool: String

    @Argument(help: "Its arguments, a JSON object; - reads it from standard input.")
    var arguments = "{}"

    @OptionGroup var output: FormatOption

    package init() {}

    package mutating func run() async throws {
        let arguments = try Self.object(self.arguments)
        let (tool, isText) = (tool, output.format == .text)
        var handlers = MCPClient.Handlers()
        handlers.onNotification = { notification in
            guard notification.method == "notifications/message", let params = notification.params else { return }
            let data = params["data"].map { $0.stringValue ?? $0.description } ?? ""
            Terminal.error("\(params["level"]?.stringValue ?? "log"): \(data)")
        }
        let result = try await client.withClient(handlers: handlers) { client, _ in
            try await client.request(
                "tools/call", params: ["name": .string(tool), "arguments": .object(arguments)],
                progress: { Self.show($0) })
        }
        if isText { Self.print(result) } else { Terminal.line(result.description) }
        if result["isError"]?.boolValue == true { throw ExitCode(CommandFailure.Code.found.rawValue) }
    }

    private static func object(_ text: String) throws -> JSONObject {
        let bytes = text == "-" ? [UInt8](FileHandle.standardInput.readDataToEndOfFile()) : [UInt8](text.utf8)
        do {
            guard let object = try JSONValue(parsing: bytes).objectValue else {
                throw CommandFailure(.usage, "the arguments must be a JSON object, such as '{\"text\":\"hello\"}'")
            }
            return object
        } catch let error as JSONError {
            throw CommandFailure(.usage, "the arguments are not JSON: \(error)")
        }
    }

    private static func show(_ progress: ProgressUpdate) {
        let total = progress.total.map { " of \(text($0))" } ?? ""
        Terminal.error("progress: \(text(progress.progress))\(total)\(progress.message.map { " (\($0))" } ?? "")")
    }

    private static func text(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? String(number)
    }

    private static func print(_ result: JSONValue) {
        for block in result["content"]?.arrayValue ?? [] {
            Terminal.line(ContentBlock(block).text ?? block.description)
        }
        if result["content"]?.arrayValue?.isEmpty ?? true { Terminal.line(result.description) }
    }
}
