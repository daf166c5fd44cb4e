import WireFormats

/// How much it says that the same value stands in an answer and in a later request.
enum Telling: Int, Comparable {
    /// Nothing: everybody writes such values.
    case nothing
    /// Something where both places have the same name.
    case byName
    /// Enough by itself.
    case enough

    static func < (left: Telling, right: Telling) -> Bool { left.rawValue < right.rawValue }

    init(_ value: JSONTree, named name: String) {
        self =
            switch value {
            case .string(let text): Self.of(text, name)
            case .number(let number): Self.of(number, name)
            case .null, .bool, .array, .object: .nothing
            }
    }

    private static func of(_ text: String, _ name: String) -> Telling {
        let length = text.utf8.count
        if length >= 12 || MintedText.isMinted(text) { return .enough }
        if ValueName.namesHandle(name) { return length > 0 ? .byName : .nothing }
        return length >= 3 && !common.contains(text.lowercased()) ? .byName : .nothing
    }

    /// Counts and amounts are small and alike; ids of rows are too, but have names that say so.
    private static func of(_ number: JSONNumber, _ name: String) -> Telling {
        let digits = number.text.utf8.count { $0 &- 0x30 < 10 }
        if digits >= 5 { return .enough }
        return ValueName.namesHandle(name) && number.int != 0 ? .byName : .nothing
    }

    private static let common: Set<String> = [
        "yes", "true", "false", "none", "null", "text", "image", "audio", "user", "assistant", "open", "closed", "info",
        "debug", "error", "warning", "notice", "done", "active", "default", "accept", "decline", "cancel", "object",
        "string", "number", "integer", "boolean", "array", "low", "medium", "high", "asc", "desc", "get", "post", "put",
        "delete", "name", "value", "form", "json", "unknown",
    ]
}

/// Texts that nobody would write by hand: ids, tokens, masks.
enum MintedText {
    /// Whether it is one piece and has digits beside letters, or many digits.
    static func isMinted(_ text: String) -> Bool {
        let length = text.utf8.count
        guard length >= 6, length <= 4096 else { return length > 4096 }
        var (digits, letters, changes) = (0, 0, 0)
        var wasDigit: Bool?
        for byte in text.utf8 {
            guard
                isPiece(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "=")
                    || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
            else { return false }
            let isDigit = byte &- 0x30 < 10
            let isLetter = (byte | 0x20) &- 0x61 < 26
            if isDigit { digits += 1 }
            if isLetter { letters += 1 }
            if isDigit || isLetter {
                if let wasDigit, wasDigit != isDigit { changes += 1 }
                wasDigit = isDigit
            }
        }
        return digits >= 6 || (digits >= 2 && letters > 0 && changes > 0) || (digits >= 1 && changes >= 1)
    }

    static func isPiece(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    /// The most bytes of a text that are searched, and the most pieces that are taken of it.
    private static let limits = (bytes: 16 << 10, pieces: 64)

    /// So much of a text as is searched.
    static func searched(of text: String) -> String {
        text.utf8.count <= limits.bytes ? text : String(decoding: text.utf8.prefix(limits.bytes), as: UTF8.self)
    }

    /// The pieces of a longer text that look minted, with their places.
    static func pieces(of text: String) -> [(piece: String, range: Range<Int>)] {
        var found: [(String, Range<Int>)] = []
        let bytes = Array(text.utf8.prefix(limits.bytes))
        var start: Int?
        for index in 0...bytes.count {
            if index < bytes.count, isPiece(bytes[index]) {
                start = start ?? index
                continue
            }
            guard let from = start else { continue }
            start = nil
            guard index - from >= 6, index - from < text.utf8.count,
                bytes[from..<index].contains(where: { $0 &- 0x30 < 10 })
            else { continue }
            let piece = String(decoding: bytes[from..<index], as: UTF8.self)
            if isMinted(piece), found.count < limits.pieces { found.append((piece, from..<index)) }
        }
        return found
    }
}

/// Names of members, by what they promise of their values.
enum ValueName {
    private static let handles = [
        "id", "ids", "handle", "token", "cursor", "uri", "url", "href", "ref", "reference", "uuid", "guid", "sku",
        "code",
        "offset", "page", "number", "hash", "etag", "version", "revision", "ticket", "slug",
    ]

    /// In lower case, without dashes and underscores.
    static func plain(_ name: String) -> String {
        String(
            decoding: name.utf8.compactMap { $0 == 0x2D || $0 == 0x5F ? nil : ($0 &- 0x41 < 26 ? $0 | 0x20 : $0) },
            as: UTF8.self)
    }

    static func namesHandle(_ name: String) -> Bool {
        let plain = plain(name)
        if handles.contains(plain) { return true }
        // As the last word of several: orderId, next_cursor; not `paid`.
        guard let last = lastWord(name) else { return false }
        return handles.contains(last)
    }

    /// The last of several words.
    private static func lastWord(_ name: String) -> String? {
        if let dash = name.lastIndex(where: { $0 == "_" || $0 == "-" }) {
            return name[name.index(after: dash)...].lowercased()
        }
        if let capital = name.lastIndex(where: \.isUppercase), capital > name.startIndex {
            var start = capital
            // `orderID`
            while start > name.startIndex, name[name.index(before: start)].isUppercase {
                start = name.index(before: start)
            }
            return name[start...].lowercased()
        }
        return nil
    }

    /// Whether two places have names that say the same: `order_id` and `orderId`; `nextCursor` and `cursor`; `id` and
    /// `orderId`.
    static func agree(_ left: String, _ right: String) -> Bool {
        let (a, b) = (plain(left), plain(right))
        if a == b { return !a.isEmpty }
        guard namesHandle(left), namesHandle(right) else { return false }
        return a.hasSuffix(b) || b.hasSuffix(a)
    }
}
