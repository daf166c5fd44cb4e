import WireFormats

/// Numbers that are a time since 1970, in seconds to nanoseconds, within two days of when they were said.
package enum EpochNumbers: Mask {
    package static let name = "epoch-time"

    package static func covers(_ difference: Difference, _: MaskContext) -> Bool {
        guard case .number(let recorded)? = difference.recorded, case .number(let live)? = difference.live,
            let old = unit(of: recorded.double ?? 0, near: difference.recordedNs)
        else { return false }
        return unit(of: live.double ?? 0, near: difference.liveNs) == old
    }

    package static func replacing(
        in text: [UInt8], atNs: Int64, _: MaskContext, side _: MaskSide
    ) -> [UInt8] {
        replace(in: text) { text, start in
            var end = start
            while end < text.count, text[end].isDigit { end += 1 }
            guard end - start >= 10 else { return nil }
            if end + 1 < text.count, text[end] == UInt8(ascii: "."), text[end + 1].isDigit {
                end += 1
                while end < text.count, text[end].isDigit { end += 1 }
            }
            let value = Double(String(decoding: text[start..<end], as: UTF8.self))
            guard let unit = value.flatMap({ unit(of: $0, near: atNs) }) else { return nil }
            return (end, "e\(unit)")
        }
    }

    /// The power of ten of the unit in which the number is a time near that one; nil for every other number.
    private static func unit(of value: Double, near atNs: Int64) -> Int? {
        [0, 3, 6, 9].first { power in
            let seconds = value / [0: 1, 3: 1e3, 6: 1e6, 9: 1e9][power, default: 1]
            return abs(seconds - Double(atNs) / 1e9) <= WrittenTime.nearSeconds
        }
    }
}
