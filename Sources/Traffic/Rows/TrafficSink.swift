/// Where a recorder puts its rows. Called from the recorder's thread alone.
package protocol TrafficSink: AnyObject {
    /// Stores the batch as one transaction, whole or not at all.
    ///
    /// Returns the names given in it to sessions that had none, by session id.
    /// Throws `StoreFailure`; the batch may then be offered again.
    func commit(_ batch: RowBatch) throws(StoreFailure) -> [Int64: String]

    /// Marks the recording as ended in order and lets go of the store.
    func close(endedNs: Int64) throws(StoreFailure)

    /// How its commits went so far.
    var commitTimes: CommitTimes { get }
}

extension TrafficSink {
    package var commitTimes: CommitTimes { CommitTimes() }
}

/// How commits went, at worst.
package struct CommitTimes: Sendable, Hashable {
    package var count = 0
    /// How long one waited for others who were writing.
    package var longestWait = Duration.zero
    /// How long one kept others from writing.
    package var longestHold = Duration.zero

    package init() {}

    package mutating func note(waited: Duration, held: Duration) {
        count += 1
        longestWait = max(longestWait, waited)
        longestHold = max(longestHold, held)
    }
}

/// The store could not take or give what was asked; traffic does not care.
package struct StoreFailure: Error, Sendable, CustomStringConvertible {
    package enum Code: Sendable, Hashable {
        case missing, notACapture, newer, readOnly, locked, full, corrupt, io, noSuchSession, query
    }
    package var code: Code
    /// One sentence: what happened and what to do.
    package var message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
