/// A session of a server with a client in the same process: messages in, messages out, no HTTP in between.
///
/// It is the session of HTTP+SSE without its bytes: one stream carries all that the server says, and what the client says
/// is taken at once.
package final class InProcessSession: Sendable {
    /// The server's stream, or the response to one message of the client.
    private final class Exchange: SessionExchange {
        let onMessage: @Sendable ([UInt8]) -> Void
        let onEnd: @Sendable () -> Void

        init(onMessage: @escaping @Sendable ([UInt8]) -> Void, onEnd: @escaping @Sendable () -> Void) {
            self.onMessage = onMessage
            self.onEnd = onEnd
        }

        /// A message that was taken needs no answer; one that was refused gets the error that would have explained it.
        func respond(_ response: HTTPResponse) {
            if response.status >= 400 { onMessage(response.body) }
        }

        func send(_ event: OutboundEvent) {
            if event.type == "message", let data = event.data { onMessage(data) }
        }

        func openStream(fields: [HTTPRequest.Field], carriesRequests: Bool) {}
        func finishStream() { onEnd() }
        func onClose(_ body: @escaping @Sendable () -> Void) {}
        func onWaiting(_ body: @escaping @Sendable () -> Void) {}
    }

    private let session: Session
    private let onMessage: @Sendable ([UInt8]) -> Void

    /// A session that waits for `initialize`.
    ///
    /// - Parameters:
    ///   - onMessage: Called with each message of the server, in order; must neither block nor call back.
    ///   - onEnd: Called once when the session has ended; likewise.
    package init(
        server: MCPServer, onMessage: @escaping @Sendable ([UInt8]) -> Void, onEnd: @escaping @Sendable () -> Void
    ) {
        self.onMessage = onMessage
        let configuration = SSEServerTransport.Configuration()
        let switchboard = Switchboard(
            server: server, messageHandler: nil, configuration: configuration, logger: SSEServerTransport.silentLogger,
            authenticate: nil)
        let rules = SessionRules(
            dialect: .httpSSE, answerForm: configuration.answerForm, retention: nil,
            maximumCalls: configuration.limits.callsPerSession, server: server.description)
        let id = RandomID.make()
        session = Session(
            id: id, switchboard: switchboard, rules: rules, requestTimeout: configuration.timeouts.clientAnswer,
            onGone: { switchboard.sessions.remove(id) })
        // The table is new and has room.
        _ = switchboard.sessions.insert(session)
        session.take(Exchange(onMessage: onMessage, onEnd: onEnd)) { $0.openSession(on: $1, endpoint: "") }
    }

    /// Takes what the client says. What it says wrong is answered with an error.
    package func take(_ message: [UInt8]) {
        let exchange = Exchange(onMessage: onMessage, onEnd: {})
        do {
            let posted = try PostedMessages(body: message)
            session.take(exchange) { $0.receive(posted, on: $1) }
        } catch {
            exchange.respond(.error(400, error))
        }
    }

    /// Ends the session and waits for its handlers, which are cancelled.
    package func end() async {
        for handler in session.terminate() { await handler.value }
    }
}
