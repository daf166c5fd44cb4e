import WireFormats

/// Dates with a time of day, within two days of when they were said: ISO 8601, RFC 9110 §5.6.7, and what `ctime` prints.
///
/// The way of writing must stay; digits after the second may come and go, as many libraries leave out zeros. Times that
/// are further away are facts and compared.
package enum Times: Mask {
    package static let name = "time"

    package static func covers(_ difference: Difference, _: MaskContext) -> Bool {
        difference.path.keys.suffix(2) == ["annotations", "lastModified"] && difference.keepsType
    }

    package static func replacing(
        in text: [UInt8], atNs: Int64, _: MaskContext, side _: MaskSide
    ) -> [UInt8] {
        replace(in: text) { text, start in
            guard let time = WrittenTime(text, from: start), time.isNear(atNs) else { return nil }
            return (time.end, time.form)
        }
    }
}
