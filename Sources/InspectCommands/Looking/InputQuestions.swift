import WireFormats

/// What a server asks in a result instead of answering. (MCP 2026-07-28 mrtr)
enum InputQuestions {
    /// How many are named.
    static let limit = 8

    /// `elicitation/create "name"` for each question of a message; `its state back` where it asks nothing else.
    static func words(in text: [UInt8]) -> [String] {
        let span = text.span.bytes
        guard let requests = JSONRPCEnvelope(span).inputRequests,
            let members = JSONScan.members(of: span.extracting(requests)), !members.isEmpty
        else { return ["its state back"] }
        let object = span.extracting(requests)
        var words = members.prefix(limit).map { key, value in
            let name = JSONScan.string(at: key, in: object) ?? ""
            let request = object.extracting(value)
            let method = JSONScan.value(at: ["method"], in: request).flatMap { JSONScan.string(at: $0, in: request) }
            return "\(method ?? "?") \"\(name)\""
        }
        if members.count > limit { words.append("\(members.count - limit) more") }
        return words
    }
}
