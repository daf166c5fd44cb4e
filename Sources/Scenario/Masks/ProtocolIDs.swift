import WireFormats

/// Ids that a server or client makes up to be given back unread: cursors, `requestState`, progress tokens, ids of
/// requests and elicitations, and the page that an elicitation leads to.
package enum ProtocolIDs: Mask {
    package static let name = "protocol-ids"
    private static let places: Set<String> = [
        "$.result.nextCursor", "$.params.cursor", "$.result.requestState", "$.params.requestState",
        "$.params.progressToken", "$.params.requestId", "$.params.elicitationId", "$.error.data.elicitationId",
    ]

    package static func covers(_ difference: Difference, _: MaskContext) -> Bool {
        guard difference.keepsType else { return false }
        let path = difference.path.description
        if places.contains(path) { return true }
        let keys = difference.path.keys
        if keys.contains("inputRequests"), difference.path.endsWithKey { return keys.last == "elicitationId" }
        return path == "$.params.url" && difference.method == "elicitation/create"
    }
}
