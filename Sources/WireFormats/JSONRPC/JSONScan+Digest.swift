extension JSONScan {
    /// A number that equal values have in common within one run of the program, or nil where the text is not JSON.
    ///
    /// Blanks, the order of members and the escapes of strings do not count; numbers count as they are spelled. One
    /// walk without allocation but for strings with escapes.
    ///
    /// - Parameter names: members of the value itself, where it is an object, that do not count either.
    package static func digest(of range: Range<Int>, in text: RawSpan, without names: [StaticString] = []) -> Int? {
        text.withUnsafeBytes { bytes in
            guard range.lowerBound >= 0, range.upperBound <= bytes.count,
                var cursor = JSONCursor(bytes, from: range.lowerBound)
            else { return nil }
            return cursor.digest(without: names, depth: 0)
        }
    }
}

extension JSONCursor {
    fileprivate mutating func digest(without names: [StaticString], depth: Int) -> Int? {
        skipWhitespace()
        guard depth < Self.maximumDepth else { return nil }
        switch current {
        case UInt8(ascii: "{"): return objectDigest(without: names, depth: depth)
        case UInt8(ascii: "["): return arrayDigest(depth: depth)
        case UInt8(ascii: "\""): return skipString().map(digest)
        default:
            let start = position
            guard skipValue(depth: depth) else { return nil }
            return Self.digest(UnsafeRawBufferPointer(start: base + start, count: position - start), kind: 3)
        }
    }

    private mutating func objectDigest(without names: [StaticString], depth: Int) -> Int? {
        position &+= 1
        var sum = 0
        var isFirst = true
        while true {
            switch nextMember(isFirst: isFirst) {
            case .invalid: return nil
            case .end: return Self.mixed(0, sum)
            case .key(let key):
                isFirst = false
                if names.contains(where: { matches(key, $0) }) {
                    guard skipValue(depth: depth) else { return nil }
                } else {
                    guard let value = digest(without: [], depth: depth + 1) else { return nil }
                    // A sum, so that the order of members does not matter.
                    sum &+= Self.mixed(digest(key), value)
                }
            }
        }
    }

    private mutating func arrayDigest(depth: Int) -> Int? {
        position &+= 1
        var total = 1
        var isFirst = true
        while true {
            switch nextElement(isFirst: isFirst) {
            case .invalid: return nil
            case .end: return Self.mixed(1, total)
            case .value:
                isFirst = false
                guard let value = digest(without: [], depth: depth + 1) else { return nil }
                total = Self.mixed(total, value)
            }
        }
    }

    /// Of a string's value.
    private func digest(_ text: Text) -> Int {
        guard text.isEscaped else {
            return Self.digest(UnsafeRawBufferPointer(start: base + text.start, count: text.end - text.start), kind: 2)
        }
        var unescaper = JSONUnescaper(base: base, position: text.start, end: text.end)
        var scalars = String.UnicodeScalarView()
        while let scalar = unescaper.next() { scalars.append(scalar) }
        var value = String(scalars)
        return value.withUTF8 { Self.digest(UnsafeRawBufferPointer($0), kind: 2) }
    }

    private static func digest(_ bytes: UnsafeRawBufferPointer, kind: Int) -> Int {
        var hasher = Hasher()
        hasher.combine(kind)
        hasher.combine(bytes: bytes)
        return hasher.finalize()
    }

    private static func mixed(_ first: Int, _ second: Int) -> Int {
        var hasher = Hasher()
        hasher.combine(first)
        hasher.combine(second)
        return hasher.finalize()
    }
}
