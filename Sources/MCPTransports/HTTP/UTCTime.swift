/// A moment on the wall clock, as the heartbeats and the `Date` field write it.
struct UTCTime: Sendable, Hashable {
    /// Microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    let microseconds: Int64

    /// `2026-11-22 20:00:15.000001+00:00`.
    var text: String {
        let date = civilDate
        let fraction = microseconds - microseconds.floored(to: 1_000_000)
        return "\(date.year)-\(padded(date.month))-\(padded(date.day)) \(clock).\(padded(Int(fraction), 6))+00:00"
    }

    /// `Sun, 22 Nov 2026 20:00:15 GMT` (RFC 9110 §5.6.7).
    var httpDate: String {
        let date = civilDate
        let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let weekday = weekdays[((days % 7) + 7) % 7]
        return "\(weekday), \(padded(date.day)) \(months[date.month - 1]) \(date.year) \(clock) GMT"
    }

    private var days: Int { Int(microseconds.floored(to: 86_400_000_000) / 86_400_000_000) }

    private var clock: String {
        let seconds = Int((microseconds - microseconds.floored(to: 86_400_000_000)) / 1_000_000)
        return "\(padded(seconds / 3600)):\(padded(seconds / 60 % 60)):\(padded(seconds % 60))"
    }

    /// The Gregorian date of the day, counted in eras of 400 years that begin on 1 March.
    private var civilDate: (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private func padded(_ value: Int, _ width: Int = 2) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Int64 {
    fileprivate func floored(to unit: Int64) -> Int64 {
        let rest = self % unit
        return rest < 0 ? self - rest - unit : self - rest
    }
}
