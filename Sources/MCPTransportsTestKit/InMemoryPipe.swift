import MCPTransports
import NIOCore
import Synchronization

/// One direction between two ``InMemoryTransport``s: messages in order, at most `capacity` of them on their way.
final class InMemoryPipe: Sendable {
    private struct Sender {
        let number: Int
        let message: [UInt8]
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var queue = CircularBuffer<[UInt8]>()
        var senders = CircularBuffer<Sender>()
        var receiver: CheckedContinuation<[UInt8]?, any Error>?
        var lastSender = 0
        var isEnded = false
        /// What the receiver is told once, behind the last message.
        var failure: (any Error)?
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    /// Puts a message in; waits while the pipe is full.
    ///
    /// - Throws: ``MCPError/connectionClosed`` when the pipe has ended or ends, `CancellationError`.
    func send(_ message: [UInt8]) async throws {
        let number = state.withLock { state in
            state.lastSender += 1
            return state.lastSender
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                put(Sender(number: number, message: message, continuation: continuation))
            }
        } onCancel: {
            withdraw(number)
        }
    }

    private func put(_ sender: Sender) {
        let (result, receiver) = state.withLock {
            state -> (Result<Void, any Error>?, CheckedContinuation<[UInt8]?, any Error>?) in
            if state.isEnded { return (.failure(MCPError.connectionClosed), nil) }
            if Task.isCancelled { return (.failure(CancellationError()), nil) }
            if let receiver = state.receiver {
                state.receiver = nil
                return (.success(()), receiver)
            }
            guard state.queue.count < capacity else {
                state.senders.append(sender)
                return (nil, nil)
            }
            state.queue.append(sender.message)
            return (.success(()), nil)
        }
        receiver?.resume(returning: sender.message)
        if let result { sender.continuation.resume(with: result) }
    }

    private func withdraw(_ number: Int) {
        let sender = state.withLock { state -> Sender? in
            guard let index = state.senders.firstIndex(where: { $0.number == number }) else { return nil }
            return state.senders.remove(at: index)
        }
        sender?.continuation.resume(throwing: CancellationError())
    }

    /// The next message; nil when the pipe has ended, and throws once what it was ended with.
    func next() async throws -> [UInt8]? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in take(continuation) }
        } onCancel: {
            let receiver = state.withLock { state in
                defer { state.receiver = nil }
                return state.receiver
            }
            receiver?.resume(throwing: CancellationError())
        }
    }

    private func take(_ continuation: CheckedContinuation<[UInt8]?, any Error>) {
        let (result, sender) = state.withLock { state -> (Result<[UInt8]?, any Error>?, Sender?) in
            if let message = state.queue.popFirst() {
                let sender = state.senders.popFirst()
                if let sender { state.queue.append(sender.message) }
                return (.success(message), sender)
            }
            if let failure = state.failure {
                state.failure = nil
                return (.failure(failure), nil)
            }
            if state.isEnded { return (.success(nil), nil) }
            if Task.isCancelled { return (.failure(CancellationError()), nil) }
            state.receiver = continuation
            return (nil, nil)
        }
        sender?.continuation.resume()
        if let result { continuation.resume(with: result) }
    }

    /// Lets nothing more in. What is on its way arrives, unless it is `dropped`; then the receiver hears of `failure`.
    func end(throwing failure: (any Error)? = nil, dropped: Bool = false) {
        let (receiver, senders) = state.withLock { state in
            if dropped { state.queue.removeAll() }
            guard !state.isEnded else {
                return (nil as CheckedContinuation<[UInt8]?, any Error>?, CircularBuffer<Sender>())
            }
            state.isEnded = true
            defer {
                state.receiver = nil
                state.senders = CircularBuffer()
            }
            if state.receiver == nil { state.failure = failure }
            return (state.receiver, state.senders)
        }
        if let failure { receiver?.resume(throwing: failure) } else { receiver?.resume(returning: nil) }
        for sender in senders { sender.continuation.resume(throwing: MCPError.connectionClosed) }
    }
}
