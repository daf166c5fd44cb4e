/// UUIDs, with hyphens. (RFC 9562 §4)
package enum UUIDs: Mask {
    package static let name = "uuid"

    package static func replacing(
        in text: [UInt8], atNs _: Int64, _: MaskContext, side _: MaskSide
    ) -> [UInt8] {
        replace(in: text) { text, start in
            guard start + 36 <= text.count else { return nil }
            for (offset, byte) in text[start..<(start + 36)].enumerated() {
                let isHyphen = [8, 13, 18, 23].contains(offset)
                guard isHyphen ? byte == UInt8(ascii: "-") : byte.isHexDigit else { return nil }
            }
            return (start + 36, "")
        }
    }
}
