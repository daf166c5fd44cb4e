import Conversation

/// Everything that a run, or a thread of it, counted and measured. The engine fills it in place.
package struct LoadFigures: Sendable, Equatable {
    /// In the order of the workload's operations.
    package var operations: [OperationFigures]
    package var clients = ClientFigures()
    package var streams = StreamFigures()
    package var connections = ConnectionFigures()
    /// By `Trouble.rawValue`.
    package var troubles = Array(repeating: TroubleFigures(), count: Trouble.allCases.count)
    /// One for each second since the run began.
    package var seconds: [SecondFigures] = []
    /// Calls of the warm-up, which are counted nowhere else.
    package var warmupCalls = 0
    /// Calls whose time came and that were never made, since every client was waiting for answers until the end.
    package var neverMade = 0
    /// How much later than they were to be calls were made for reasons of this process: it was not quick enough.
    package var lag = Histogram()

    package init(operations: Int) {
        self.operations = Array(repeating: OperationFigures(), count: operations)
        seconds.reserveCapacity(4096)
    }

    package subscript(_ trouble: Trouble) -> TroubleFigures { troubles[trouble.rawValue] }

    package mutating func merge(_ other: LoadFigures) {
        for index in operations.indices { operations[index].merge(other.operations[index]) }
        clients.merge(other.clients)
        streams.merge(other.streams)
        connections.merge(other.connections)
        for index in troubles.indices { troubles[index].merge(other.troubles[index]) }
        for (index, second) in other.seconds.enumerated() {
            if index < seconds.count { seconds[index].merge(second) } else { seconds.append(second) }
        }
        warmupCalls += other.warmupCalls
        neverMade += other.neverMade
        lag.merge(other.lag)
    }

    /// All operations as one.
    package var total: OperationFigures {
        operations.reduce(into: OperationFigures()) { $0.merge($1) }
    }
}

/// A second of a run.
package struct SecondFigures: Sendable, Equatable {
    /// At its end.
    package var clientsOpen = 0
    package var streamsOpen = 0
    /// In it.
    package var answered = 0
    package var troubles = 0

    package init() {}

    mutating func merge(_ other: SecondFigures) {
        clientsOpen += other.clientsOpen
        streamsOpen += other.streamsOpen
        answered += other.answered
        troubles += other.troubles
    }
}

package struct ClientFigures: Sendable, Equatable {
    package var begun = 0
    /// How many got through the handshake; again after a lost session counts again.
    package var opened = 0
    /// How many are open, and the most that were.
    package var open = 0
    package var mostOpen = 0
    /// From the first connection to the end of the handshake.
    package var opening = Histogram()

    mutating func merge(_ other: ClientFigures) {
        begun += other.begun
        opened += other.opened
        open += other.open
        mostOpen += other.mostOpen
        opening.merge(other.opening)
    }
}

package struct ConnectionFigures: Sendable, Equatable {
    package var made = 0
    /// The most at a time, and those that carried nothing but POSTs.
    package var most = 0
    package var mostForPosts = 0
    package var sentBytes = 0
    package var receivedBytes = 0
    package var connect = Histogram()

    mutating func merge(_ other: ConnectionFigures) {
        made += other.made
        most += other.most
        mostForPosts += other.mostForPosts
        sentBytes += other.sentBytes
        receivedBytes += other.receivedBytes
        connect.merge(other.connect)
    }
}
