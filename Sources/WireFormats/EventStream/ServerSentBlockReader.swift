/// Reads an event stream into blocks that own their bytes, from any split of it.
///
/// The `raw` of all blocks joined, that of `finish` included, is the stream byte for byte.
package struct ServerSentBlockReader: Sendable {
    private var parser: EventStreamParser

    /// - Parameter blockLimit: the most bytes of a block. A longer one is given in parts of kind `partial` that have
    ///   `raw` alone, so memory stays bounded and no byte is lost.
    package init(blockLimit: Int = 64 << 20) {
        parser = EventStreamParser(blockLimit: blockLimit)
    }

    /// Takes the next bytes of the stream and gives each block that ends in them.
    ///
    /// - Parameter emit: is given the block, and the offset in `bytes` just behind it.
    package mutating func read(_ bytes: RawSpan, _ emit: (ServerSentBlock, _ endOffset: Int) -> Void) {
        var position = 0
        while true {
            switch parser.next(in: bytes, from: &position) {
            case .needsMore: return
            case .block:
                emit(parser.withBlock(in: bytes) { ServerSentBlock(kind: $1.kind, bytes: $0, fields: $1) }, position)
            case .overlong:
                emit(parser.withBlock(in: bytes) { ServerSentBlock(kind: .partial, bytes: $0, fields: $1) }, position)
            }
        }
    }

    /// Ends the stream and gives what is left without its blank line, or nil where nothing is.
    ///
    /// The block is `partial`. It is `empty` where not one byte of a line is left: an LF that belongs to the CR that
    /// ended the block before, or a byte order mark. The last, cut line counts for `type`, `data` and `comment`, not
    /// for `id` and `retry`.
    package mutating func finish() -> ServerSentBlock? {
        guard parser.finish() else { return nil }
        return parser.withBlock(in: RawSpan()) {
            ServerSentBlock(kind: $1.lines == 0 ? .empty : .partial, bytes: $0, fields: $1)
        }
    }

    /// Bytes held of a block whose end has not come.
    package var heldBytes: Int { parser.heldBytes }
}

extension ServerSentBlock {
    /// Copies a block out of its stream.
    init(kind: Kind, bytes: RawSpan, fields: BlockFields) {
        self = bytes.withUnsafeBytes { block in
            func text(_ range: Range<Int>) -> String { String(decoding: block[range], as: UTF8.self) }
            let comment = Self.joined(.comment, fields, fields.comment, fields.commentLines, block)
            return ServerSentBlock(
                kind: kind, raw: [UInt8](block),
                type: fields.type.flatMap { $0.isEmpty ? nil : text($0) },
                id: fields.id.map(text),
                retry: fields.retry,
                data: Self.joined(.data, fields, fields.data, fields.dataLines, block),
                comment: comment)
        }
    }

    private static func joined(
        _ field: EventStreamLine.Field, _ fields: BlockFields, _ first: Range<Int>?, _ lines: UInt32,
        _ block: UnsafeRawBufferPointer
    ) -> [UInt8]? {
        guard let first else { return nil }
        guard lines > 1 else { return [UInt8](block[first]) }
        var text: [UInt8] = []
        var isFirst = true
        fields.forEachLine(of: field, in: block) { line in
            if !isFirst { text.append(LineEnds.lineFeed) }
            isFirst = false
            text.append(contentsOf: line)
        }
        return text
    }
}
