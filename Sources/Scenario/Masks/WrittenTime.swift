/// A date with a time of day that begins at a place of a text.
struct WrittenTime {
    /// How far a time may be from when it was said.
    static let nearSeconds: Double = 2 * 86_400

    let end: Int
    /// How it is written, without its digits.
    let form: String
    /// Seconds since 1970, its zone left aside.
    let seconds: Double

    init?(_ text: [UInt8], from start: Int) {
        var reading = Reading(text: text, index: start)
        guard let time = reading.iso() ?? reading.http() ?? reading.ctime() else { return nil }
        self = time
    }

    private init(_ reading: Reading, _ form: String, _ date: (year: Int, month: Int, day: Int), _ second: Int) {
        end = reading.index
        self.form = form
        seconds = Double(Self.days(date) * 86_400 + second)
    }

    func isNear(_ atNs: Int64) -> Bool { abs(seconds - Double(atNs) / 1e9) <= Self.nearSeconds }

    /// Days since 1970 of a day of the Gregorian calendar.
    private static func days(_ date: (year: Int, month: Int, day: Int)) -> Int {
        let year = date.month <= 2 ? date.year - 1 : date.year
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private struct Reading {
        let text: [UInt8]
        var index: Int

        private static let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

        /// `2026-11-25T23:24:17.042Z`, `2026-11-25 23:24:17+01:00`
        mutating func iso() -> WrittenTime? {
            let start = index
            guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2),
                (1...12).contains(month), (1...31).contains(day), let divider = one(of: "Tt "),
                let hour = number(2), skip(":"), let minute = number(2)
            else { return back(to: start) }
            var second = 0
            var form = "iso\(divider)"
            if skip(":") {
                guard let value = number(2) else { return back(to: start) }
                second = value
                form += "s"
                fraction()
            }
            form += zone()
            return WrittenTime(self, form, (year, month, day), hour * 3600 + minute * 60 + second)
        }

        /// `Wed, 25 Nov 2026 23:24:17 GMT`
        mutating func http() -> WrittenTime? {
            let start = index
            guard one(of: Self.weekdays) != nil, skip(", "), let day = number(2), skip(" "),
                let month = one(of: Self.months), skip(" "), let year = number(4), skip(" "), let second = clock(),
                skip(" GMT")
            else { return back(to: start) }
            return WrittenTime(self, "http", (year, month + 1, day), second)
        }

        /// `Wed Nov 25 23:24:17 2026`
        mutating func ctime() -> WrittenTime? {
            let start = index
            guard one(of: Self.weekdays) != nil, skip(" "), let month = one(of: Self.months), skip(" ") else {
                return back(to: start)
            }
            let isPadded = skip(" ")
            guard let day = number(isPadded ? 1 : 2), skip(" "), let second = clock(), skip(" "),
                let year = number(4)
            else { return back(to: start) }
            return WrittenTime(self, "ctime", (year, month + 1, day), second)
        }

        private mutating func back(to start: Int) -> WrittenTime? {
            index = start
            return nil
        }

        private mutating func clock() -> Int? {
            guard let hour = number(2), skip(":"), let minute = number(2), skip(":"), let second = number(2) else {
                return nil
            }
            return hour * 3600 + minute * 60 + second
        }

        private mutating func fraction() {
            guard index + 1 < text.count, one(of: ".,") != nil else { return }
            guard text[index].isDigit else { return index -= 1 }
            while index < text.count, text[index].isDigit { index += 1 }
        }

        private mutating func zone() -> String {
            if let letter = one(of: "Zz") { return String(letter) }
            let start = index
            guard one(of: "+-") != nil, number(2) != nil else {
                index = start
                return ""
            }
            let hasColon = skip(":")
            guard number(2) != nil else {
                index = start
                return ""
            }
            return hasColon ? "+:" : "+"
        }

        private mutating func number(_ digits: Int) -> Int? {
            guard index + digits <= text.count, text[index..<(index + digits)].allSatisfy(\.isDigit) else { return nil }
            defer { index += digits }
            return text[index..<(index + digits)].reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }

        private mutating func skip(_ literal: String) -> Bool {
            guard text[index...].starts(with: literal.utf8) else { return false }
            index += literal.utf8.count
            return true
        }

        private mutating func one(of characters: String) -> Character? {
            guard index < text.count, let found = characters.first(where: { $0.asciiValue == text[index] }) else {
                return nil
            }
            index += 1
            return found
        }

        private mutating func one(of words: [String]) -> Int? {
            guard let found = words.firstIndex(where: { text[index...].starts(with: $0.utf8) }) else { return nil }
            index += words[found].utf8.count
            return found
        }
    }
}
