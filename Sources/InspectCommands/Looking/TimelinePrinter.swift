import Traffic
import TrafficStore

/// Prints timelines one after the other.
struct TimelinePrinter {
    private let reader: CaptureReader
    private let tokens: [FilterToken]
    private let format: OutputFormat
    private let hasBodies: Bool
    private let style: TextStyle
    private let write: (String) -> Void
    private var objects: ObjectList
    private var isFirst = true

    init(
        reader: CaptureReader, tokens: [FilterToken], format: OutputFormat, hasBodies: Bool, style: TextStyle,
        write: @escaping (String) -> Void = Terminal.line
    ) {
        self.reader = reader
        self.tokens = tokens
        self.format = format
        self.hasBodies = hasBodies
        self.style = style
        self.write = write
        objects = ObjectList(isArray: format == .json, write: write)
    }

    mutating func print(_ timeline: Timeline, isAlone: Bool) throws {
        let entries = timeline.entries.filter { $0.matches(tokens) }
        if format == .text { try lines(timeline, entries, isAlone) } else { try objects(timeline, entries) }
    }

    mutating func finish() {
        if format != .text { objects.finish() }
    }

    private mutating func lines(_ timeline: Timeline, _ entries: [TimelineEntry], _ isAlone: Bool) throws {
        // Of several sessions those that a filter leaves nothing of are not named.
        if !isAlone, entries.isEmpty, !tokens.isEmpty { return }
        if !isFirst { write("") }
        isFirst = false
        write(TimelineText.heading(StoredSessionFacts(timeline.session.session), style: style))
        let text = TimelineText(entries, startedNs: timeline.session.session.row.startedNs, style: style)
        for entry in entries {
            write(text.line(entry))
            for line in try body(of: entry).map(Self.bodyLines) ?? [] { write(style.dim("        \(line)")) }
        }
        if entries.isEmpty { write(tokens.isEmpty ? "nothing was said" : "nothing in it matches the filters") }
    }

    private mutating func objects(_ timeline: Timeline, _ entries: [TimelineEntry]) throws {
        let session = timeline.session.session
        for entry in entries {
            objects.add(
                TimelineObject.object(
                    entry, session: session.label, startedNs: session.row.startedNs, body: try body(of: entry)?.text))
        }
    }

    private func body(of entry: TimelineEntry) throws -> (text: [UInt8], isJSON: Bool)? {
        guard hasBodies, case .message(let message) = entry.what,
            let row = try reader.message(message.row.id), let text = try reader.text(of: row)
        else { return nil }
        return (text, row.kind != .invalid)
    }

    /// JSON laid out on lines of its own; anything else as it stands, made visible.
    static func bodyLines(_ body: (text: [UInt8], isJSON: Bool)) -> [String] {
        guard !body.isJSON else { return JSONLayout.lines(body.text).map(\.visible) }
        return [String(decoding: body.text, as: UTF8.self).visible]
    }
}
