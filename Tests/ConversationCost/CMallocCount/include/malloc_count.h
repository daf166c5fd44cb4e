#pragma once

/// What was allocated on this thread while it was counted.
struct malloc_count {
    /// Calls that gave memory: malloc, calloc, realloc and those with an alignment.
    long allocations;
    long frees;
    /// Usable bytes given less those taken back.
    long live_bytes;
};

/// Counts from here on, on this thread.
void malloc_count_resume(void);
/// Counts no more.
void malloc_count_pause(void);
/// Forgets what was counted.
void malloc_count_reset(void);
/// What was counted since the last reset.
struct malloc_count malloc_count_total(void);
