#include "malloc_count.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>

// In an executable these stand in front of those of the C library, for all that it loads. They pass everything on to the
// library's own entry points, which need no looking up, and count where the thread asks for it.

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

static __thread int counting __attribute__((tls_model("initial-exec")));
static __thread struct malloc_count total __attribute__((tls_model("initial-exec")));

void malloc_count_resume(void) { counting = 1; }
void malloc_count_pause(void) { counting = 0; }
void malloc_count_reset(void) { total = (struct malloc_count){0, 0, 0}; }
struct malloc_count malloc_count_total(void) { return total; }

// A sanitizer has its own, which must not be stood in front of; then nothing is counted.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
#define UNCOUNTED
#endif
#endif

#ifndef UNCOUNTED

static void *given(void *memory) {
    if (counting && memory) {
        total.allocations += 1;
        total.live_bytes += (long)malloc_usable_size(memory);
    }
    return memory;
}

static void taken(void *memory) {
    if (counting && memory) {
        total.frees += 1;
        total.live_bytes -= (long)malloc_usable_size(memory);
    }
}

void *malloc(size_t size) { return given(__libc_malloc(size)); }
void *calloc(size_t count, size_t size) { return given(__libc_calloc(count, size)); }
void *memalign(size_t alignment, size_t size) { return given(__libc_memalign(alignment, size)); }
void *aligned_alloc(size_t alignment, size_t size) { return given(__libc_memalign(alignment, size)); }

int posix_memalign(void **memory, size_t alignment, size_t size) {
    void *found = given(__libc_memalign(alignment, size));
    if (!found) return ENOMEM;
    *memory = found;
    return 0;
}

void *realloc(void *memory, size_t size) {
    taken(memory);
    return given(__libc_realloc(memory, size));
}

void free(void *memory) {
    taken(memory);
    __libc_free(memory);
}

#endif
