/// Hexadecimal numbers of 16 digits and more with a letter among them: random ids and digests. Their length must stay.
package enum HexIDs: Mask {
    package static let name = "hex"

    package static func replacing(
        in text: [UInt8], atNs _: Int64, _: MaskContext, side _: MaskSide
    ) -> [UInt8] {
        replace(in: text) { text, start in
            var end = start
            var hasLetter = false
            while end < text.count, text[end].isHexDigit {
                if !text[end].isDigit { hasLetter = true }
                end += 1
            }
            guard hasLetter, end - start >= 16 else { return nil }
            return (end, String(end - start))
        }
    }
}
