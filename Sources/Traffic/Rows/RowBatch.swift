/// Rows that belong into the store together, as they stand now: a row that was written before is replaced.
///
/// `streamEvents`, `messages` and `gaps` are new each time; the others may return with more in them.
package struct RowBatch: Sendable {
    package var connections: [ConnectionRow] = []
    package var exchanges: [ExchangeRow] = []
    /// Attributions of exchanges whose own row is not in this batch.
    package var attributions: [Attribution] = []
    package var streamEvents: [StreamEventRow] = []
    package var gaps: [GapRow] = []
    package var sessions: [SessionRow] = []
    package var messages: [MessageRow] = []
    package var calls: [CallRow] = []

    package init() {}

    package var isEmpty: Bool {
        connections.isEmpty && exchanges.isEmpty && attributions.isEmpty && streamEvents.isEmpty && gaps.isEmpty
            && sessions.isEmpty && messages.isEmpty && calls.isEmpty
    }
}
