/// A block of an event stream: every line up to and including the blank line that ends it.
///
/// Blocks, not events, because a recorder keeps what an event source throws away: comments, blocks without data,
/// the unfinished block at the end. Joining the `raw` of all blocks gives the stream back byte for byte.
/// (WHATWG HTML §9.2.6)
package struct ServerSentBlock: Sendable, Hashable {
    /// What a block is to a reader; the first that applies, in this order.
    package enum Kind: String, Sendable, CaseIterable {
        /// Dispatches an event with data that is not empty.
        case event
        /// Dispatches an event with empty data, or has only fields that dispatch nothing (`id`, `event`, unknown), or
        /// no line at all.
        case empty
        /// Dispatches nothing and sets the reconnection time.
        case retry
        /// Holds comments alone.
        case comment
        /// The stream ended before the blank line: an event source discards it. Also a part of a block beyond the
        /// reader's limit; then only `raw` is set.
        case partial
    }

    package var kind: Kind
    /// All bytes of the block as sent, the blank line and a leading byte order mark included.
    package var raw: [UInt8]
    /// The value of the last `event` field, or nil where there was none (or it was empty): then the type is `message`.
    package var type: String?
    /// The value of the last valid `id` field of this block ("" resets it), or nil where the block has none.
    package var id: String?
    /// Milliseconds of the last valid `retry` field.
    package var retry: Int?
    /// The `data` lines joined by LF, as sent (not yet repaired UTF-8); nil where the block has no `data` field.
    package var data: [UInt8]?
    /// The comment lines joined by LF, each without its colon but with all that follows it; nil where there is none.
    package var comment: [UInt8]?

    package init(
        kind: Kind, raw: [UInt8], type: String? = nil, id: String? = nil, retry: Int? = nil, data: [UInt8]? = nil,
        comment: [UInt8]? = nil
    ) {
        self.kind = kind
        self.raw = raw
        self.type = type
        self.id = id
        self.retry = retry
        self.data = data
        self.comment = comment
    }
}
