import Traffic

/// A timeline as lines to read.
struct TimelineText {
    private let startedNs: Int64
    private let style: TextStyle
    private var offsetWidth = 0
    private(set) var widths: [Int]
    /// Wider cells do not push the others.
    private static let widest = 44

    /// `atLeast`: widths of columns that others have been printed with.
    init(_ entries: [TimelineEntry] = [], startedNs: Int64, style: TextStyle, atLeast least: [Int]? = nil) {
        self.startedNs = startedNs
        self.style = style
        widths = least ?? [0, 0, 0, 0, 0]
        fit(entries)
    }

    /// Makes the column of times wide enough for this one.
    mutating func fit(atNs: Int64) {
        offsetWidth = max(offsetWidth, Figures.offset(ns: atNs - startedNs).count)
    }

    /// Makes the columns wide enough for these entries too.
    mutating func fit(_ entries: [TimelineEntry]) {
        for entry in entries {
            fit(atNs: entry.atNs)
            guard case .message(let message) = entry.what else { continue }
            for (index, cell) in Self.cells(message).enumerated() {
                widths[index] = max(widths[index], min(cell.count, Self.widest))
            }
        }
    }

    /// What stands above a session's lines.
    static func heading(_ session: StoredSessionFacts, style: TextStyle) -> String {
        style.bold(session.label.visible) + style.dim("  \(session.facts)")
    }

    func line(_ entry: TimelineEntry) -> String {
        let offset = style.dim(Figures.offset(ns: entry.atNs - startedNs).padded(to: offsetWidth, right: true))
        return "\(offset) \(content(entry))"
    }

    /// The line without its time.
    func content(_ entry: TimelineEntry) -> String {
        let number = entry.exchange.map { "#\($0.numberInRecording)" } ?? ""
        switch entry.what {
        case .message(let message): return line(message, number: number)
        case .exchange(let exchange):
            let text = Self.text(exchange, number: number)
            return "← \(exchange.isError ? style.red(text) : text)"
        case .streamOpened(let stream):
            let resumed = stream.lastEventID.map { ", resumed after event \($0.visible)" } ?? ""
            return "┬ \(style.dim("stream \(number) \(stream.title) opened\(resumed)"))"
        case .streamClosed(let stream):
            let text = "stream \(number) \(stream.title) \(stream.ending)"
            return "┴ \(stream.wasCut ? style.red(text) : style.dim(text))"
        case .heartbeats(let beats):
            return "· \(style.dim(Self.text(beats, from: entry.atNs, number: number)))"
        case .event(let event): return "← \(Self.text(event)) \(style.dim(number))"
        case .edit(let edit): return "~ \(style.yellow("\(Self.text(edit)) \(number)"))"
        case .gap(let bytes, let reason):
            return
                "! \(style.red("gap: \(bytes) bytes were not recorded (\(reason.visible)) \(number)".trimmedEnd))"
        case .ended(let reason): return "■ \(style.dim("session ended: \(reason.words)"))"
        }
    }

    // MARK: Messages

    private static func cells(_ message: TimelineEntry.Message) -> [String] {
        let row = message.row
        let isAnswer = row.kind == .response || row.kind == .error
        let method = row.method ?? message.call?.method
        let name = row.name ?? message.call?.name
        let latency = isAnswer && row.id == message.call?.responseID ? message.call?.latencyMs : nil
        return [
            row.kind.rawValue, [method, name].compactMap { $0 }.joined(separator: " ").visible,
            row.rpcID.map { "id:\($0.visible)" } ?? "", latency.map { Figures.duration(ms: $0) } ?? "",
            Figures.bytes(row.bytes),
        ]
    }

    private func line(_ message: TimelineEntry.Message, number: String) -> String {
        let cells = Self.cells(message)
        let padded = cells.enumerated().map { $1.padded(to: widths[$0], right: $0 >= 3) }.joined(separator: "  ")
        let arrow = message.row.direction == .clientToServer ? "→" : "←"
        let place = message.via.map { "via \($0.visible) \(number)" } ?? number
        let remarks = message.remarks.joined(separator: ", ")
        let isWrong = message.isWrong
        var text = "\(arrow) \(isWrong ? style.red(padded) : padded)"
        if !place.isEmpty { text += "  " + style.dim(place) }
        if !remarks.isEmpty { text += "  " + (isWrong ? style.red(remarks) : style.yellow(remarks)) }
        return text
    }

    // MARK: Everything else

    private static func text(_ exchange: TimelineEntry.Exchange, number: String) -> String {
        let what = "\(exchange.method) \(exchange.path)".visible
        guard let status = exchange.status else {
            if let answer = exchange.ownAnswer {
                return "\(what) \(number): answered by the recorder: \(answer.visible)"
            }
            let end = exchange.endReason.map { ", \($0.words) by the \(exchange.endedBy?.rawValue ?? "peer")" }
            return "\(what) \(number): no response\(end ?? " yet")"
        }
        var text =
            "HTTP \(status)" + (exchange.reason.isEmpty ? "" : " \(exchange.reason.visible)") + "  \(what) \(number)"
        if let answer = exchange.ownAnswer { text += ", by the recorder: \(answer.visible)" }
        if let excerpt = exchange.excerpt { text += "  " + excerpt.visible.shortened(to: 120) }
        return text
    }

    private static func text(_ beats: TimelineEntry.Heartbeats, from: Int64, number: String) -> String {
        guard beats.count > 1 else {
            let said = beats.text.map { " \"\($0.visible.shortened(to: 60))\"" } ?? ""
            return "heartbeat (\(beats.kind.rawValue)\(said)) on \(number)"
        }
        let spacing = Figures.duration(ms: Double(beats.lastNs - from) / 1e6 / Double(beats.count - 1))
        return "\(beats.count) heartbeats (\(beats.kind.rawValue), about every \(spacing)) on \(number)"
    }

    private static func text(_ event: TimelineEntry.Event) -> String {
        var words: [String] = []
        switch event.kind {
        case "event": words.append("event \(event.type?.visible ?? "message")")
        case "empty": words.append("event without data")
        case "partial": words.append("event cut off before its end")
        default: words.append(event.kind)
        }
        if let id = event.eventID { words.append("event id \(id.visible)") }
        if let retry = event.retryMs { words.append("reconnect after \(Figures.duration(ms: Double(retry)))") }
        if let text = event.text { words.append(text.visible.shortened(to: 120)) }
        return words.joined(separator: "  ")
    }

    private static func text(_ edit: Edit) -> String {
        let from = edit.from.map { "\"\($0.visible.shortened(to: 100))\"" } ?? "nothing"
        let to = edit.to.map { "\"\($0.visible.shortened(to: 100))\"" } ?? "nothing"
        return "changed on the way: \(edit.place.rawValue) \(edit.what.visible) from \(from) to \(to)"
    }
}

extension String {
    fileprivate var trimmedEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
