/// How long a request may take.
public struct RequestTimeout: Sendable, Hashable {
    /// The longest silence before the answer; nil when there is no limit.
    public var limit: Duration?
    /// Whether every progress notification of the request starts ``limit`` anew
    /// (MCP 2025-11-25 basic/lifecycle, timeouts).
    public var isResetByProgress: Bool
    /// The longest time over all, whatever the progress; nil when there is no limit.
    public var total: Duration?

    /// A limit, by default one that progress does not extend.
    public init(_ limit: Duration?, isResetByProgress: Bool = false, total: Duration? = nil) {
        self.limit = limit
        self.isResetByProgress = isResetByProgress
        self.total = total
    }

    /// 30 seconds.
    public static let standard = RequestTimeout(.seconds(30))
    /// No limit.
    public static let unlimited = RequestTimeout(nil)
}

/// A clock with its type forgotten: times are durations since it was made.
struct RequestClock: Sendable {
    let now: @Sendable () -> Duration
    let sleep: @Sendable (_ until: Duration) async throws -> Void

    init(_ clock: some Clock<Duration>) {
        let start = clock.now
        now = { start.duration(to: clock.now) }
        sleep = { try await clock.sleep(until: start.advanced(by: $0), tolerance: nil) }
    }
}
