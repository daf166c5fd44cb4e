import Traffic
import TrafficStore

/// Prints timelines one after the other.
struct TimelinePrinter {
    private let reader: CaptureReader
    private let isFiltered: Bool
    private let format: OutputFormat
    private let hasBodies: Bool
    private let style: TextStyle
    private let write: (String) -> Void
    private var objects: ObjectList
    private var isFirst = true

    init(
        reader: CaptureReader, isFiltered: Bool, format: OutputFormat, hasBodies: Bool, style: TextStyle,
        write: @escaping (String) -> Void = Terminal.line
    ) {
        self.reader = reader
        self.isFiltered = isFiltered
        self.format = format
        self.hasBodies = hasBodies
        self.style = style
        self.write = write
        objects = ObjectList(isArray: format == .json, write: write)
    }

    mutating func print(_ timeline: Timeline, isAlone: Bool) throws {
        if format == .text { try lines(timeline, isAlone) } else { try objects(timeline) }
    }

    mutating func finish() {
        if format != .text { objects.finish() }
    }

    private mutating func lines(_ timeline: Timeline, _ isAlone: Bool) throws {
        // Of several sessions those that a filter leaves nothing of are not named.
        if !isAlone, timeline.isEmpty, isFiltered { return }
        if !isFirst { write("") }
        isFirst = false
        write(TimelineText.heading(StoredSessionFacts(timeline.session), style: style))
        var text = TimelineText(startedNs: timeline.session.row.startedNs, style: style)
        text.fit(atNs: timeline.lastNs)
        // Wider lines that come later do not move those that are printed already.
        while case let page = try timeline.next(), !page.isEmpty {
            text.fit(page)
            for entry in page {
                write(text.line(entry))
                for line in try body(of: entry).map(Self.bodyLines) ?? [] { write(style.dim("        \(line)")) }
            }
        }
        if timeline.isEmpty { write(isFiltered ? "nothing in it matches the filter" : "nothing was said") }
    }

    private mutating func objects(_ timeline: Timeline) throws {
        let session = timeline.session
        while case let page = try timeline.next(), !page.isEmpty {
            for entry in page {
                objects.add(
                    TimelineObject.object(
                        entry, session: session.label, startedNs: session.row.startedNs, body: try body(of: entry)?.text
                    ))
            }
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
