import WireFormats

/// Blocks of event streams.
extension Redactor {
    /// The block with its secrets masked, in all that is kept of it; nil where it has none.
    ///
    /// A block that is not whole is masked as a whole where it may name a secret, and where it goes on with one that
    /// did, or stands behind missing bytes: it is no message in any case.
    mutating func masked(_ placed: StreamBlock, of exchange: Int64) -> StreamBlock? {
        if placed.block.type == "endpoint" { keepEndpoint(placed.block, of: exchange) }
        let mayName = keys.mayStand(in: placed.block.raw.span.bytes)
        let isPartial = placed.block.kind == .partial
        let wasTorn = content.torn.isEmpty ? nil : content.torn.removeValue(forKey: exchange)
        if isPartial, mayName || wasTorn == .named { content.torn[exchange] = .named }
        guard mayName || wasTorn != nil && isPartial else { return nil }
        let before = placed.block
        var masked = placed
        var count: Int64 = 0
        if isPartial {
            count = 1
            masked.block.data = before.data.map { whole($0) }
            masked.block.comment = before.comment.map { whole($0) }
        } else {
            masked.block.data = replaced(before.data, &count)
            masked.block.comment = replaced(before.comment, &count)
        }
        let hasOwnNames = BlockLayout.describe(before) == nil && !isPartial
        guard count > 0 || hasOwnNames else { return nil }
        masked.block.raw = raw(of: masked.block, before)
        content.masked(max(count, 1), block: placed.id, of: exchange)
        content.exchanges[exchange]?.response.dropRaw()
        return masked
    }

    /// What an endpoint's URL has to hide is masked in its row, and must not stand in what was sent either.
    private mutating func keepEndpoint(_ block: ServerSentBlock, of exchange: Int64) {
        if maskedEndpoint(block) != nil { content.exchanges[exchange]?.response.dropRaw() }
    }

    /// An endpoint with the secrets of its URL masked, also where this stands in other fields; nil where it has none.
    mutating func maskedEndpoint(_ block: ServerSentBlock) -> ServerSentBlock? {
        var masked = block
        var count: Int64 = 0
        masked.data = block.data.map { url($0, &count) }
        masked.comment = block.comment.map { url($0, &count) }
        masked.id = block.id.map { url($0, &count) }
        guard count > 0 else { return nil }
        masked.raw = raw(of: masked, block)
        return masked
    }

    private mutating func replaced(_ text: [UInt8]?, _ count: inout Int64) -> [UInt8]? {
        guard let text, let masked = maskedMessage(text) else { return text }
        count += masked.count
        return masked.text
    }

    /// The bytes of a block whose text was masked: laid out as before, where that can be said; else its fields alone.
    private mutating func raw(of block: ServerSentBlock, _ before: ServerSentBlock) -> [UInt8] {
        if let layout = BlockLayout.describe(before),
            let raw = BlockLayout.rebuild(
                layout, type: block.type, id: block.id, retry: block.retry, data: block.data, comment: block.comment)
        {
            return raw
        }
        guard block.data != nil || block.comment != nil || block.kind != .partial else { return whole(before.raw) }
        return block.fieldsAlone
    }
}

extension ServerSentBlock {
    /// The block as its fields make it, without those that are unknown to readers. (WHATWG HTML §9.2.5)
    var fieldsAlone: [UInt8] {
        var bytes: [UInt8] = []
        func add(_ name: String, _ lines: [UInt8]) {
            for line in lines.split(separator: 10, omittingEmptySubsequences: false) {
                bytes += Array(name.utf8) + line + [10]
            }
        }
        if let comment { add(":", comment) }
        if let type { add("event: ", Array(type.utf8)) }
        if let id { add("id: ", Array(id.utf8)) }
        if let retry { add("retry: ", Array(String(retry).utf8)) }
        if let data { add("data: ", data) }
        return kind == .partial ? bytes : bytes + [10]
    }
}
