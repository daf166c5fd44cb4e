import WireFormats

/// Values that the server made up and got back in a later request, and its own address: others in each conversation, and
/// the same thing.
package enum MintedValues: Mask {
    package static let name = "minted-values"

    package static func covers(_ difference: Difference, _ context: MaskContext) -> Bool {
        guard case .number(let recorded)? = difference.recorded, case .number(let live)? = difference.live else {
            return false
        }
        let pair = MintedPair(recorded: recorded.text, live: live.text)
        return context.minted.contains(pair)
    }

    package static func replacing(
        in text: [UInt8], atNs _: Int64, _ context: MaskContext, side: MaskSide
    ) -> [UInt8] {
        guard !context.minted.isEmpty else { return text }
        return replace(in: text) { text, start in
            for (number, pair) in context.minted.enumerated() {
                let value = side == .recorded ? pair.recorded : pair.live
                if text[start...].starts(with: value) { return (start + value.count, String(number)) }
            }
            return nil
        }
    }
}
