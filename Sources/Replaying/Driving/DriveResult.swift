/// What came of driving a plan once. What the server answered is in the recording.
package struct DriveResult: Sendable {
    /// JSON text of the live id of each call that was sent; of one that was sent several times, the last.
    package var sent: [Int: String] = [:]
    /// Why steps were left undone; nil where none was for a reason of the server's.
    package var trouble: DriveTrouble?
    /// Steps that were to be done and were not.
    package var undone: [Int] = []
    /// It was stopped before its end.
    package var isInterrupted = false
    /// What else went otherwise than recorded, a sentence each.
    package var notes: [String] = []

    package init() {}
}

/// What kept a plan from being driven to its end.
package struct DriveTrouble: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable {
        /// 401 or 403.
        case unauthorized
        /// No connection.
        case unreachable
        /// No answer in time.
        case timedOut
        /// No conversation could be opened, or it came to an end.
        case noConversation
    }

    package var kind: Kind
    /// One sentence.
    package var message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    package var description: String { message }
}
