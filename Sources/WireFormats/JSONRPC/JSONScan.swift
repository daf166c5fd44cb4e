/// Questions to a JSON text, answered in place: nothing is decoded but what is asked for. (RFC 8259)
///
/// The text is UTF-8 without byte order mark, at most 512 containers deep. Where a name occurs twice in an object
/// the last one counts, as it does for most decoders (§4). Ranges are offsets of bytes in the text given; the range
/// of a string includes its quotes.
package enum JSONScan {
    package enum ValueType: Sendable, Hashable {
        case object, array, string, number, boolean, null
    }

    /// Whether the whole text is one JSON value.
    package static func validate(_ text: RawSpan) -> Bool {
        text.withUnsafeBytes { whole($0) != nil }
    }

    /// The value that a path of names leads to, or nil where there is none or the text is not JSON.
    ///
    /// In an array a step is the decimal index of an element. The empty path leads to the whole value.
    package static func value(at path: [String], in text: RawSpan) -> Range<Int>? {
        text.withUnsafeBytes { bytes in
            guard var range = whole(bytes) else { return nil }
            for step in path {
                guard let inner = child(step, of: range, in: bytes) else { return nil }
                range = inner
            }
            return range
        }
    }

    /// The elements of an array, or nil where the text is not a valid array, or one of more than `limit`.
    package static func elements(of text: RawSpan, atMost limit: Int = .max) -> [Range<Int>]? {
        text.withUnsafeBytes { bytes in
            guard let range = whole(bytes), bytes[range.lowerBound] == UInt8(ascii: "[") else { return nil }
            return elements(in: range, of: bytes, atMost: limit)
        }
    }

    /// The members of an object in order, duplicates included, or nil where the text is not a valid object.
    ///
    /// A key's range includes its quotes.
    package static func members(of text: RawSpan) -> [(key: Range<Int>, value: Range<Int>)]? {
        text.withUnsafeBytes { bytes in
            guard let range = whole(bytes), bytes[range.lowerBound] == UInt8(ascii: "{"),
                var cursor = JSONCursor(bytes, from: range.lowerBound + 1)
            else { return nil }
            var members: [(key: Range<Int>, value: Range<Int>)] = []
            while case .key(let key) = cursor.nextMember(isFirst: members.isEmpty) {
                guard let value = value(&cursor) else { return nil }
                members.append((key.start - 1..<key.end + 1, value))
            }
            return members
        }
    }

    /// What kind of value begins at the range, or nil where none does.
    package static func type(of range: Range<Int>, in text: RawSpan) -> ValueType? {
        guard !range.isEmpty, range.lowerBound >= 0, range.upperBound <= text.byteCount else { return nil }
        switch text.unsafeLoad(fromUncheckedByteOffset: range.lowerBound, as: UInt8.self) {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: return nil
        }
    }

    /// The value of the string at the range, or nil where no string is there.
    ///
    /// Half a surrogate pair alone becomes U+FFFD.
    package static func string(at range: Range<Int>, in text: RawSpan) -> String? {
        text.withUnsafeBytes { bytes in
            guard range.lowerBound >= 0, range.upperBound <= bytes.count,
                var cursor = JSONCursor(bytes, from: range.lowerBound),
                let content = cursor.skipString(), cursor.position == range.upperBound
            else { return nil }
            guard content.isEscaped else { return String(decoding: bytes[content.start..<content.end], as: UTF8.self) }
            var unescaper = JSONUnescaper(base: cursor.base, position: content.start, end: content.end)
            var scalars = String.UnicodeScalarView()
            while let scalar = unescaper.next() { scalars.append(scalar) }
            return String(scalars)
        }
    }

    /// The integer at the range, or nil where no number is there, or one with a fraction or an exponent, or one that
    /// does not fit.
    package static func integer(at range: Range<Int>, in text: RawSpan) -> Int? {
        text.withUnsafeBytes { bytes in
            guard range.lowerBound >= 0, range.upperBound <= bytes.count else { return nil }
            return integer(UnsafeRawBufferPointer(rebasing: bytes[range]))
        }
    }
}

extension JSONScan {
    /// The range of the one value that the text is, without the blanks around it.
    static func whole(_ bytes: UnsafeRawBufferPointer) -> Range<Int>? {
        guard var cursor = JSONCursor(bytes) else { return nil }
        cursor.skipWhitespace()
        guard let range = value(&cursor), cursor.isAtEnd() else { return nil }
        return range
    }

    private static func value(_ cursor: inout JSONCursor, depth: Int = 0) -> Range<Int>? {
        let start = cursor.position
        return cursor.skipValue(depth: depth) ? start..<cursor.position : nil
    }

    /// The ranges of the elements of the valid array at `range`.
    private static func elements(
        in range: Range<Int>, of bytes: UnsafeRawBufferPointer, atMost limit: Int = .max
    ) -> [Range<Int>]? {
        guard var cursor = JSONCursor(bytes, from: range.lowerBound + 1) else { return nil }
        var ranges: [Range<Int>] = []
        while cursor.nextElement(isFirst: ranges.isEmpty) == .value {
            guard ranges.count < limit, let element = value(&cursor) else { return nil }
            ranges.append(element)
        }
        return ranges
    }

    private static func child(_ step: String, of range: Range<Int>, in bytes: UnsafeRawBufferPointer) -> Range<Int>? {
        switch bytes[range.lowerBound] {
        case UInt8(ascii: "{"): return member(step, of: range, in: bytes)
        case UInt8(ascii: "["):
            guard let index = Int(step), String(index) == step,
                let ranges = elements(in: range, of: bytes), ranges.indices.contains(index)
            else { return nil }
            return ranges[index]
        default: return nil
        }
    }

    private static func member(_ name: String, of range: Range<Int>, in bytes: UnsafeRawBufferPointer) -> Range<Int>? {
        guard var cursor = JSONCursor(bytes, from: range.lowerBound + 1) else { return nil }
        var found: Range<Int>?
        var isFirst = true
        while case .key(let key) = cursor.nextMember(isFirst: isFirst) {
            isFirst = false
            guard let value = value(&cursor) else { return nil }
            if cursor.hasValue(key, name) { found = value }
        }
        return found
    }

    static func integer(_ digits: UnsafeRawBufferPointer) -> Int? {
        let isNegative = digits.first == UInt8(ascii: "-")
        let body = digits.dropFirst(isNegative ? 1 : 0)
        guard let first = body.first, first != UInt8(ascii: "0") || body.count == 1 else { return nil }
        var total = 0
        for byte in body {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            let digit = Int(byte) - 0x30
            let (product, high) = total.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(isNegative ? -digit : digit)
            guard !high, !carry else { return nil }
            total = sum
        }
        return total
    }
}

extension JSONCursor {
    /// Whether the string's value is `name`, scalar by scalar: no canonical equivalence.
    func hasValue(_ text: Text, _ name: String) -> Bool {
        if !text.isEscaped {
            let bytes = UnsafeRawBufferPointer(start: base + text.start, count: text.end - text.start)
            return name.utf8.count == bytes.count && name.utf8.elementsEqual(bytes)
        }
        var unescaper = JSONUnescaper(base: base, position: text.start, end: text.end)
        for scalar in name.unicodeScalars where unescaper.next() != scalar { return false }
        return unescaper.next() == nil
    }
}
