import Traffic

/// What is known of a recording when it begins; its id and its process are the store's to say.
package struct RecordingStart: Sendable, Hashable {
    /// What `--name` gave.
    package var name: String?
    package var source: RecordingRow.Source
    package var target: String?
    package var command: String
    package var toolVersion: String
    package var foldVersion: Int
    package var startedNs: Int64

    package init(
        name: String? = nil, source: RecordingRow.Source, target: String? = nil, command: String, toolVersion: String,
        foldVersion: Int, startedNs: Int64
    ) {
        self.name = name
        self.source = source
        self.target = target
        self.command = command
        self.toolVersion = toolVersion
        self.foldVersion = foldVersion
        self.startedNs = startedNs
    }
}
