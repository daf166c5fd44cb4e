import Conversation
import NIOCore

/// Does what a machine says.
extension ConversationDriver {
    func perform(_ action: ConversationAction, _ output: borrowing ConversationOutput) {
        switch action {
        case .begin(let number, let method, let target, let fields, let body, let call, let isLongLived):
            let request = OutgoingRequest(
                method: Self.name(of: method), target: String(decoding: output.copy(of: target), as: UTF8.self),
                fields: requestFields(output.copy(of: fields)) + parameterFields(body, call, output),
                body: method == .post ? ByteBuffer(bytes: output.copy(of: body)) : nil, isLongLived: isLongLived,
                isTimed: call == 0)
            maker?.begin(request, as: number)
        case .abort(let number): maker?.abort(number)
        case .message(let meaning, let slice, let call, _, _): receive(meaning, output.copy(of: slice), call)
        case .failed(let call, let id, let failure, let body):
            failed(call, id: output.copy(of: id), failure, body: output.copy(of: body))
        case .accepted(let number): acceptances.removeValue(forKey: number)?.resume()
        case .notAccepted(let number, let failure):
            let error = MCPTransportError(failure, cause: cause, refusals: refusals)
            if let waiter = acceptances.removeValue(forKey: number) { waiter.resume(throwing: error) }
        case .streamOpened: connected()
        case .opened:
            refusals.forget()
            connected()
        case .streamEnded: break
        case .heartbeat(_, _, let gap):
            figures.heartbeats += 1
            figures.longestSilence = max(figures.longestSilence, .nanoseconds(gap))
        case .stalled(_, let silence):
            figures.stalls += 1
            figures.longestSilence = max(figures.longestSilence, .nanoseconds(silence))
            let sentence = "no sign of life for \(silence / 1_000_000_000) s; the stream is opened anew"
            inbox.report(MCPTransportError(.stalled, sentence))
        case .reconnecting: figures.reconnections += 1
        case .sessionLost:
            figures.lostSessions += 1
            inbox.report(MCPTransportError(.sessionExpired, "the session is gone; another one is opened"))
        case .closed(let failure): finish(failure.map { MCPTransportError($0, cause: cause, refusals: refusals) })
        }
    }

    private static func name(of method: ConversationAction.Method) -> String {
        switch method {
        case .get: "GET"
        case .post: "POST"
        case .delete: "DELETE"
        }
    }

    /// The machine's lines as fields, behind those that the owner gave.
    private func requestFields(_ lines: [UInt8]) -> [HTTPRequest.Field] {
        var all = fields.current
        for line in lines.split(separator: UInt8(ascii: "\n")) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let name = String(decoding: line[..<colon], as: UTF8.self)
            let value = line[(colon + 1)...].drop { $0 == 0x20 }.prefix { $0 != 0x0D }
            all.removeAll { $0.name.lowercased() == name.lowercased() }
            all.append(.init(name: name, value: String(decoding: value, as: UTF8.self)))
        }
        return all
    }

    private func parameterFields(
        _ body: ByteSlice, _ call: UInt32, _ output: borrowing ConversationOutput
    ) -> [HTTPRequest.Field] {
        guard call != 0, speaksStateless, !toolFields.isEmpty else { return [] }
        return toolFields.fields(for: output.copy(of: body))
    }

    private func receive(_ meaning: ConversationAction.Meaning, _ message: [UInt8], _ call: UInt32) {
        switch meaning {
        case .answer: deliver(speaksStateless ? toolFields.learned(from: message, call: call) : message)
        case .request, .notification: deliver(message)
        case .strayAnswer:
            inbox.report(
                MCPTransportError(.strayAnswer, "an answer to nothing that waits: \(Self.beginning(of: message))"))
        case .invalid:
            inbox.report(
                MCPTransportError(.invalidMessage, "not a JSON-RPC message: \(Self.beginning(of: message))"))
        }
    }

    private static func beginning(of message: [UInt8]) -> String {
        String(decoding: message.prefix(200), as: UTF8.self)
    }

    private func deliver(_ message: [UInt8]) {
        guard !isOver, !inbox.deliver(message) else { return }
        finish(MCPTransportError(.readerTooSlow, "more messages arrived than are taken"))
    }

    /// Answers a request in the server's place.
    private func failed(_ call: UInt32, id: [UInt8], _ failure: ConversationFailure, body: [UInt8]) {
        toolFields.forget(call)
        guard failure != .cancelled, let id = (try? JSONValue(parsing: id)).flatMap(RequestID.init) else { return }
        var answer = MCPTransportError(failure, cause: cause, refusals: refusals).asAnswer
        if let said = (try? JSONValue(parsing: body))?["error"], said["message"]?.stringValue != nil {
            // What the server says of a refusal says more than its status.
            let own = answer
            answer = MCPError(said)
            answer.data = answer.data ?? own.data
        }
        deliver(JSONRPCMessage.error(id: id, answer).json.serialized())
    }

    /// The conversation is over.
    func finish(_ error: MCPTransportError?) {
        guard !isOver else { return }
        isOver = true
        let reason = error ?? MCPTransportError(.closed, "the transport was closed")
        connecting?.resume(throwing: reason)
        connecting = nil
        for waiter in acceptances.values { waiter.resume(throwing: reason) }
        acceptances = [:]
        inbox.finish(error)
        let closing = self.closing
        self.closing = []
        guard let maker else { return closing.forEach { $0.resume() } }
        self.maker = nil
        maker.close().assumeIsolated().whenComplete { _ in for waiter in closing { waiter.resume() } }
    }
}
