import Foundation
import WireFormats

/// Where Foundation's decoders and RFC 8259 part, and the scanner sides with the RFC: the whole list.
///
/// A disagreement is explained only if it goes away once the cause is taken out of the text.
enum FoundationDeviation {
    /// Foundation takes a byte order mark and guesses UTF-16 and UTF-32 from NULs and marks. §8.1: texts are UTF-8,
    /// and a mark must not be added.
    static func isAnotherEncoding(_ text: [UInt8]) -> Bool {
        text.starts(with: [0xEF, 0xBB, 0xBF]) || text.starts(with: [0xFE, 0xFF]) || text.starts(with: [0xFF, 0xFE])
            || text.prefix(4).contains(0)
    }

    /// Foundation takes a comma behind the last value of a container. §4, §5: a comma stands between values.
    static func withoutTrailingCommas(_ text: [UInt8]) -> [UInt8] {
        outsideStrings(text) { rest, _ in
            guard rest.first == UInt8(ascii: ",") else { return nil }
            let next = rest.dropFirst().first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
            return next == UInt8(ascii: "]") || next == UInt8(ascii: "}") ? (1, []) : nil
        }
    }

    /// Foundation refuses numbers that `Double` cannot hold. §6: the grammar sets no bound; what is done about range
    /// is the receiver's choice.
    static func withoutExponents(_ text: [UInt8]) -> [UInt8] {
        outsideStrings(text) { rest, previous in
            guard let first = rest.first, first | 0x20 == UInt8(ascii: "e"), (0x30...0x39).contains(previous) else {
                return nil
            }
            let digits = rest.dropFirst().drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
            let behind = digits.drop { (0x30...0x39).contains($0) }
            return (behind.startIndex - rest.startIndex, [])
        }
    }

    /// Foundation refuses half a surrogate pair as escape. §8.2: the grammar allows it.
    static func withoutSurrogateEscapes(_ text: [UInt8]) -> [UInt8] {
        var result = text
        var index = 0
        while index + 6 <= result.count {
            guard result[index] == UInt8(ascii: "\\") else {
                index += 1
                continue
            }
            let isSurrogate =
                result[index + 1] == UInt8(ascii: "u") && result[index + 2] | 0x20 == UInt8(ascii: "d")
                && !(0x30...0x37).contains(result[index + 3])
            if isSurrogate { result.replaceSubrange(index + 2..<index + 6, with: Array("0041".utf8)) }
            index += 2
        }
        return result
    }

    /// Whether one of the above accounts for the disagreement on `text`.
    static func explains(_ text: [UInt8], scanTakesIt: Bool, takes: (Data) -> Bool) -> Bool {
        guard scanTakesIt else {
            return isAnotherEncoding(text) || JSONScan.validate(withoutTrailingCommas(text))
        }
        return takes(Data(withoutExponents(withoutSurrogateEscapes(text))))
    }

    /// Replaces what `edit` names, given the rest of the text and the byte before, outside strings.
    private static func outsideStrings(
        _ text: [UInt8], _ edit: (ArraySlice<UInt8>, UInt8) -> (drop: Int, put: [UInt8])?
    ) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        var isInString = false
        while index < text.count {
            let byte = text[index]
            if !isInString, let (drop, put) = edit(text[index...], index > 0 ? text[index - 1] : 0) {
                result += put
                index += drop
                continue
            }
            result.append(byte)
            if isInString, byte == UInt8(ascii: "\\"), index + 1 < text.count {
                index += 1
                result.append(text[index])
            } else if byte == UInt8(ascii: "\"") {
                isInString.toggle()
            }
            index += 1
        }
        return result
    }
}

/// Any JSON value, read to its last leaf.
struct EveryValue: Decodable {
    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        if let object = try? decoder.container(keyedBy: Key.self) {
            for key in object.allKeys { _ = try object.decode(EveryValue.self, forKey: key) }
        } else if var array = try? decoder.unkeyedContainer() {
            while !array.isAtEnd { _ = try array.decode(EveryValue.self) }
        } else {
            let value = try decoder.singleValueContainer()
            if value.decodeNil() || (try? value.decode(Bool.self)) != nil { return }
            if (try? value.decode(String.self)) != nil { return }
            _ = try value.decode(Double.self)
        }
    }
}
