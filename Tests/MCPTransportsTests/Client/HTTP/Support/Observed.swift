import NIOCore
import NIOPosix

/// Something that changes on one event loop, and that a test can wait on without looking again and again.
final class Observed<State: Sendable>: Sendable {
    struct Missing: Error {
        let wanted: String
        let state: State
    }

    private struct Content {
        var state: State
        var waiting: [(condition: (State) -> Bool, promise: EventLoopPromise<State>)] = []
    }

    let eventLoop: any EventLoop
    private let content: NIOLoopBoundBox<Content>

    init(_ state: State, on eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
        content = .makeBoxSendingValue(Content(state: state), eventLoop: eventLoop)
    }

    /// On the event loop.
    func change(_ body: (inout State) -> Void) {
        body(&content.value.state)
        let state = content.value.state
        let met = content.value.waiting.filter { $0.condition(state) }
        content.value.waiting.removeAll { $0.condition(state) }
        for waiter in met { waiter.promise.succeed(state) }
    }

    /// The state as soon as it meets the condition.
    @discardableResult
    func wait(for wanted: String, _ condition: @escaping @Sendable (State) -> Bool) async throws -> State {
        try await eventLoop.flatSubmit {
            let promise = self.eventLoop.makePromise(of: State.self)
            let state = self.content.value.state
            if condition(state) {
                promise.succeed(state)
            } else {
                self.content.value.waiting.append((condition, promise))
                let limit = self.eventLoop.scheduleTask(in: .seconds(10)) {
                    promise.fail(Missing(wanted: wanted, state: self.content.value.state))
                }
                promise.futureResult.whenComplete { _ in limit.cancel() }
            }
            return promise.futureResult
        }.get()
    }
}
