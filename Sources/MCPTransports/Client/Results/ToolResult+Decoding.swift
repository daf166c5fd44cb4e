extension ToolResult {
    /// The result a server gave.
    ///
    /// - Throws: ``MCPClientError/Code/invalidResult`` when it is no result of a call that is over, such as a task
    ///   (`resultType` other than `complete`, MCP 2026-07-28 basic): ``MCPClient/request(_:params:timeout:progress:)``
    ///   gives those as they are.
    init(_ json: JSONValue) throws(MCPClientError) {
        if let type = json["resultType"]?.stringValue, type != "complete" {
            throw MCPClientError(.invalidResult, "The tool did not answer with a complete result but with \(type).")
        }
        guard let content = json["content"]?.arrayValue ?? (json["structuredContent"] == nil ? nil : []) else {
            throw MCPClientError(.invalidResult, "The result of tools/call has no content.")
        }
        self.init(
            content: content.map(ContentBlock.init), structuredContent: json["structuredContent"],
            isError: json["isError"]?.boolValue ?? false)
    }
}

extension ResourceContents {
    /// The contents a server sent.
    init(_ json: JSONValue) throws(MCPClientError) {
        guard let contents = ResourceContents(contents: json) else {
            throw MCPClientError(.invalidResult, "The contents of a resource have no uri, or neither text nor blob.")
        }
        self = contents
    }

    /// The contents a peer sent; nil without a URI or a payload.
    init?(contents json: JSONValue) {
        guard let uri = json["uri"]?.stringValue else { return nil }
        if let text = json["text"]?.stringValue {
            self.init(uri: uri, mimeType: json["mimeType"]?.stringValue, payload: .text(text))
        } else if let blob = json["blob"]?.stringValue {
            self.init(uri: uri, mimeType: json["mimeType"]?.stringValue, payload: .blob(base64: blob))
        } else {
            return nil
        }
    }
}
