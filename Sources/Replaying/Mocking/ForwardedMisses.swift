import MCPTransports
import Synchronization
import Traffic
import WireFormats

/// Asks a live server what a recording does not answer: for each conversation through a client of its own, connected
/// with the first such request.
package final class ForwardedMisses: MissForwarding {
    /// Makes a transport that has done nothing yet; nil: in whichever dialect the server speaks.
    package typealias Connect = @Sendable (HTTPDialect?) async throws -> any MCPTransport

    private struct State: Sendable {
        var understudies: [String: Understudy] = [:]
        var leaving: [Int: Task<Void, Never>] = [:]
        var last = 0
    }

    private let configuration: MCPClient.Configuration
    private let connect: Connect
    private let state = Mutex(State())

    /// - Parameter configuration: Who the clients say they are; what they can do is what the live client can.
    package init(_ configuration: MCPClient.Configuration, connect: @escaping Connect) {
        self.configuration = configuration
        self.connect = connect
    }

    package func answer(_ request: MissedRequest, for asker: any MissAsker) async -> MissAnswer {
        let understudy = state.withLock { state in
            if let known = state.understudies[request.conversation] { return known }
            let made = Understudy(for: request, configuration, connect)
            state.understudies[request.conversation] = made
            return made
        }
        return await understudy.answer(request, for: asker)
    }

    package func leave(_ conversation: String) {
        state.withLock { state in
            guard let understudy = state.understudies.removeValue(forKey: conversation) else { return }
            state.last += 1
            let number = state.last
            state.leaving[number] = Task {
                await understudy.close()
                self.state.withLock { $0.leaving[number] = nil }
            }
        }
    }

    /// Leaves the server on behalf of all, and returns when that is done.
    package func close() async {
        for conversation in state.withLock({ Array($0.understudies.keys) }) { leave(conversation) }
        for task in state.withLock({ Array($0.leaving.values) }) { await task.value }
    }
}
