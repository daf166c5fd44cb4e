import Foundation
import Synchronization

/// A thread on which blocks run one after the other, each while its caller waits.
final class OwnThread: Sendable {
    private let work = Mutex<(@Sendable () -> Void)?>(nil)
    private let isDue = DispatchSemaphore(value: 0)

    init() {
        let thread = Thread { [isDue, work = Box(self)] in
            while true {
                isDue.wait()
                guard let block = work.value?.work.withLock({ $0.take() }) ?? nil else { return }
                block()
            }
        }
        thread.start()
    }

    deinit { isDue.signal() }

    func run<Value>(_ body: @escaping () throws -> Value) throws -> Value {
        let call = Call(body)
        work.withLock { $0 = { call.run() } }
        isDue.signal()
        call.isDone.wait()
        guard let result = call.result else { throw RawSocket.Failure(description: "not run") }
        return try result.get()
    }

    /// Does not keep the thread's owner alive.
    private final class Box: @unchecked Sendable {
        // Unchecked: set before the thread starts; weak references are safe to read anywhere.
        weak var value: OwnThread?
        init(_ value: OwnThread) { self.value = value }
    }

    /// Unchecked: its caller waits while the thread runs it.
    private final class Call<Value>: @unchecked Sendable {
        private let body: () throws -> Value
        private(set) var result: Result<Value, any Error>?
        let isDone = DispatchSemaphore(value: 0)

        init(_ body: @escaping () throws -> Value) { self.body = body }

        func run() {
            result = Result { try body() }
            isDone.signal()
        }
    }
}
