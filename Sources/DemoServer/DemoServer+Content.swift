import MCPTransports

/// Resources and prompts, more of each than one page holds.
extension DemoServer {
    static let resources =
        [
            Resource(
                uri: "demo://greeting", name: "greeting", description: "A greeting.", mimeType: "text/plain"
            ) { _ in
                [text("demo://greeting", "Hello from the demo server.\n")]
            }
        ] + (1...7).map(note)

    static let resourceTemplates = [
        ResourceTemplate(
            uriTemplate: "demo://greeting/{name}", name: "greeting by name", description: "A greeting for somebody.",
            mimeType: "text/plain"
        ) { uri, values, _ in
            [text(uri, "Hello, \(values["name"] ?? "")!\n")]
        }
    ]

    static let prompts =
        [
            Prompt(
                name: "summarize", description: "Asks for a summary.",
                arguments: [
                    .init(name: "text", description: "What to summarize.", isRequired: true),
                    .init(name: "words", description: "How long the summary may be."),
                ]
            ) { arguments, _ in
                let length = arguments["words"].map { " in at most \($0) words" } ?? ""
                let request = "Summarize this text\(length):\n\n\(arguments["text"] ?? "")"
                return [PromptMessage(role: .user, content: .text(request))]
            }
        ] + ["review", "explain", "translate", "rewrite", "title", "outline"].map(plainPrompt)

    private static func text(_ uri: String, _ text: String) -> ResourceContents {
        ResourceContents(uri: uri, mimeType: "text/plain", payload: .text(text))
    }

    private static func note(_ number: Int) -> Resource {
        let uri = "demo://notes/\(number)"
        return Resource(
            uri: uri, name: "note \(number)", description: "Note number \(number).", mimeType: "text/plain"
        ) { _ in
            [text(uri, "This is note number \(number).\n")]
        }
    }

    private static func plainPrompt(_ name: String) -> Prompt {
        Prompt(name: name, description: "Asks to \(name) what was said before.") { _, _ in
            [PromptMessage(role: .user, content: .text("Please \(name) what was said before."))]
        }
    }
}
