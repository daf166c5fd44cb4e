import ArgumentParser

/// `500ms`, `10s`, `3m`, `1h`; a bare number is seconds.
struct DurationArgument: ExpressibleByArgument, Hashable {
    var milliseconds: Int

    init(milliseconds: Int) {
        self.milliseconds = milliseconds
    }

    init?(argument: String) {
        let units: [(suffix: String, milliseconds: Double)] = [
            ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("", 1000),
        ]
        for unit in units where argument.hasSuffix(unit.suffix) {
            guard let number = Double(argument.dropLast(unit.suffix.count)), number >= 0, number < 1e9 else {
                return nil
            }
            milliseconds = Int(number * unit.milliseconds)
            return
        }
        return nil
    }

    var defaultValueDescription: String {
        milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
    }
}
