import MCPTransports
import Synchronization

/// A request that a ``ScriptedServer`` waits for, and what it answers.
///
/// The reply may be given before the request comes or after: until there is one, the client waits. It is given once and
/// serves every request that the expectation takes. Faults come before the reply:
/// `server.expectRequest("tools/call").fault(.split(every: 1)).respond(result: …)`.
public final class ScriptedExpectation: Sendable {
    /// What is expected, in a few words.
    public let description: String
    /// How many requests it takes; nil when any number will do, none included.
    let times: Int?
    let patience: Duration
    let exchanges = AwaitedList<ScriptedExchange>()
    let streams = AwaitedList<ScriptedStream>()
    private let replies = AwaitedList<ScriptedReply>()
    private let faults = Mutex<[ScriptedFault]>([])
    private let isReleased = Mutex(false)
    private let matches: @Sendable (RecordedRequest) -> Bool

    init(
        _ description: String, times: Int?, patience: Duration,
        matches: @escaping @Sendable (RecordedRequest) -> Bool
    ) {
        self.description = description
        self.times = times
        self.patience = patience
        self.matches = matches
    }

    /// Whether this is a request it is about.
    func isMet(by request: RecordedRequest) -> Bool { matches(request) }

    /// Whether a request was taken that no reply was given for.
    var isUnanswered: Bool { !exchanges.elements.isEmpty && replies.elements.isEmpty }

    /// Answers a request that was taken: now, or when there is a reply.
    func answer(_ exchange: ScriptedExchange) async throws {
        exchanges.append(exchange)
        // Not under the deadline of a wait: a test may decide late. The wait ends with the server, which cancels it.
        guard let reply = await replies.element(at: 0, within: .seconds(3600)) else { return }
        exchange.begin(with: faults.withLock { $0 })
        if isReleased.withLock({ $0 }) { exchange.release() }
        try await reply.perform(on: exchange, for: self)
    }
}

extension ScriptedExpectation {
    /// Lets something go wrong with the response. Takes effect for a reply that is given later.
    @discardableResult
    public func fault(_ fault: ScriptedFault) -> ScriptedExpectation {
        faults.withLock { $0.append(fault) }
        return self
    }

    /// Answers with any reply. A second reply is ignored.
    @discardableResult
    public func respond(_ reply: ScriptedReply) -> ScriptedExpectation {
        replies.setFirst(reply)
        return self
    }

    /// Answers the JSON-RPC request with a result, as JSON.
    @discardableResult
    public func respond(result: JSONValue, headers: KeyValuePairs<String, String> = [:]) -> ScriptedExpectation {
        respond(.result(result, headers: headers))
    }

    /// Answers the JSON-RPC request with an error, as JSON.
    @discardableResult
    public func respond(error: MCPError, status: Int = 200) -> ScriptedExpectation {
        respond(.error(error, status: status))
    }

    /// Answers with a status and a body.
    @discardableResult
    public func respond(
        status: Int, body: String = "", headers: KeyValuePairs<String, String> = [:]
    ) -> ScriptedExpectation {
        respond(.status(status, body: body, headers: headers))
    }

    /// Answers with an event stream that says what `script` says and ends when `script` does. An error that `script`
    /// throws is a failure of the test, told by ``ScriptedServer/verify(within:)``.
    @discardableResult
    public func respondStream(
        headers: KeyValuePairs<String, String> = [:], framing: ScriptedStream.Framing = .chunked,
        lineEnd: ScriptedStream.LineEnd = .lf, _ script: @escaping @Sendable (ScriptedStream) async throws -> Void
    ) -> ScriptedExpectation {
        let plan = ScriptedReply.StreamPlan(framing: framing, lineEnd: lineEnd, script: script)
        return respond(.init(.stream(plan), headers, contentType: "text/event-stream"))
    }

    /// Answers with an event stream that stays open; ``stream(number:within:)`` gives it.
    ///
    /// - Parameter opening: What is said on it first.
    @discardableResult
    public func openStream(
        headers: KeyValuePairs<String, String> = [:], framing: ScriptedStream.Framing = .chunked,
        lineEnd: ScriptedStream.LineEnd = .lf, saying opening: @escaping @Sendable (ScriptedStream) -> Void = { _ in }
    ) -> ScriptedExpectation {
        let plan = ScriptedReply.StreamPlan(framing: framing, lineEnd: lineEnd, opening: opening)
        return respond(.init(.stream(plan), headers, contentType: "text/event-stream"))
    }

    /// Answers with 202, and on the event stream of another expectation with the result (MCP 2024-11-05 transports).
    ///
    /// - Parameter isAnswerFirst: Whether the result is sent before the 202: both orders are seen in the field.
    @discardableResult
    public func respond(
        on other: ScriptedExpectation, result: JSONValue, isAnswerFirst: Bool = false
    ) -> ScriptedExpectation {
        respond(
            .init(
                .elsewhere(other, isAnswerFirst: isAnswerFirst) { .response(id: $0.id ?? .integer(0), result: result) })
        )
    }

    /// Answers with 202, and on the event stream of another expectation with the error.
    @discardableResult
    public func respond(
        on other: ScriptedExpectation, error: MCPError, isAnswerFirst: Bool = false
    ) -> ScriptedExpectation {
        respond(.init(.elsewhere(other, isAnswerFirst: isAnswerFirst) { .error(id: $0.id, error) }))
    }

    /// Ends every ``ScriptedFault/stall(after:)`` of this expectation.
    public func release() {
        isReleased.withLock { $0 = true }
        for exchange in exchanges.elements { exchange.release() }
    }

    /// Waits until the request is there.
    ///
    /// - Parameter number: Which of those that the expectation takes, from 0.
    /// - Throws: ``ScriptedServerFailure`` when it does not come in time.
    @discardableResult
    public func received(number: Int = 0, within limit: Duration? = nil) async throws -> RecordedRequest {
        try await exchange(number, limit).request
    }

    /// Waits until the response has begun as an event stream, and gives the stream.
    ///
    /// - Throws: ``ScriptedServerFailure`` when the request does not come, or has no such reply, in time.
    public func stream(number: Int = 0, within limit: Duration? = nil) async throws -> ScriptedStream {
        guard let stream = await streams.element(at: number, within: limit ?? patience) else {
            throw ScriptedServerFailure("No event stream was opened for \(description) in time.")
        }
        return stream
    }

    /// Waits until the client has ended the connection before the response was complete.
    ///
    /// - Throws: ``ScriptedServerFailure`` when it does not.
    public func abandoned(number: Int = 0, within limit: Duration? = nil) async throws {
        let abandoned = try await exchange(number, limit).abandoned
        guard await abandoned.element(at: 0, within: limit ?? patience) != nil else {
            throw ScriptedServerFailure("The client did not end the connection of \(description).")
        }
    }

    private func exchange(_ number: Int, _ limit: Duration?) async throws -> ScriptedExchange {
        guard let exchange = await exchanges.element(at: number, within: limit ?? patience) else {
            throw ScriptedServerFailure("The client did not send \(description) in time.")
        }
        return exchange
    }
}
