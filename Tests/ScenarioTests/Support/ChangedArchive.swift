import Traffic
import WireFormats

/// Another archive in which some messages say something else, and calls are other than they were.
final class ChangedArchive: TrafficArchive {
    private let base: any TrafficArchive
    var texts: [Int64: JSONTree] = [:]
    var change: (CallRow) -> CallRow? = { $0 }
    var changeMessages: ([MessageRow]) -> [MessageRow] = { $0 }

    init(_ base: any TrafficArchive) { self.base = base }

    func recording(_ id: Int64) throws(StoreFailure) -> RecordingRow? { try base.recording(id) }

    func session(_ id: Int64) throws(StoreFailure) -> StoredSession? { try base.session(id) }

    func exchanges(ofSession session: Int64, after: Int64, limit: Int) throws(StoreFailure) -> [ExchangeRow] {
        try base.exchanges(ofSession: session, after: after, limit: limit)
    }

    func messages(ofSession session: Int64, after: Int64, limit: Int) throws(StoreFailure) -> [MessageRow] {
        changeMessages(try base.messages(ofSession: session, after: after, limit: limit))
    }

    func calls(ofSession session: Int64, after: Int64, limit: Int) throws(StoreFailure) -> [CallRow] {
        try base.calls(ofSession: session, after: after, limit: limit).compactMap(change)
    }

    func streamEvents(ofExchange exchange: Int64, after: Int64, limit: Int) throws(StoreFailure) -> [StreamEventRow] {
        try base.streamEvents(ofExchange: exchange, after: after, limit: limit)
    }

    func text(of message: MessageRow) throws(StoreFailure) -> [UInt8]? {
        if let tree = texts[message.id] { return tree.serialized() }
        return try base.text(of: message)
    }
}
