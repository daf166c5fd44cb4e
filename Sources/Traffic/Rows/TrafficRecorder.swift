import WireFormats

/// From HTTP parts to rows: decoder, ledger, fold and redaction, one behind the other.
///
/// Pure and single-threaded; a source feeds it on the recorder's thread and drains it before each commit.
package struct TrafficRecorder: Sendable {
    private var decoder: ExchangeDecoder
    private var ledger: Ledger
    private var fold: Fold
    private var redactor: Redactor?
    private var events: [TrafficEvent] = []
    /// How many events were taken in since rows were handed over last.
    package private(set) var pendingEvents = 0
    private let recordingID: Int64
    /// Room for more is let go.
    private static let keptEvents = 10_000

    /// Without a redactor rows leave as they are; without an inflater no content coding is read.
    package init(
        recordingID: Int64, name: String?, redactor: Redactor?, inflater: (any Inflater.Type)? = nil
    ) {
        self.recordingID = recordingID
        decoder = ExchangeDecoder(recordingID: recordingID, inflater: inflater)
        ledger = Ledger(recordingID: recordingID)
        fold = Fold(recordingID: recordingID, name: name)
        self.redactor = redactor
    }

    /// `connection` and `exchange` are the source's numbers (0: none); `at` in nanoseconds since the epoch.
    package mutating func feed(_ part: WirePart, connection: UInt32, exchange: UInt32, at: Int64, bytes: RawSpan) {
        decoder.feed(part, connection: connection, exchange: exchange, at: at, bytes: bytes, into: &events)
        redactor?.mask(&events)
        for event in events {
            ledger.apply(event)
            fold.apply(event)
        }
        pendingEvents += events.count
        events.removeAll(keepingCapacity: events.count <= Self.keptEvents)
    }

    /// Whether content of the exchange is being decoded, so that little of it may become much.
    package func isEncoded(_ exchange: UInt32) -> Bool { decoder.isEncoded(exchange) }

    /// The recording ended in order.
    package mutating func finish(at: Int64) {
        fold.finish(at: at)
    }

    /// What is new or changed since the last time, redacted.
    package mutating func drain() -> RowBatch {
        pendingEvents = 0
        var batch = RowBatch()
        ledger.drain(into: &batch)
        fold.drain(into: &batch)
        batch.joinAttributions()
        for index in batch.exchanges.indices where batch.exchanges[index].attribution == nil {
            batch.exchanges[index].attribution = fold.attribution(of: batch.exchanges[index].id)
        }
        redactor?.redact(&batch)
        return batch
    }
}

extension RowBatch {
    /// Puts attributions into the exchanges they are about, where those are in the batch.
    mutating func joinAttributions() {
        guard !attributions.isEmpty, !exchanges.isEmpty else { return }
        var places = IDTable<Int>()
        for index in exchanges.indices { places[exchanges[index].id] = index }
        attributions.removeAll { attribution in
            guard let index = places[attribution.exchangeID] else { return false }
            exchanges[index].attribution = attribution
            return true
        }
    }
}
