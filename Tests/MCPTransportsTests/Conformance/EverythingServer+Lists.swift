import MCPTransports

/// Resources and prompts.
extension EverythingServer {
    static var resources: [Resource] {
        [
            Resource(
                uri: "test://static-text", name: "static-text", description: "A text.", mimeType: "text/plain"
            ) { _ in
                [ResourceContents(uri: "test://static-text", mimeType: "text/plain", payload: .text("A text to read."))]
            },
            Resource(
                uri: "test://static-binary", name: "static-binary", description: "An image.", mimeType: "image/png"
            ) { _ in
                [
                    ResourceContents(
                        uri: "test://static-binary", mimeType: "image/png", payload: .blob(base64: image))
                ]
            },
            Resource(uri: "test://watched-resource", name: "watched", description: "A text that changes.") { _ in
                [ResourceContents(uri: "test://watched-resource", mimeType: "text/plain", payload: .text("now"))]
            },
        ]
    }

    static var resourceTemplates: [ResourceTemplate] {
        [
            ResourceTemplate(
                uriTemplate: "test://template/{id}/data", name: "template", description: "Data by id.",
                mimeType: "application/json"
            ) { uri, values, _ in
                let id = values["id"] ?? ""
                let text: JSONValue = ["id": .string(id), "data": .string("Data for \(id)")]
                return [ResourceContents(uri: uri, mimeType: "application/json", payload: .text("\(text)"))]
            }
        ]
    }

    static var prompts: [Prompt] {
        [
            Prompt(name: "test_simple_prompt", description: "A text.") { _, _ in said(.text("A simple prompt.")) },
            Prompt(
                name: "test_prompt_with_arguments", description: "A text with two arguments.",
                arguments: [.init(name: "arg1", isRequired: true), .init(name: "arg2", isRequired: true)]
            ) { arguments, _ in
                said(.text("arg1 is \(arguments["arg1"] ?? ""), arg2 is \(arguments["arg2"] ?? "")"))
            },
            Prompt(
                name: "test_prompt_with_embedded_resource", description: "A resource and a text.",
                arguments: [.init(name: "resourceUri", isRequired: true)]
            ) { arguments, _ in
                let contents = ResourceContents(
                    uri: arguments["resourceUri"] ?? "", mimeType: "text/plain", payload: .text("An embedded text."))
                return said(.embedded(contents), .text("Look at the resource above."))
            },
            Prompt(name: "test_prompt_with_image", description: "An image and a text.") { _, _ in
                said(.image(base64: image, mimeType: "image/png"), .text("Look at the image above."))
            },
            roundPrompt,
        ]
    }

    static func said(_ blocks: ContentBlock...) -> [PromptMessage] {
        blocks.map { PromptMessage(role: .user, content: $0) }
    }
}
