import WireFormats

/// Secret members of messages, wherever they stand: at any depth, in elements of batches, in strings that are JSON.
///
/// Strings and numbers are masked, also those in lists and objects under a secret's name, but for what a schema says
/// there of the value: its `type`, its `description`. `true`, `false` and `null` tell nothing. Every other byte stays
/// as it was.
extension Redactor {
    /// A masked text and how many values of it were masked; nil where none was.
    typealias Masked = (text: [UInt8], count: Int64)

    /// JSON in strings of JSON is gone into so deep; deeper, a string that may name a secret is masked as a whole.
    static let nesting = 8
    /// So many values are masked one by one. Nobody sends as many secrets, and a mask is longer than a number: a text
    /// with more of them is masked as a whole.
    static let spotLimit = 50_000

    struct Spot {
        var range: Range<Int>
        /// Bytes as they stand in the text.
        var mask: [UInt8]
    }

    /// What begins as JSON and is none, being cut perhaps, is masked as a whole where it may name a secret.
    mutating func maskedMessage(_ text: [UInt8]) -> Masked? {
        guard keys.mayStand(in: text.span.bytes) else { return nil }
        var found = spots(in: text, depth: 0)
        if found == nil, text.looksLikeJSON { return (whole(text), 1) }
        let spots = found.take() ?? spots(inProse: text)
        guard !spots.isEmpty else { return nil }
        guard spots.count <= Self.spotLimit else { return (whole(text), 1) }
        return (Self.masking(spots, in: text), Int64(spots.count))
    }

    mutating func whole(_ text: [UInt8]) -> [UInt8] { Array(mask(String(decoding: text, as: UTF8.self)).utf8) }

    static func masking(_ spots: [Spot], in text: [UInt8]) -> [UInt8] {
        var masked: [UInt8] = []
        masked.reserveCapacity(text.count)
        var copied = 0
        for spot in spots {
            masked += text[copied..<spot.range.lowerBound]
            masked += spot.mask
            copied = spot.range.upperBound
        }
        return masked + text[copied...]
    }

    /// Nil where the text is no JSON.
    private mutating func spots(in text: [UInt8], depth: Int) -> [Spot]? {
        var spots: [Spot] = []
        let span = text.span.bytes
        let isJSON = JSONScan.forEachScalar(in: span, under: { [keys] in Self.isSecret($0, in: text, keys) }) {
            key, isUnder, value in
            guard spots.count <= Self.spotLimit else { return }
            let isString = text[value.lowerBound] == UInt8(ascii: "\"")
            if isUnder, let key, isMasked(key, in: text) {
                if let spot = secret(value, isString: isString, in: text) { spots.append(spot) }
            } else if isString, value.count > 6, keys.mayStand(in: span.extracting(value)) {
                spots += nested(value, in: text, depth: depth)
            }
        }
        return isJSON ? spots : nil
    }

    /// Whether the value of a member under a secret's name, or this itself, is one.
    private func isMasked(_ key: Range<Int>, in text: [UInt8]) -> Bool {
        let name = text[key.lowerBound + 1..<key.upperBound - 1]
        return !SecretKeys.isShown(name) || Self.isSecret(key, in: text, keys)
    }

    private static func isSecret(_ key: Range<Int>, in text: [UInt8], _ keys: SecretKeys) -> Bool {
        let name = text[key.lowerBound + 1..<key.upperBound - 1]
        guard name.contains(UInt8(ascii: "\\")) else { return keys.contains(name) }
        guard let plain = JSONScan.string(at: key, in: text.span.bytes) else { return false }
        return keys.contains(Array(plain.utf8))
    }

    /// A number becomes a string: that it is masked must not look like a number.
    private mutating func secret(_ value: Range<Int>, isString: Bool, in text: [UInt8]) -> Spot? {
        guard isString else {
            let number = String(decoding: text[value], as: UTF8.self)
            return Spot(range: value, mask: Array("\"\(mask(number))\"".utf8))
        }
        guard let plain = JSONScan.string(at: value, in: text.span.bytes), !plain.isEmpty else { return nil }
        return Spot(range: value.lowerBound + 1..<value.upperBound - 1, mask: Array(credential(plain).utf8))
    }

    /// Keeps the scheme, as in the header of that name, so that equal credentials are equal everywhere.
    mutating func credential(_ value: String) -> String {
        for scheme in ["bearer ", "basic "] where value.utf8.count > scheme.utf8.count {
            let start = value.utf8.prefix(scheme.utf8.count)
            guard String(Substring(start)).isASCIIEqual(toLowercase: scheme) else { continue }
            return "\(Substring(start))\(mask(String(Substring(value.utf8.dropFirst(scheme.utf8.count)))))"
        }
        return mask(value)
    }

    /// What is masked in a string that is JSON, or has some in it, as spots of the text that it stands in.
    private mutating func nested(_ value: Range<Int>, in text: [UInt8], depth: Int) -> [Spot] {
        guard let (inner, origins) = JSONScan.unescaped(at: value, in: text.span.bytes) else { return [] }
        guard depth < Self.nesting else {
            return [Spot(range: value.lowerBound + 1..<value.upperBound - 1, mask: whole(inner))]
        }
        let found = spots(in: inner, depth: depth + 1) ?? spots(inProse: inner)
        guard found.count <= Self.spotLimit else {
            return [Spot(range: value.lowerBound + 1..<value.upperBound - 1, mask: whole(inner))]
        }
        return found.map { spot in
            let (start, end) = (origins[spot.range.lowerBound], origins[spot.range.upperBound])
            return Spot(range: Int(start)..<Int(end), mask: spot.mask.escapedForJSON)
        }
    }

    /// JSON that stands among other text, or is cut: values are found by their names and quotes.
    private mutating func spots(inProse text: [UInt8]) -> [Spot] {
        var reading = ProseReading(text: text, keys: keys)
        var spots: [Spot] = []
        while spots.count <= Self.spotLimit, let found = reading.next() {
            let value = String(decoding: text[found.range], as: UTF8.self)
            let quote = found.isString ? [] : found.quote
            spots.append(Spot(range: found.range, mask: quote + Array(credential(value).utf8) + quote))
        }
        return spots
    }
}

extension [UInt8] {
    /// Whether it begins as JSON of several values does.
    var looksLikeJSON: Bool {
        let start = starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let first = self[start...].first { $0 > 0x20 }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[") || first == UInt8(ascii: "\"")
    }

    fileprivate var escapedForJSON: [UInt8] {
        flatMap { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") ? [UInt8(ascii: "\\"), $0] : [$0] }
    }
}
