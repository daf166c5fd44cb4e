import WireFormats

/// URLs, their queries, and forms. Read as bytes, since they are as long as a peer likes. Each `count` counts the values
/// masked.
extension Redactor {
    /// Masks user and password of a URL or request target, and the secret items of its query and fragment.
    mutating func url(_ url: String, _ count: inout Int64) -> String {
        // Neither a question mark nor a hash nor an at sign: nothing to mask.
        guard url.utf8.contains(where: { $0 == 0x3F || $0 == 0x23 || $0 == 0x40 }) else { return url }
        let before = count
        let masked = self.url(Array(url.utf8), &count)
        return count == before ? url : String(decoding: masked, as: UTF8.self)
    }

    mutating func url(_ url: [UInt8], _ count: inout Int64) -> [UInt8] {
        var spots = [userInfo(in: url)].compactMap { $0 }
        if let mark = url.firstIndex(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }) {
            spots += items(in: url, from: mark + 1, isForm: false)
        }
        count += Int64(spots.count)
        return spots.isEmpty ? url : Self.masking(spots, in: url)
    }

    /// Masks what URLs in a text have to hide: they end at blanks, quotes and angle brackets.
    mutating func urls(in text: String, _ count: inout Int64) -> String {
        guard text.utf8.contains(where: { $0 == 0x3F || $0 == 0x23 || $0 == 0x40 }) else { return text }
        var masked = ""
        var word = ""
        for scalar in text.unicodeScalars {
            if [" ", "\t", "<", ">", "\"", "'"].contains(scalar) {
                masked += url(word, &count)
                masked.unicodeScalars.append(scalar)
                word = ""
            } else {
                word.unicodeScalars.append(scalar)
            }
        }
        return masked + url(word, &count)
    }

    /// `user:password@host` where only a host should be.
    mutating func authority(_ text: String, _ count: inout Int64) -> String {
        guard let at = text.lastIndex(of: "@"), at != text.startIndex else { return text }
        count += 1
        return "\(mask(String(text[..<at])))\(text[at...])"
    }

    /// Masks the secret items of a form.
    mutating func form(_ text: [UInt8], _ count: inout Int64) -> [UInt8] {
        let spots = items(in: text, from: 0, isForm: true)
        count += Int64(spots.count)
        return spots.isEmpty ? text : Self.masking(spots, in: text)
    }

    /// `http://user:password@host` (RFC 3986 §3.2.1)
    private mutating func userInfo(in url: [UInt8]) -> Spot? {
        let slash = UInt8(ascii: "/")
        var start: Int?
        for index in url.indices.dropLast() where url[index] == slash && url[index + 1] == slash {
            start = index + 2
            break
        }
        guard let start else { return nil }
        let end = url[start...].firstIndex { $0 == slash || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }
        guard let at = url[start..<(end ?? url.count)].lastIndex(of: UInt8(ascii: "@")), at > start else { return nil }
        return Spot(range: start..<at, mask: Array(mask(String(decoding: url[start..<at], as: UTF8.self)).utf8))
    }

    /// The values of secret items. Items end at `&`, those of a URL at `#` too. Some also end them at semicolons, line
    /// ends and question marks: what such a mark begins counts as an item, unless it may belong to a secret.
    /// `depth`: in so many values of others.
    private mutating func items(in text: [UInt8], from start: Int, isForm: Bool, depth: Int = 0) -> [Spot] {
        var spots: [Spot] = []
        var start = start
        while start < text.count {
            guard spots.count < Self.spotLimit else {
                return spots + [spot(start..<text.count, in: text)].compactMap { $0 }
            }
            let end = text[start...].firstIndex { $0 == UInt8(ascii: "&") || !isForm && $0 == UInt8(ascii: "#") }
            if let spot = item(in: text, start..<(end ?? text.count), depth: depth) { spots.append(spot) }
            start = (end ?? text.count) + 1
        }
        return spots
    }

    private mutating func item(in text: [UInt8], _ range: Range<Int>, depth: Int) -> Spot? {
        var start = range.lowerBound
        while let equals = text[start..<range.upperBound].firstIndex(of: UInt8(ascii: "=")) {
            let name = text[start..<equals].lastIndex(where: Self.endsItem).map { $0 + 1 } ?? start
            let value = equals + 1..<range.upperBound
            if isSecret(text[name..<equals]) { return spot(value, in: text) }
            let end = text[value].firstIndex(where: Self.endsItem) ?? range.upperBound
            if hidesSecret(text[equals + 1..<end], depth: depth) { return spot(value, in: text) }
            start = min(end + 1, range.upperBound)
        }
        return nil
    }

    private mutating func spot(_ range: Range<Int>, in text: [UInt8]) -> Spot? {
        let value = String(decoding: text[range], as: UTF8.self)
        guard !value.isEmpty, !value.isMask else { return nil }
        return Spot(range: range, mask: Array(mask(value).utf8))
    }

    private static func endsItem(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ";") || byte == UInt8(ascii: "?") || byte == 10 || byte == 13
    }

    /// `name` may be escaped, and name a part of something: `token[]`, `user[password]`.
    private func isSecret(_ name: ArraySlice<UInt8>) -> Bool {
        guard !name.isEmpty else { return false }
        let name = Self.withoutEscapes(name)
        if SecretNames.isSecretItem(name.span.bytes) { return true }
        let id = name.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        if masksSessionID, ["session_id", "sessionid"].contains(where: { id.elementsEqual($0.utf8) }) { return true }
        let parts = name.split { [UInt8(ascii: "["), UInt8(ascii: "]"), 0x20].contains($0) }
        return parts.count > 0 && parts.contains { SecretNames.isSecretItem(Array($0).span.bytes) }
    }

    /// Whether JSON in a value, or a URL, has a secret. URLs deeper in each other than anybody means count as one.
    private mutating func hidesSecret(_ value: ArraySlice<UInt8>, depth: Int) -> Bool {
        guard value.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "\"") }) else { return false }
        let plain = Self.withoutEscapes(value)
        if keys.mayStand(in: plain.span.bytes) || SecretNames.standQuoted(in: plain.span.bytes) { return true }
        guard let mark = plain.firstIndex(of: UInt8(ascii: "?")), plain.count < value.count else { return false }
        guard depth < Self.nesting else { return true }
        return !items(in: plain, from: mark + 1, isForm: false, depth: depth + 1).isEmpty
    }

    /// With percent-encoded bytes, and blanks that are a plus, as they are. (RFC 3986 §2.1)
    private static func withoutEscapes(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var plain: [UInt8] = []
        plain.reserveCapacity(text.count)
        var index = text.startIndex
        while index < text.endIndex {
            if text[index] == UInt8(ascii: "%"), index + 2 < text.endIndex, let high = digit(text[index + 1]),
                let low = digit(text[index + 2])
            {
                plain.append(high << 4 | low)
                index += 3
            } else {
                plain.append(text[index] == UInt8(ascii: "+") ? 0x20 : text[index])
                index += 1
            }
        }
        return plain
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte | 0x20 {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte & 0x0F
        case UInt8(ascii: "a")...UInt8(ascii: "f"): (byte | 0x20) - 0x57
        default: nil
        }
    }
}
