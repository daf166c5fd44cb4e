/// Writes events and comments of an event stream. (WHATWG HTML §9.2.5)
package struct EventStreamEncoder: Sendable {
    package enum LineEnd: Sendable, CaseIterable {
        case lf, crlf
    }

    /// What cannot be written: `type` and `id` are one line each, and an `id` with NUL is ignored by readers.
    package enum EncodingError: Error, Equatable, CustomStringConvertible {
        case lineEndInType(String)
        case lineEndOrNullInID(String)

        package var description: String {
            switch self {
            case .lineEndInType(let type):
                "The event type \(type.debugDescription) contains a line end, which an event stream cannot carry."
            case .lineEndOrNullInID(let id):
                "The event id \(id.debugDescription) contains a line end or NUL, which an event stream cannot carry."
            }
        }
    }

    package var lineEnd: LineEnd

    package init(lineEnd: LineEnd = .lf) {
        self.lineEnd = lineEnd
    }

    /// Appends one block with its blank line: `id`, `event`, `retry`, `data`, as far as given.
    ///
    /// Data may hold any line ends: CR, LF and CRLF each begin another `data` line, so readers get LF for each.
    /// - Parameter retry: milliseconds; a negative number is written as 0.
    /// - Throws: `EncodingError`, with nothing appended.
    package func encode(
        type: String? = nil, id: String? = nil, retry: Int? = nil, data: String? = nil, into buffer: inout [UInt8]
    ) throws(EncodingError) {
        try encodeHead(type: type, id: id, retry: retry, into: &buffer)
        if var data {
            data.withUTF8 { appendLines("data: ", UnsafeRawBufferPointer($0), to: &buffer) }
        }
        appendLineEnd(to: &buffer)
    }

    /// The same with data as bytes, which should be UTF-8.
    package func encode(
        type: String? = nil, id: String? = nil, retry: Int? = nil, data: RawSpan, into buffer: inout [UInt8]
    ) throws(EncodingError) {
        try encodeHead(type: type, id: id, retry: retry, into: &buffer)
        data.withUnsafeBytes { appendLines("data: ", $0, to: &buffer) }
        appendLineEnd(to: &buffer)
    }

    /// Appends a comment block: one line `: text` for each line of `comment`, and the blank line.
    package func encode(comment: String, into buffer: inout [UInt8]) {
        var comment = comment
        comment.withUTF8 { appendLines(": ", UnsafeRawBufferPointer($0), to: &buffer) }
        appendLineEnd(to: &buffer)
    }

    private func encodeHead(
        type: String?, id: String?, retry: Int?, into buffer: inout [UInt8]
    ) throws(EncodingError) {
        if let type, type.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) { throw .lineEndInType(type) }
        if let id, id.utf8.contains(where: { $0 == 0 || $0 == 0x0A || $0 == 0x0D }) { throw .lineEndOrNullInID(id) }
        if let id { appendLine("id: ", id, to: &buffer) }
        if let type { appendLine("event: ", type, to: &buffer) }
        if let retry { appendLine("retry: ", String(Swift.max(retry, 0)), to: &buffer) }
    }

    private func appendLine(_ name: String, _ value: String, to buffer: inout [UInt8]) {
        buffer.append(contentsOf: name.utf8)
        buffer.append(contentsOf: value.utf8)
        appendLineEnd(to: &buffer)
    }

    private func appendLines(_ name: String, _ text: UnsafeRawBufferPointer, to buffer: inout [UInt8]) {
        var start = 0
        while true {
            let end = LineEnds.first(in: text, from: start) ?? text.count
            buffer.append(contentsOf: name.utf8)
            buffer.append(contentsOf: text[start..<end])
            appendLineEnd(to: &buffer)
            guard end < text.count else { return }
            start = end + 1
            if text[end] == LineEnds.carriageReturn, start < text.count, text[start] == LineEnds.lineFeed { start += 1 }
        }
    }

    private func appendLineEnd(to buffer: inout [UInt8]) {
        if lineEnd == .crlf { buffer.append(LineEnds.carriageReturn) }
        buffer.append(LineEnds.lineFeed)
    }
}
