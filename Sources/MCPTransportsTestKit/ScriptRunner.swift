import NIOCore
import Synchronization

/// Ties the connections of a ``ScriptedServer`` to its script: which expectation takes a request, and what went wrong.
final class ScriptRunner: Sendable {
    /// More requests are neither recorded nor answered, so that a client that runs wild cannot fill the memory.
    static let requestLimit = 65536

    private struct State {
        var expectations: [(expectation: ScriptedExpectation, taken: Int)] = []
        var requests = 0
        var failures: [String] = []
        var channels: [Int: any Channel] = [:]
        var connections = 0
        var answers: [Int: Task<Void, Never>] = [:]
        var isStopped = false
    }

    let requests = AwaitedList<RecordedRequest>()
    private let state = Mutex(State())

    func add(_ expectation: ScriptedExpectation) {
        state.withLock { $0.expectations.append((expectation, 0)) }
    }

    func report(_ failure: String) {
        state.withLock { $0.failures.append(failure) }
    }

    var expectations: [ScriptedExpectation] { state.withLock { $0.expectations.map(\.expectation) } }
    var failures: [String] { state.withLock { $0.failures } }
    var channels: [any Channel] { state.withLock { Array($0.channels.values) } }

    /// A connection was accepted. Nil when the server has stopped.
    func connected(_ channel: any Channel) -> Int? {
        let number = state.withLock { state -> Int? in
            guard !state.isStopped else { return nil }
            defer { state.connections += 1 }
            state.channels[state.connections] = channel
            return state.connections
        }
        if let number {
            channel.closeFuture.whenComplete { _ in self.state.withLock { $0.channels[number] = nil } }
        }
        return number
    }

    /// A request is complete: records it and lets the first expectation that takes it answer.
    func take(_ head: RequestHead, body: [UInt8], connection: Int, channel: any Channel) -> ScriptedExchange {
        let (index, expectations) = state.withLock { state in
            defer { state.requests += 1 }
            return (state.requests, state.expectations.map(\.expectation))
        }
        let request = RecordedRequest(index: index, connection: connection, head: head, body: body)
        let isMet = expectations.map { $0.isMet(by: request) }
        let expectation = state.withLock { Self.expectation(for: request, isMet, &$0) }
        let exchange = ScriptedExchange(request: request, channel: channel, keepsAlive: head.keepsAlive)
        guard request.index < Self.requestLimit else {
            channel.close(promise: nil)
            return exchange
        }
        requests.append(request)
        guard let expectation else {
            refuse(exchange)
            return exchange
        }
        answer(exchange, expectation)
        return exchange
    }

    /// The first expectation that the request meets and that has not had enough. Those that were added since `isMet` was
    /// found come too late.
    private static func expectation(
        for request: RecordedRequest, _ isMet: [Bool], _ state: inout State
    ) -> ScriptedExpectation? {
        if request.index == requestLimit {
            state.failures.append("A client sent more than \(requestLimit) requests.")
        }
        let index = isMet.indices.first { index in
            let (expectation, taken) = state.expectations[index]
            return isMet[index] && taken < expectation.times ?? Int.max
        }
        guard let index else {
            if request.index < requestLimit {
                state.failures.append("Request \(request.index) was not expected: \(request.words).")
            }
            return nil
        }
        state.expectations[index].taken += 1
        return state.expectations[index].expectation
    }

    private func refuse(_ exchange: ScriptedExchange) {
        let text = Array("The script does not expect \(exchange.request.words).".utf8)
        exchange.write(
            status: 500,
            headers: [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", String(text.count))])
        exchange.write(text)
        exchange.complete()
    }

    private func answer(_ exchange: ScriptedExchange, _ expectation: ScriptedExpectation) {
        let index = exchange.request.index
        state.withLock { state in
            guard !state.isStopped else { return }
            state.answers[index] = Task {
                do {
                    try await expectation.answer(exchange)
                } catch is CancellationError {
                } catch {
                    report("The reply to \(exchange.request.words) failed: \(error)")
                }
                self.state.withLock { $0.answers[index] = nil }
            }
        }
    }

    /// Takes no more connections and cancels the replies under way. Gives what is to be awaited.
    func stop() -> (channels: [any Channel], answers: [Task<Void, Never>]) {
        let (channels, answers) = state.withLock { state in
            state.isStopped = true
            return (Array(state.channels.values), Array(state.answers.values))
        }
        for answer in answers { answer.cancel() }
        return (channels, answers)
    }
}
