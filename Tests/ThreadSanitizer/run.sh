#!/usr/bin/env bash
# Runs the concurrency tests of the transports under the thread sanitizer, in a copy of the tree:
# run.sh [FOLDER]; FOLDER defaults to .build-tsan and is kept, so that the next run builds less. Exits 1 when a race is
# reported or a test fails.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=${1:-$root/.build-tsan}
mkdir -p "$work"
tar -C "$root" -c Package.swift Sources Tests | tar -C "$work" -x
# The locks of the standard library are invisible to the sanitizer: each module gets one that it sees.
for module in Sources/MCPTransports Sources/MCPTransportsTestKit Tests/MCPTransportsTests; do
    cp "$root/Tests/ThreadSanitizer/VisibleMutex.swift.txt" "$work/$module/VisibleMutex.swift"
done
cd "$work"
swift build --build-tests --sanitize=thread -Xswiftc -suppress-warnings
# Everything is many times slower here, so that tests of durations in milliseconds may miss them: what counts are races.
filter=${MCP_INSPECT_TSAN_FILTER:-MCPTransportsTests}
SWIFT_BACKTRACE=enable=no TSAN_OPTIONS="halt_on_error=0 exitcode=66" \
    .build/debug/mcp-inspectPackageTests.xctest --testing-library swift-testing \
    --filter "$filter" --skip CutTests >tests.log 2>&1 || true
races=$(grep -c 'WARNING: ThreadSanitizer' tests.log || true)
tail -n 2 tests.log
grep 'SUMMARY: ThreadSanitizer' tests.log | sort | uniq -c | sort -rn | head -20 || true
echo "thread sanitizer: $races reports"
[ "$races" -eq 0 ]
