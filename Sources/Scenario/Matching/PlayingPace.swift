/// How fast a recording is played.
package enum PlayingPace: Sendable, Hashable, CustomStringConvertible {
    /// As recorded.
    case recorded
    /// Without pauses.
    case max
    /// So many times as fast.
    case times(Double)

    /// `recorded`, `max`, `2x`, `0.5x`.
    package init?(_ text: String) {
        switch text {
        case "recorded": self = .recorded
        case "max": self = .max
        default:
            guard text.hasSuffix("x"), let factor = Double(text.dropLast()), factor > 0, factor.isFinite else {
                return nil
            }
            self = .times(factor)
        }
    }

    package var description: String {
        switch self {
        case .recorded: "recorded"
        case .max: "max"
        case .times(let factor): "\(factor.formattedFactor)x"
        }
    }

    /// How long a recorded pause is now.
    package func live(_ nanoseconds: Int64) -> Duration {
        switch self {
        case .recorded: .nanoseconds(nanoseconds)
        case .max: .zero
        case .times(let factor): .nanoseconds(Int64((Double(nanoseconds) / factor).rounded()))
        }
    }
}

extension Double {
    /// Without a fraction that is zero.
    fileprivate var formattedFactor: String {
        let text = "\(self)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
