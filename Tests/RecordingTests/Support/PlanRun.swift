import Synchronization
import TestSupport

/// What the peers of a plan received, by exchange.
struct Received: Sendable, Equatable {
    /// Heads and content with their framing.
    var byServer: [Int: [UInt8]] = [:]
    var byClient: [Int: [UInt8]] = [:]
}

extension Plan {
    /// Plays the server of the plan while `body` runs.
    func serve(_ log: PlanLog = PlanLog(), while body: (_ port: Int) async throws -> Void) async throws {
        try await Loopback.serve(
            { wire in
                while let head = try await wire.receiveHead() {
                    guard let number = PlannedExchange.number(in: head), let exchange = exchange(number) else { return }
                    let content = try await wire.receive(exactly: exchange.requestWire.count)
                    log.state.withLock { $0.byServer[number] = head + content }
                    var random = SeededGenerator(seed &* 1000 &+ number)
                    let pieces = exchange.response.pieces(upTo: random.chance(2) ? 200 : 20_000, using: &random)
                    for piece in pieces { try await wire.send(piece) }
                    if exchange.leavesEarly { _ = try await wire.receiveAll() }
                    if exchange.isLast { return }
                }
            }, while: body)
    }

    /// Plays all clients of the plan at once against `port`.
    func call(_ port: Int, _ log: PlanLog = PlanLog()) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for exchanges in connections {
                group.addTask {
                    try await Loopback.connect(port) { wire in
                        for exchange in exchanges { try await call(exchange, &wire, log) }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private func call(_ exchange: PlannedExchange, _ wire: inout Wire, _ log: PlanLog) async throws {
        var random = SeededGenerator(seed &* 2000 &+ exchange.number)
        for piece in exchange.request.pieces(upTo: random.chance(2) ? 80 : 20_000, using: &random) {
            try await wire.send(piece)
        }
        let received =
            exchange.endsByClose
            ? try await wire.receiveAll() : try await wire.receive(exactly: exchange.response.count)
        log.state.withLock { $0.byClient[exchange.number] = received }
    }

    /// Runs the plan with what `proxy` puts between its peers.
    func run(
        through proxy: (_ upstream: Int, _ body: @escaping @Sendable (_ port: Int) async throws -> Void) async throws ->
            Void
    ) async throws -> Received {
        let log = PlanLog()
        try await serve(log) { upstream in
            try await proxy(upstream) { try await call($0, log) }
        }
        return log.state.withLock { $0 }
    }
}

/// Where both sides of a running plan note what they received.
final class PlanLog: Sendable {
    let state = Mutex(Received())
}
