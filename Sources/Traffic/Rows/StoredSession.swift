/// A session as it stands in the database, under the name that it is asked for.
package struct StoredSession: Sendable, Hashable {
    package var row: SessionRow
    /// `<client>/<n>`; nil where nothing named the client: then its id is what to ask for.
    package var name: String?
    package var recording: RecordingRow

    /// What to print, and what `resolve` finds again.
    package var label: String { name ?? String(row.id) }

    package init(row: SessionRow, name: String?, recording: RecordingRow) {
        self.row = row
        self.name = name
        self.recording = recording
    }
}
