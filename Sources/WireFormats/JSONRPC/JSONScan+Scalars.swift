extension JSONScan {
    /// Calls `visit` with each string and number of the text, in order; with the key that it stands under: that of the
    /// member that it is the value of, or an element of; and whether it stands, at any depth, under a key that is
    /// `marked`. Ranges of strings include their quotes.
    ///
    /// Returns false, without a call, where the text is not JSON.
    package static func forEachScalar(
        in text: RawSpan, under marked: (_ key: Range<Int>) -> Bool = { _ in false },
        _ visit: (_ key: Range<Int>?, _ isUnder: Bool, _ value: Range<Int>) -> Void
    ) -> Bool {
        text.withUnsafeBytes { bytes in
            guard let range = whole(bytes), var cursor = JSONCursor(bytes, from: range.lowerBound) else { return false }
            walk(&cursor, key: nil, isUnder: false, marked, visit)
            return true
        }
    }

    /// Passes a value of a text that is known to be valid, so at most 512 deep.
    private static func walk(
        _ cursor: inout JSONCursor, key: Range<Int>?, isUnder: Bool, _ marked: (Range<Int>) -> Bool,
        _ visit: (_ key: Range<Int>?, _ isUnder: Bool, _ value: Range<Int>) -> Void
    ) {
        let start = cursor.position
        var isFirst = true
        switch cursor.current {
        case UInt8(ascii: "{"):
            cursor.position += 1
            while case .key(let name) = cursor.nextMember(isFirst: isFirst) {
                isFirst = false
                let key = name.start - 1..<name.end + 1
                walk(&cursor, key: key, isUnder: isUnder || marked(key), marked, visit)
            }
        case UInt8(ascii: "["):
            cursor.position += 1
            while cursor.nextElement(isFirst: isFirst) == .value {
                isFirst = false
                walk(&cursor, key: key, isUnder: isUnder, marked, visit)
            }
        case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): _ = cursor.skipValue(depth: 0)
        default:
            guard cursor.skipValue(depth: 0) else { return }
            visit(key, isUnder, start..<cursor.position)
        }
    }

    /// Calls `visit` with each member of the object that the text is, or of the objects that are elements of its array,
    /// in order, and with the number of the object. Ranges of strings include their quotes.
    ///
    /// Returns false, without a call, where the text is not JSON.
    package static func forEachMember(
        in text: RawSpan, _ visit: (_ object: Int, _ key: Range<Int>, _ value: Range<Int>) -> Void
    ) -> Bool {
        text.withUnsafeBytes { bytes in
            guard let range = whole(bytes), var cursor = JSONCursor(bytes, from: range.lowerBound) else { return false }
            guard cursor.current == UInt8(ascii: "[") else {
                members(&cursor, of: 0, visit)
                return true
            }
            cursor.position += 1
            var object = 0
            while cursor.nextElement(isFirst: object == 0) == .value {
                members(&cursor, of: object, visit)
                object += 1
            }
            return true
        }
    }

    /// Passes a value of a text that is known to be valid.
    private static func members(
        _ cursor: inout JSONCursor, of object: Int,
        _ visit: (_ object: Int, _ key: Range<Int>, _ value: Range<Int>) -> Void
    ) {
        guard cursor.current == UInt8(ascii: "{") else {
            _ = cursor.skipValue(depth: 0)
            return
        }
        cursor.position += 1
        var isFirst = true
        while case .key(let name) = cursor.nextMember(isFirst: isFirst) {
            isFirst = false
            let start = cursor.position
            guard cursor.skipValue(depth: 0) else { return }
            visit(object, name.start - 1..<name.end + 1, start..<cursor.position)
        }
    }

    /// The value of the string at the range in UTF-8, and the offset in the text that each of its bytes comes from;
    /// behind them stands the offset of the closing quote. Nil where no string is there, or beyond 4 GiB.
    package static func unescaped(
        at range: Range<Int>, in text: RawSpan
    ) -> (value: [UInt8], origins: [UInt32])? {
        text.withUnsafeBytes { bytes in
            guard range.lowerBound >= 0, range.upperBound <= bytes.count,
                var cursor = JSONCursor(bytes, from: range.lowerBound),
                let content = cursor.skipString(), cursor.position == range.upperBound, content.end <= UInt32.max
            else { return nil }
            var unescaper = JSONUnescaper(base: cursor.base, position: content.start, end: content.end)
            var value: [UInt8] = []
            var origins: [UInt32] = []
            value.reserveCapacity(content.end - content.start)
            origins.reserveCapacity(content.end - content.start + 1)
            var origin = UInt32(unescaper.position)
            while let scalar = unescaper.next() {
                for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                    value.append(byte)
                    origins.append(origin)
                }
                origin = UInt32(unescaper.position)
            }
            origins.append(UInt32(content.end))
            return (value, origins)
        }
    }
}
