import Traffic
import TrafficStore

/// Lines of what happens, for people or machines.
struct LivePrinter {
    private let style: TextStyle
    private var widths: [Int]?
    private var sessionWidth = 0
    private var day: String?
    /// Wider names do not push the rest.
    private static let widestName = 24

    init(style: TextStyle) {
        self.style = style
    }

    /// The lines to read of these entries, in their order; a day that begins has a line of its own.
    mutating func lines(_ entries: [LiveEntry], bodies: [Int64: [String]] = [:]) -> [String] {
        let told = entries.compactMap { if case .told(let entry) = $0.what { entry } else { nil } }
        let text = TimelineText(told, startedNs: 0, style: style, atLeast: widths)
        widths = text.widths
        for entry in entries {
            sessionWidth = max(sessionWidth, min(Self.widestName, entry.session?.label.visible.count ?? 1))
        }
        var lines: [String] = []
        for entry in entries {
            let date = String(Figures.instant(ns: entry.atNs).prefix(10))
            if let day, day != date { lines.append(style.dim("-- \(date) UTC")) }
            day = date
            lines.append(line(entry, text))
            if case .told(let told) = entry.what, case .message(let message) = told.what {
                lines += (bodies[message.row.id] ?? []).map { style.dim("        \($0)") }
            }
        }
        return lines
    }

    private func line(_ entry: LiveEntry, _ text: TimelineText) -> String {
        let name = (entry.session?.label.visible ?? "-").padded(to: sessionWidth)
        let start = "\(style.dim(clock(entry.atNs))) \(name)"
        switch entry.what {
        case .told(let told): return "\(start) \(text.content(told))"
        case .sessionOpened:
            let words = entry.session.map { LiveWords.opened($0.row) } ?? "opened"
            return "\(start) □ \(style.dim("session \(words)"))"
        case .callEnded(let call):
            return "\(start) × \(style.red("\(LiveWords.name(of: call)): \(LiveWords.end(of: call) ?? "")"))"
        case .recordingBegan(let recording):
            let target = recording.target.map { " of \($0.visible)" } ?? ""
            return "\(start) ● \(style.bold("recording \(Self.name(recording))\(target) began"))"
        case .recordingEnded(let recording):
            let what = recording.interrupted ? style.red("was interrupted") : "ended"
            let gaps = recording.gaps == 0 ? "" : style.red(", with \(Figures.count(recording.gaps, "gap"))")
            return "\(start) ● \(style.bold("recording \(Self.name(recording)) \(what)"))\(gaps)"
        }
    }

    /// Its id, and what `--name` gave.
    private static func name(_ recording: RecordingRow) -> String {
        "\(recording.id)" + (recording.name.map { " (\($0.visible))" } ?? "")
    }

    /// The same as an object for machines. `body`: the text of a message, where it is wanted.
    static func object(_ entry: LiveEntry, body: [UInt8]?) -> JSONText {
        var members: [JSONText.Member]
        func about(_ type: String) -> [JSONText.Member] {
            [
                .init("type", type), .init("session", entry.session?.label),
                .init("at", Figures.instant(ns: entry.atNs)), .init("at_ns", entry.atNs),
                .init("recording_id", entry.recording),
            ]
        }
        switch entry.what {
        case .told(let told):
            let session = entry.session
            return TimelineObject.object(
                told, session: session?.label, startedNs: session?.row.startedNs ?? told.atNs, body: body)
        case .sessionOpened:
            let row = entry.session?.row
            members = about("session_opened")
            members += [
                .init("dialect", row?.dialect?.rawValue), .init("revision", row?.revision),
                .init("client_name", row?.clientName), .init("client_version", row?.clientVersion),
                .init("server_name", row?.serverName), .init("server_version", row?.serverVersion),
            ]
        case .callEnded(let call):
            members = about("call_ended")
            members += [
                .init("exchange_id", call.exchangeID), .init("call_id", call.id), .init("method", call.method),
                .init("name", call.name), .init("rpc_id", .text(Array(call.rpcID.utf8))),
                .init("status", call.status.rawValue), .init("reason", call.reason?.rawValue),
            ]
        case .recordingBegan(let recording):
            members = about("recording_began") + [.init("name", recording.name), .init("target", recording.target)]
        case .recordingEnded(let recording):
            members = about("recording_ended")
            members += [
                .init("name", recording.name), .init("interrupted", .boolean(recording.interrupted)),
                .init("gaps", recording.gaps), .init("gap_bytes", recording.gapBytes),
            ]
        }
        return .object(members)
    }
}
