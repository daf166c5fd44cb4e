import Glibc

/// How long a connection waits for a lock that another one holds: with jitter, so that several recorders on one
/// file do not keep meeting each other, and bounded.
final class BusyPatience {
    private var limitNs: UInt64
    private var started: UInt64 = 0

    init(limitMs: Int) { limitNs = UInt64(max(0, limitMs)) * 1_000_000 }

    /// Waits so long for each lock from now on.
    func change(limitMs: Int) { limitNs = UInt64(max(0, limitMs)) * 1_000_000 }

    /// Sleeps a little and returns 1 to try again, or 0 to give up. `attempt` counts from 0 for each lock.
    func wait(_ attempt: Int32) -> Int32 {
        let now = Self.nowNs()
        if attempt == 0 { started = now }
        guard now - started < limitNs else { return 0 }
        // A transaction takes a few milliseconds; who sleeps longer than that loses to those who do not.
        usleep(UInt32.random(in: 200...(attempt < 8 ? 800 : 2500)))
        return 1
    }

    private static func nowNs() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
