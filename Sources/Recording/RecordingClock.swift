import Glibc

/// The time of a recording: wall clock at its start plus monotonic elapsed, so that differences are never negative
/// after the wall clock was set.
package struct RecordingClock: Sendable {
    private let startedWall: Int64
    private let startedMonotonic: Int64

    package init() {
        startedWall = Self.read(CLOCK_REALTIME)
        startedMonotonic = Self.read(CLOCK_MONOTONIC)
    }

    /// Nanoseconds since the Unix epoch.
    package var now: Int64 { startedWall + Self.read(CLOCK_MONOTONIC) - startedMonotonic }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
