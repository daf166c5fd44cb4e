/// When calls are made.
package enum LoadModel: Sendable, Hashable {
    /// How calls of an open model are spread over time.
    package enum Arrivals: String, Sendable, CaseIterable {
        /// At even intervals.
        case constant
        /// At random, as those of people who know nothing of each other.
        case poisson
    }

    /// Each client calls, waits for the answer, thinks for so many nanoseconds, and calls again. What it offers falls when
    /// the server gets slow.
    case closed(thinkTime: Int64)
    /// So many calls a second over all clients, whatever the server does. A call is measured from when it was to be made.
    case open(rate: Double, Arrivals)
}
