/// Cuts lists into pages (MCP 2025-11-25 server/utilities/pagination).
///
/// A cursor is `after-<offset>`: opaque to clients. When a list changes, a page may repeat or miss an
/// element, and a cursor beyond the new end is invalid; clients are told to list anew.
struct Page<Element> {
    let elements: ArraySlice<Element>
    let nextCursor: String?

    /// The page of `all` that `cursor` asks for, the first without one.
    ///
    /// - Throws: invalid params for a cursor that no page gave out.
    init(of all: [Element], size: Int, cursor: JSONValue?) throws(MCPError) {
        var start = 0
        if let cursor, cursor != .null {
            guard let text = cursor.stringValue, text.hasPrefix("after-"), let offset = Int(text.dropFirst(6)),
                offset > 0, offset < all.count, offset % size == 0
            else { throw .invalidParams("Invalid cursor") }
            start = offset
        }
        let end = min(start + size, all.count)
        elements = all[start..<end]
        nextCursor = end < all.count ? "after-\(end)" : nil
    }

    /// The result of a list method: the page under `key`, and the cursor where there are more.
    func json(_ key: String, _ encode: (Element) -> JSONValue) -> JSONValue {
        var object: JSONObject = [key: .array(elements.map(encode))]
        object["nextCursor"] = nextCursor.map(JSONValue.string)
        return .object(object)
    }
}
