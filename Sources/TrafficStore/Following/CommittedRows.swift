import Traffic

/// What was committed to a capture since it was looked at last, by all its recorders, as it stood at one moment.
package struct CommittedRows: Sendable {
    /// A row that is new, or one that was seen before and has changed.
    package struct Change<Row: Sendable>: Sendable {
        package var row: Row
        /// Where the row stood before; nil for a new one.
        package var before: Stage?
        package var now: Stage

        package init(row: Row, before: Stage?, now: Stage) {
            self.row = row
            self.before = before
            self.now = now
        }
    }

    /// How far a row has come. What its table knows no word for never happens to it.
    package struct Stage: Sendable, Hashable {
        let bits: Int64

        package init(bits: Int64) { self.bits = bits }

        /// An exchange has its response; a session has its name; so has every call.
        package var hasBegun: Bool { bits & 1 != 0 }
        /// Whose it is; of a session, how its messages travel.
        package var isAttributed: Bool { bits & 2 != 0 }
        package var hasEnded: Bool { bits & 4 != 0 }
    }

    /// Recordings that were not known before.
    package var begun: [RecordingRow] = []
    /// Recordings that ended; `interrupted` also where their process is gone and nobody has noted it yet.
    package var ended: [RecordingRow] = []
    package var sessions: [Change<StoredSession>] = []
    package var exchanges: [Change<ExchangeRow>] = []
    package var calls: [Change<CallRow>] = []
    package var messages: [MessageRow] = []
    /// Blocks that carry no message, with the beginning of what they say.
    package var blocks: [StreamEventRow] = []
    package var gaps: [GapRow] = []
    /// There was more than is taken at a time.
    package var isPartial = false

    /// Rows that the others refer to, by id.
    package var knownSessions: [Int64: StoredSession] = [:]
    /// Without headers and bodies, but for what is told of them.
    package var knownExchanges: [Int64: ExchangeRow] = [:]
    package var knownCalls: [Int64: CallRow] = [:]

    package init() {}

    package var isEmpty: Bool {
        begun.isEmpty && ended.isEmpty && sessions.isEmpty && exchanges.isEmpty && calls.isEmpty && messages.isEmpty
            && blocks.isEmpty && gaps.isEmpty
    }
}
