import Foundation
import UnixSignals

/// Runs something until it ends or SIGINT or SIGTERM comes, which is its normal end; a second signal ends the process
/// at once.
enum UntilSignal {
    static func run<Result: Sendable>(
        alsoUntilInputEnds: Bool = false, _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            let signals = await UnixSignalsSequence(trapping: [.sigint, .sigterm])
            group.addTask { try await body() }
            group.addTask {
                var count = 0
                for await _ in signals {
                    count += 1
                    if count == 1 { return nil }
                }
                return nil
            }
            if alsoUntilInputEnds {
                group.addTask {
                    await inputEnded()
                    return nil
                }
            }
            while let ended = try await group.next() {
                guard let result = ended else {
                    // The end was asked for: from here on a further signal does not wait for it.
                    signal(SIGINT) { _ in _exit(130) }
                    signal(SIGTERM) { _ in _exit(143) }
                    group.cancelAll()
                    continue
                }
                group.cancelAll()
                return result
            }
            throw CancellationError()
        }
    }

    /// Returns when standard input ends, or the task is cancelled.
    private static func inputEnded() async {
        let (ended, source) = AsyncStream.makeStream(of: Void.self)
        Thread.detachNewThread {
            while (try? FileHandle.standardInput.read(upToCount: 4096))?.isEmpty == false {}
            source.finish()
        }
        for await _ in ended {}
    }
}

/// What kept a listener from being opened, in a few words.
enum ListenFailure {
    static func reason(_ error: any Error) -> String {
        let text = "\(error)"
        if text.contains("errno: 98") || text.contains("in use") { return "address in use" }
        if text.contains("errno: 13") { return "not permitted" }
        if text.contains("errno: 99") { return "no such address here" }
        return text
    }
}
