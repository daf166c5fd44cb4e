import Foundation

/// Sizes, durations and times as they are printed.
enum Figures {
    /// `312 B`, `1.2 kB`, `3.4 MB`
    static func bytes(_ count: Int64) -> String {
        switch count {
        case ..<1000: "\(count) B"
        case ..<1_000_000: fixed(Double(count) / 1e3, 1) + " kB"
        default: fixed(Double(count) / 1e6, 1) + " MB"
        }
    }

    /// `0.4 ms`, `340 ms`, `1.20 s`, `2m 05s`, `3h 20m`, `2d 04h`
    static func duration(ms: Double) -> String {
        let seconds = Int(min(ms / 1000, 1e15))
        return switch ms {
        case ..<99.95: fixed(ms, 1) + " ms"
        case ..<999.5: fixed(ms, 0) + " ms"
        case ..<59_995: fixed(ms / 1000, 2) + " s"
        case ..<3_600_000: "\(seconds / 60)m \(twoDigits(seconds % 60))s"
        case ..<86_400_000: "\(seconds / 3600)h \(twoDigits(seconds / 60 % 60))m"
        default: "\(seconds / 86400)d \(twoDigits(seconds / 3600 % 24))h"
        }
    }

    /// Time since the session began: `+0.012`, `+1:01.234`, `+1:00:01.234`
    static func offset(ns: Int64) -> String {
        let sign = ns < 0 ? "-" : "+"
        let ms = (ns.magnitude + 500_000) / 1_000_000
        let (seconds, rest) = (Int(ms / 1000), Int(ms % 1000))
        let fraction = "." + String(1000 + rest).dropFirst()
        guard seconds >= 60 else { return "\(sign)\(seconds)\(fraction)" }
        let end = "\(twoDigits(seconds % 60))\(fraction)"
        guard seconds >= 3600 else { return "\(sign)\(seconds / 60):\(end)" }
        return "\(sign)\(seconds / 3600):\(twoDigits(seconds / 60 % 60)):\(end)"
    }

    /// UTC with milliseconds, as in the views: `2026-11-22T23:20:06.123Z`. (RFC 3339)
    static func instant(ns: Int64) -> String {
        let ms = ns / 1_000_000
        let (days, rest) = ms.quotientAndRemainder(dividingBy: 86_400_000)
        let (year, month, day) = civil(days: Int(days))
        let time = Int(rest)
        let clock =
            "\(twoDigits(time / 3_600_000)):\(twoDigits(time / 60_000 % 60)):\(twoDigits(time / 1000 % 60))"
        return "\(year)-\(twoDigits(month))-\(twoDigits(day))T\(clock).\(String(1000 + time % 1000).dropFirst())Z"
    }

    /// Day and minute, for lists: `2026-11-22 23:20:06`
    static func minute(ns: Int64) -> String {
        instant(ns: ns).prefix(19).replacingOccurrences(of: "T", with: " ")
    }

    static func fixed(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

    /// `1 call`, `2 calls`
    static func count(_ count: some BinaryInteger, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }

    private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    /// The date of a day counted from 1970-01-01, in the Gregorian calendar; eras of 400 years that begin in March.
    private static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
