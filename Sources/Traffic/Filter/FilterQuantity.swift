/// Durations and sizes as users write them.
enum FilterQuantity {
    private static let durations: [(unit: String, ns: Int64)] = [
        ("ns", 1), ("us", 1000), ("µs", 1000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000),
        ("h", 3_600_000_000_000), ("", 1_000_000_000),
    ]
    private static let sizes: [(unit: String, bytes: Int64)] = [
        ("kib", 1 << 10), ("mib", 1 << 20), ("gib", 1 << 30), ("kb", 1000), ("mb", 1_000_000), ("gb", 1_000_000_000),
        ("k", 1000), ("m", 1_000_000), ("g", 1_000_000_000), ("b", 1), ("", 1),
    ]

    /// `500ms`, `1.5s`, `3m`; a bare number is seconds.
    static func nanoseconds(_ text: String) -> Int64? { count(text, in: durations.map { ($0.unit, $0.ns) }) }

    /// `500`, `10k`, `1MiB`; thousands, unless it says `i`.
    static func bytes(_ text: String) -> Int64? { count(text.asciiLowercased, in: sizes.map { ($0.unit, $0.bytes) }) }

    private static func count(_ text: String, in units: [(String, Int64)]) -> Int64? {
        for (unit, factor) in units where text.hasSuffix(unit) {
            let number = text.dropLast(unit.count)
            let hasDigits = number.utf8.contains { (0x30...0x39).contains($0) }
            guard hasDigits, number.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }),
                number.utf8.count <= 30
            else { continue }
            if let whole = Int64(number) {
                let (product, overflows) = whole.multipliedReportingOverflow(by: factor)
                return overflows ? nil : product
            }
            guard let value = Double(number), value * Double(factor) < 9e18 else { return nil }
            return Int64((value * Double(factor)).rounded())
        }
        return nil
    }

    /// In the largest unit that makes it a whole number.
    static func duration(ns: Int64) -> String {
        let units: [(String, Int64)] = [("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1000)]
        for (unit, factor) in units where ns % factor == 0 { return "\(ns / factor)\(unit)" }
        return "\(ns)ns"
    }
}
