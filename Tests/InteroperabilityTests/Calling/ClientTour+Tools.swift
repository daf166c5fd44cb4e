import Foundation
import MCPTransports
import Synchronization
import Testing

/// Lists, calls and their failures.
extension ClientTour {
    func lists() async throws {
        let tools = try await client.listTools()
        let expected: Set = [
            "echo", "slow", "large", "fail", "log", "ask_model", "ask_user", "announce_change", "hold",
            "wait_until_held", "wait_until_cancelled", "release",
        ]
        #expect(expected.subtracting(tools.map(\.name)) == [], "\(description): tools missing")
        let echo = try #require(tools.first { $0.name == "echo" })
        #expect(echo.description == "Answers with the text it was given.", "\(description)")
        #expect(echo.inputSchema["properties"]?["text"]?["type"] == "string", "\(description)")
        #expect(echo.outputSchema?["properties"]?["result"]?["type"] == "string", "\(description)")
        #expect(try await client.listResources().map(\.uri) == ["memo://today", "pixels://logo"], "\(description)")
        let templates = try await client.listResourceTemplates()
        #expect(templates.map(\.uriTemplate) == ["greeting://{name}"], "\(description)")
        let prompts = try await client.listPrompts()
        #expect(prompts.map(\.name) == ["review"], "\(description)")
        #expect(prompts.first?.arguments.map(\.name) == ["code"], "\(description)")
    }

    func tools() async throws {
        let text = "Grüße, 世界 \u{1F680}\n\"quoted\""
        let echo = try await client.callTool("echo", arguments: ["text": .string(text)])
        #expect(echo.content == [.text(text)], "\(description)")
        #expect(echo.structuredContent == ["result": .string(text)], "\(description)")
        #expect(!echo.isError, "\(description)")
        try await slow(steps: 4, heard: can(.asides) ? Array(1...4) : [])
        #expect(try await self.text("log", ["text": "a line to log"]) == "logged", "\(description)")
        logged()
        let line = "the quick brown fox jumps over the lazy dog - äöü\n"
        let lines = (0..<4800).map { number in
            let digits = String(number)
            return String(repeating: "0", count: 8 - digits.count) + digits + " " + line
        }
        // The comparison stands apart, for a failure would print both texts.
        let isWhole = try await self.text("large", ["kilobytes": 300]) == lines.joined()
        #expect(isWhole, "\(description): large")
        try await together()
    }

    /// Every step is heard of once and in order, and then the answer comes.
    func slow(steps: Int, heard expected: [Int]) async throws {
        let heard = Mutex<[String]>([])
        let answer = try await text("slow", ["steps": .integer(Int64(steps))]) { update in
            let total = update.total.map { Int($0) } ?? 0
            heard.withLock { $0.append("\(Int(update.progress))/\(total): \(update.message ?? "")") }
        }
        #expect(answer == "\(steps) steps done", "\(description)")
        let told = expected.map { "\($0)/\(steps): step \($0) of \(steps)" }
        #expect(heard.withLock { $0 } == told, "\(description): progress of slow")
    }

    private func logged() {
        let heard = overheard.notifications("notifications/message") { params -> String in
            let data = server.wrapsLogs ? params?["data"]?["msg"] : params?["data"]
            return "\(params?["level"]?.stringValue ?? ""): \(data?.stringValue ?? "")"
        }
        let told = can(.asides) ? ["info: a line to log", "warning: a line to log"] : []
        #expect(heard == told, "\(description): log messages")
    }

    private func together() async throws {
        let texts = (0..<20).map { "number \($0)" }
        let answers = try await withThrowingTaskGroup(of: (Int, String).self) { group in
            for (index, text) in texts.enumerated() {
                group.addTask { (index, try await self.text("echo", ["text": .string(text)])) }
            }
            return try await group.reduce(into: [Int: String]()) { $0[$1.0] = $1.1 }
        }
        #expect(texts.indices.map { answers[$0] ?? "" } == texts, "\(description): calls at the same time")
    }

    func failures() async throws {
        let failed = try await client.callTool("fail", arguments: ["reason": "as asked"])
        #expect(failed.isError && failed.content == [.text(server.failure)], "\(description): \(failed)")
        let unknown = try await client.callTool("no_such_tool")
        #expect(unknown.isError && unknown.content == [.text(server.unknownTool)], "\(description): \(unknown)")
        let incomplete = try await client.callTool("echo")
        #expect(incomplete.isError, "\(description): \(incomplete)")
        await refused("an unknown resource", with: server.unknownResource) {
            _ = try await client.readResource("memo://nothing")
        }
        await refused("an unknown prompt", with: server.unknownPrompt) { _ = try await client.getPrompt("nothing") }
        await refused("an unknown method", with: (nil, -32601)) { _ = try await client.request("no/such/method") }
    }

    /// What fails must fail with the server's own error, of this code where one is given.
    func refused(
        _ what: String, with codes: (inSession: Int?, stateless: Int?), _ body: () async throws -> Void
    ) async {
        do {
            try await body()
            Issue.record("\(description): \(what) is not refused")
        } catch let error as MCPError {
            let code = isStateless ? codes.stateless : codes.inSession
            #expect(code == nil || error.code == code, "\(description): \(what) is refused with \(error)")
            #expect(
                error.data?["reason"] == nil, "\(description): \(what) is refused with an error of this side: \(error)")
        } catch {
            Issue.record("\(description): \(what) fails with \(error)")
        }
    }

    func contents() async throws {
        #expect(
            try await client.readResource("memo://today")
                == [ResourceContents(uri: "memo://today", mimeType: "text/plain", payload: .text("buy milk"))],
            "\(description)")
        let logo = try await client.readResource("pixels://logo")
        #expect(logo.first?.mimeType == "application/octet-stream", "\(description)")
        guard case .blob(let encoded) = logo.first?.payload else {
            Issue.record("\(description): bytes came as \(logo)")
            return
        }
        #expect(Data(base64Encoded: "\(encoded)") == Data(0...255), "\(description)")
        let greeting = try await client.readResource("greeting://world")
        #expect(greeting.first?.payload == .text("hello world"), "\(description)")
        let prompt = try await client.getPrompt("review", arguments: ["code": "let x = 1"])
        #expect(prompt.description == "Asks for a review.", "\(description)")
        #expect(
            prompt.messages == [PromptMessage(role: .user, content: .text("Please review:\nlet x = 1"))],
            "\(description)")
    }

    func askForTimes() async throws {
        #expect(try await client.listTools().map(\.name) == ["get_current_time", "convert_time"], "\(description)")
        let now = try await text("get_current_time", ["timezone": "Europe/Warsaw"])
        #expect(now.contains(#""timezone": "Europe/Warsaw""#), "\(description): \(now)")
        let converted = try await text(
            "convert_time",
            ["source_timezone": "Europe/Warsaw", "time": "12:30", "target_timezone": "Asia/Kathmandu"])
        #expect(converted.contains(#""time_difference": "+4.75h""#) || converted.contains("+3.75h"), "\(converted)")
        let mars = try await client.callTool("get_current_time", arguments: ["timezone": "Mars/Olympus"])
        #expect(mars.isError, "\(description): \(mars)")
        await refused("a list of resources", with: (-32601, nil)) { _ = try await client.listResources() }
    }
}
