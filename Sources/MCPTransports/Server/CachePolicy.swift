/// How long clients may keep lists and resources, and whether they may share them
/// (MCP 2026-07-28 server/utilities/caching). Older revisions do not tell clients.
public struct CachePolicy: Sendable, Hashable {
    /// How long an answer stays good; zero: it must be asked for again each time.
    public var timeToLive: Duration
    /// Whether answers are the same for everybody, so that what stands between may give them to others.
    public var isShared: Bool

    /// By default nothing is kept. A negative time counts as zero.
    public init(timeToLive: Duration = .zero, isShared: Bool = false) {
        self.timeToLive = timeToLive
        self.isShared = isShared
    }

    var milliseconds: Int64 {
        let (seconds, attoseconds) = timeToLive.components
        return max(0, seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }
}
