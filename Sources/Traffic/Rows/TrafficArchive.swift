/// What was recorded, as planners, comparers and mocks read it: rows in the order in which they were seen, page by page.
///
/// Used from one thread at a time. Every function throws `StoreFailure` where the store cannot be read. `after` is the id
/// of the last row of the page before, `limit` bounds what is held in memory.
package protocol TrafficArchive: AnyObject {
    func recording(_ id: Int64) throws(StoreFailure) -> RecordingRow?
    func session(_ id: Int64) throws(StoreFailure) -> StoredSession?
    func exchanges(ofSession session: Int64, after: Int64, limit: Int) throws(StoreFailure) -> [ExchangeRow]
    func messages(ofSession session: Int64, after: Int64, limit: Int) throws(StoreFailure) -> [MessageRow]
    func calls(ofSession session: Int64, after: Int64, limit: Int) throws(StoreFailure) -> [CallRow]
    func streamEvents(ofExchange exchange: Int64, after: Int64, limit: Int) throws(StoreFailure) -> [StreamEventRow]
    /// The bytes of a message, valid JSON or not.
    func text(of message: MessageRow) throws(StoreFailure) -> [UInt8]?
}

extension TrafficArchive {
    /// All rows of the session.
    package func exchanges(ofSession session: Int64) throws(StoreFailure) -> [ExchangeRow] {
        try exchanges(ofSession: session, after: 0, limit: .max)
    }
    package func messages(ofSession session: Int64) throws(StoreFailure) -> [MessageRow] {
        try messages(ofSession: session, after: 0, limit: .max)
    }
    package func calls(ofSession session: Int64) throws(StoreFailure) -> [CallRow] {
        try calls(ofSession: session, after: 0, limit: .max)
    }
    package func streamEvents(ofExchange exchange: Int64) throws(StoreFailure) -> [StreamEventRow] {
        try streamEvents(ofExchange: exchange, after: 0, limit: .max)
    }
}
