/// How much longer an answer may take than it did.
///
/// 150 ms by default: twice what a busy machine adds to an answer, and less than the 200 ms that people notice. It is
/// no share of the recorded time, because a share of a slow call hides what would be seen in a fast one.
package struct LatencyTolerance: Sendable, Hashable {
    package var milliseconds: Double

    package init(milliseconds: Double = 150) { self.milliseconds = milliseconds }

    /// Faster is never too late.
    package func allows(recordedMs: Double, liveMs: Double) -> Bool { liveMs - recordedMs <= milliseconds }
}
