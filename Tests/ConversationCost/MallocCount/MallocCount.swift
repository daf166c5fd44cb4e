import CMallocCount

/// Counts what is allocated on this thread. Only where it is linked into an executable; a test bundle or a library would
/// count nothing.
package struct MallocCount: Sendable, Equatable {
    /// Calls that gave memory, reallocations among them.
    package var allocations = 0
    package var frees = 0
    /// Bytes given, as the allocator rounds them, less those taken back.
    package var liveBytes = 0

    /// What `body` allocates. Not to be nested, nor used between `resume` and `pause`.
    package static func measure(_ body: () throws -> Void) rethrows -> MallocCount {
        reset()
        resume()
        defer { pause() }
        try body()
        pause()
        return total
    }

    /// What was counted since the last `reset`.
    package static var total: MallocCount {
        let count = malloc_count_total()
        return MallocCount(allocations: count.allocations, frees: count.frees, liveBytes: count.live_bytes)
    }

    package static func reset() { malloc_count_reset() }
    package static func resume() { malloc_count_resume() }
    package static func pause() { malloc_count_pause() }
}
