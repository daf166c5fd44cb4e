import Conversation
import MCPTransports
import NIOCore

/// Does what the machine says. Nothing here feeds the machine.
extension PlanDriver {
    func perform(_ action: ConversationAction, _ output: borrowing ConversationOutput) {
        switch action {
        case .begin(let number, let method, let target, let fields, let body, let call, let isLongLived):
            let target = String(decoding: output.copy(of: target), as: UTF8.self)
            targets[number] = target
            // Of a request of the plan the call is not known yet where it was just sent: it is looked up when it matters.
            if call != 0 { streams.carries(number, call: call) }
            if call == 0, method == .post { posts.insert(number) }
            if isLongLived, calls[call] == nil { streams.listens(number) }
            let request = OutgoingRequest(
                method: Self.name(of: method), target: target,
                fields: requestFields(output.copy(of: fields), target: target),
                body: method == .post ? ByteBuffer(bytes: output.copy(of: body)) : nil, isLongLived: isLongLived,
                isTimed: false)
            maker?.begin(request, as: number)
        case .abort(let number):
            targets[number] = nil
            posts.remove(number)
            maker?.abort(number)
            streams.forget(number)
        case .message(let meaning, let slice, let call, _, _):
            events.append(.message(meaning, output.copy(of: slice), call: call))
        case .failed(let call, _, let failure, let body):
            events.append(.failed(call: call, failure, cause: cause?.message, body: output.copy(of: body)))
        case .accepted(let number): events.append(.accepted(number))
        case .notAccepted(let number, let failure): events.append(.notAccepted(number, failure, cause: cause?.message))
        case .sessionLost: events.append(.sessionLost)
        case .closed(let failure): events.append(.closed(failure, cause: cause?.message))
        case .opened: events.append(.opened)
        case .streamOpened, .streamEnded, .heartbeat, .stalled, .reconnecting: break
        }
    }

    private static func name(of method: ConversationAction.Method) -> String {
        switch method {
        case .get: "GET"
        case .post: "POST"
        case .delete: "DELETE"
        }
    }

    /// The fields that were given, those of the machine in their place, and the live cookies.
    private func requestFields(_ lines: [UInt8], target: String) -> [HTTPRequest.Field] {
        var all = settings.fields
        for line in lines.split(separator: UInt8(ascii: "\n")) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let name = String(decoding: line[..<colon], as: UTF8.self)
            let value = line[(colon + 1)...].drop { $0 == 0x20 }.prefix { $0 != 0x0D }
            all.removeAll { $0.name.lowercased() == name.lowercased() }
            all.append(.init(name: name, value: String(decoding: value, as: UTF8.self)))
        }
        if let live = cookies.field(for: target) {
            let given = all.filter { $0.name.lowercased() == "cookie" }.map(\.value)
            all.removeAll { $0.name.lowercased() == "cookie" }
            all.append(.init(name: "Cookie", value: (given + [live]).joined(separator: "; ")))
        }
        return all
    }
}
