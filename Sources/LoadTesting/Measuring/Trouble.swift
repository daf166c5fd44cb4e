/// What can go wrong in a run.
package enum Trouble: Int, Sendable, Hashable, CaseIterable {
    /// A connection was refused, or could not be made for another reason of the other side.
    case connectionFailed
    /// There was no descriptor, or no port, for a connection.
    case outOfDescriptors
    case outOfPorts
    /// The server side closed a connection (FIN) or reset it (RST) before its response was complete.
    case connectionClosed
    case connectionReset
    /// The response was no HTTP.
    case badResponse
    /// A client could not be opened, or was ended by the server's doing.
    case clientLost
    /// The server forgot a session.
    case sessionLost
    /// An event stream ended that should have gone on, or said nothing for too long.
    case streamLost
    case streamStalled
    case timedOut
    /// The server refused a request: HTTP 401 and 403, 429, other 4xx, 5xx.
    case unauthorized
    case tooManyRequests
    case clientError
    case serverError
    /// The response holds no answer.
    case unintelligible
    case rpcError
    case toolError
    case wrongAnswer
    /// An answer came on another stream than that of its call, where the dialect would have it there.
    case answerElsewhere
    /// A second answer; one after its call was given up; one to no call at all.
    case duplicateAnswer
    case lateAnswer
    case strayAnswer
    /// What the server sent is no JSON-RPC message.
    case invalidMessage
}

/// How often something went wrong, and the first time.
package struct TroubleFigures: Sendable, Equatable {
    package struct Occurrence: Sendable, Equatable {
        /// Nanoseconds since the run began.
        package var time: Int64
        /// How many clients were open.
        package var clientsOpen: Int
    }

    package var count = 0
    package var first: Occurrence?

    package init() {}

    package mutating func add(at time: Int64, clientsOpen: Int) {
        count += 1
        if first == nil { first = Occurrence(time: time, clientsOpen: clientsOpen) }
    }

    package mutating func merge(_ other: TroubleFigures) {
        count += other.count
        if let there = other.first, there.time < first?.time ?? .max { first = there }
    }
}
