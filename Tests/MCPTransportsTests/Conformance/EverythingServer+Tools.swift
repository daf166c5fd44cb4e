import MCPTransports

/// Tools that only answer.
extension EverythingServer {
    static var contentTools: [Tool] {
        [
            fixed("test_simple_text", "Answers with a text.", [.text("A plain text for checks.")]),
            fixed("test_image_content", "Answers with an image.", [.image(base64: image, mimeType: "image/png")]),
            fixed("test_audio_content", "Answers with sound.", [.audio(base64: sound, mimeType: "audio/wav")]),
            fixed("test_embedded_resource", "Answers with a resource.", [embedded("test://embedded-resource")]),
            fixed(
                "test_multiple_content_types", "Answers with three kinds of content.",
                [
                    .text("Several kinds of content:"), .image(base64: image, mimeType: "image/png"),
                    embedded("test://mixed-content-resource"),
                ]),
            Tool(name: "test_error_handling", description: "Always fails.") { _, _ in
                .failure("This tool fails on purpose")
            },
            logging, progressing, reconnecting,
            announcing("test_trigger_tool_change", .tools), announcing("test_trigger_prompt_change", .prompts),
            announcing("test_trigger_resource_update", .resource(uri: "test://watched-resource")),
        ]
    }

    private static func fixed(_ name: String, _ description: String, _ content: [ContentBlock]) -> Tool {
        Tool(name: name, description: description) { _, _ in ToolResult(content: content) }
    }

    private static func embedded(_ uri: String) -> ContentBlock {
        .embedded(
            ResourceContents(uri: uri, mimeType: "text/plain", payload: .text("The text of an embedded resource.")))
    }

    private static var logging: Tool {
        Tool(name: "test_tool_with_logging", description: "Logs three times.") { _, context in
            for step in ["started", "working", "done"] { context.log(level: .info, .string("Tool \(step)")) }
            return .text("logged")
        }
    }

    private static var progressing: Tool {
        Tool(name: "test_tool_with_progress", description: "Tells three times how far it is.") { _, context in
            for percent in [0.0, 50, 100] { context.progress(percent, total: 100) }
            return .text("complete")
        }
    }

    private static var reconnecting: Tool {
        Tool(name: "test_reconnection", description: "Ends its stream before it answers.") { _, context in
            context.closeStream(retry: .milliseconds(50))
            return .text("fetched later")
        }
    }

    private static func announcing(_ name: String, _ change: ServerChange) -> Tool {
        Tool(name: name, description: "Announces a change.") { _, context in
            context.announce(change)
            return .text("announced")
        }
    }
}
