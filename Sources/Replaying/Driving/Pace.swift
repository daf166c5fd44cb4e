/// How fast a recorded client is repeated.
package enum Pace: Sendable, Hashable {
    /// Thinking as long as it did.
    case recorded
    /// As soon as what it waited for is there.
    case max
    /// So many times as fast.
    case times(Double)

    /// A pause of the recording as it is kept now, in nanoseconds.
    package func scaled(_ recordedNs: Int64) -> Int64 {
        switch self {
        case .recorded: Swift.max(recordedNs, 0)
        case .max: 0
        case .times(let factor): Int64(Double(Swift.max(recordedNs, 0)) / factor)
        }
    }

    /// `recorded`, `max`, `2x`, `0.5x`; nil for every other text.
    package init?(_ text: String) {
        switch text {
        case "recorded": self = .recorded
        case "max": self = .max
        default:
            guard text.hasSuffix("x"), let factor = Double(text.dropLast()), factor >= 0.001, factor <= 1_000_000 else {
                return nil
            }
            self = .times(factor)
        }
    }

    /// The text that names it.
    package var text: String {
        switch self {
        case .recorded: "recorded"
        case .max: "max"
        case .times(let factor): factor == factor.rounded() ? "\(Int(factor))x" : "\(factor)x"
        }
    }
}
