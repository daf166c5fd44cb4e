import Traffic
import WireFormats

/// A recorded session read as a whole: its calls, its messages as values, and what carried them.
///
/// Plans, comparisons and mocks begin here. All of it is held in memory, so it is for one session at a time.
package struct RecordedSession: Sendable {
    package struct Message: Sendable {
        package var row: MessageRow
        /// Nil where the text is no JSON.
        package var value: JSONTree?
    }

    package let session: StoredSession
    /// In the order in which they were sent.
    package let calls: [CallRow]
    /// In the order in which they were seen.
    package let messages: [Message]
    package let exchanges: [ExchangeRow]
    private let places: [Int64: Int]

    /// Throws `noSuchSession`, and what reading throws.
    package init(_ id: Int64, in archive: any TrafficArchive) throws(StoreFailure) {
        guard let session = try archive.session(id) else {
            throw StoreFailure(.noSuchSession, "the capture has no session \(id)")
        }
        self.session = session
        calls = try archive.calls(ofSession: id)
        exchanges = try archive.exchanges(ofSession: id)
        var messages: [Message] = []
        var places: [Int64: Int] = [:]
        for row in try archive.messages(ofSession: id) {
            places[row.id] = messages.count
            messages.append(Message(row: row, value: try archive.text(of: row).flatMap { JSONTree($0) }))
        }
        self.messages = messages
        self.places = places
    }

    package func message(_ id: Int64?) -> Message? { id.flatMap { places[$0] }.map { messages[$0] } }
}
