/// How long to wait between looks at a capture: short while something happens, longer when nothing does, and long
/// enough that looking takes a fifth of the time at most.
struct PollingPace {
    private var wait = shortest

    static let shortest = Duration.milliseconds(50)
    static let longest = Duration.milliseconds(250)

    /// The wait after a look that took so long.
    mutating func next(foundSomething: Bool, took: Duration) -> Duration {
        wait = foundSomething ? Self.shortest : min(Self.longest, wait * 3 / 2)
        return max(wait, min(Self.longest, took * 4))
    }
}
