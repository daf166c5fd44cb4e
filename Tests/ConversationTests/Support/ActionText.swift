import Conversation
import WireFormats

/// Actions as lines of text.
enum ActionText {
    static func line(_ action: ConversationAction, _ copy: (ByteSlice) -> String) -> String {
        switch action {
        case .begin(let number, _, _, _, _, _, _): "#\(number)"
        case .abort(let exchange): "abort #\(exchange)"
        case .opened(let dialect, let revision, let result): "opened \(dialect) \(revision.text) \(copy(result))"
        case .message(let meaning, let slice, let call, _, let isElsewhere):
            "\(meaning)\(call == 0 ? "" : " \(call)")\(isElsewhere ? " elsewhere" : "") \(short(copy(slice)))"
        case .failed(let call, let id, let failure, let body):
            "failed \(call) id \(copy(id)) \(failure)" + (body.isEmpty ? "" : " \(copy(body))")
        case .accepted(let exchange): "accepted #\(exchange)"
        case .notAccepted(let exchange, let failure): "notAccepted #\(exchange) \(failure)"
        case .streamOpened(let exchange, let isListening): "stream #\(exchange)\(isListening ? " listening" : "")"
        case .streamEnded(let exchange, let isListening, let isExpected):
            "streamEnded #\(exchange)\(isListening ? " listening" : "")\(isExpected ? "" : " early")"
        case .heartbeat(let exchange, let kind, let gap): "heartbeat #\(exchange) \(kind) \(seconds(gap))"
        case .stalled(let exchange, let silence): "stalled #\(exchange) \(seconds(silence))"
        case .reconnecting(let delay): "reconnecting \(seconds(delay))"
        case .sessionLost: "sessionLost"
        case .closed(let failure): "closed" + (failure.map { " \($0)" } ?? "")
        }
    }

    static func seconds(_ nanoseconds: Int64) -> String {
        let seconds = Double(nanoseconds) / 1_000_000_000
        return seconds == seconds.rounded() ? "\(Int(seconds))s" : "\(seconds)s"
    }

    /// A message without what all messages have.
    static func short(_ message: String) -> String {
        let common = #"{"jsonrpc":"2.0","#
        return message.hasPrefix(common) ? "{" + message.dropFirst(common.count) : message
    }

    /// What a body is about: its method and id, or what it answers.
    static func about(_ body: String) -> String {
        let bytes = [UInt8](body.utf8)
        let envelope = JSONRPCEnvelope(bytes.span.bytes)
        let id = envelope.id.map { " " + String(decoding: bytes[$0], as: UTF8.self) } ?? ""
        guard let method = envelope.methodValue(in: bytes.span.bytes) else { return "\(envelope.kind)\(id)" }
        return method + id
    }

    /// The lines of a head's fields, by their names in lower case.
    static func fields(_ text: String) -> [String: String] {
        var fields: [String: String] = [:]
        for line in text.split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            fields[line[..<colon].lowercased()] = line[colon...].dropFirst().drop { $0 == " " }.description
        }
        return fields
    }
}
