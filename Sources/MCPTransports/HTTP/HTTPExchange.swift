import NIOCore
import Synchronization

/// One request's response on its way out, usable from any thread.
///
/// Parts leave in the order in which they were given. They go to the event loop in batches, so that what is said in a row
/// shares one write; parts given while the socket is full wait here, up to a limit, beyond which the reader is too slow
/// and its connection is closed.
package final class HTTPExchange: Sendable {
    private struct State {
        var parts: [ResponsePart] = []
        var size = 0
        var isScheduled = false
        var isWritable = true
        var isClosed = false
        /// Whether the reader was too slow; the connection is about to close.
        var isOverfull = false
        var onClose: (@Sendable () -> Void)?
        var onWaiting: (@Sendable () -> Void)?
    }

    private let channel: any Channel
    private let slowReaders: SlowReaders
    private let state = Mutex(State())

    init(channel: any Channel, slowReaders: SlowReaders) {
        self.channel = channel
        self.slowReaders = slowReaders
    }

    /// Gives the whole response.
    package func respond(_ response: HTTPResponse) { enqueue(.whole(response)) }
    /// Begins an event stream, which may carry requests to the client or not.
    func openStream(fields: [HTTPRequest.Field] = [], carriesRequests: Bool) {
        enqueue(.streamHead(fields, carriesRequests: carriesRequests))
    }
    /// Begins a stream with exactly these status and fields, beside the framing; the body is not looked at.
    package func openStream(head: HTTPResponse) { enqueue(.plainHead(head)) }
    /// Gives the head of a response and the beginning of its body, behind which only ``abort()`` can follow.
    package func begin(_ response: HTTPResponse, bytes: Int) { enqueue(.beginning(response, bytes: bytes)) }
    /// Sends bytes on the event stream.
    package func send(_ bytes: [UInt8]) { enqueue(.streamBytes(bytes)) }
    /// Ends the event stream.
    package func finishStream() { enqueue(.streamEnd) }

    /// Calls `body` once when the connection goes before the response is complete; at once if it has gone already.
    package func onClose(_ body: @escaping @Sendable () -> Void) {
        let isClosed = state.withLock { state in
            if !state.isClosed { state.onClose = body }
            return state.isClosed
        }
        if isClosed { body() }
    }

    /// Closes the connection behind what was given, without the end of the response.
    package func abort() {
        channel.eventLoop.execute {
            self.drain()
            self.channel.close(promise: nil)
        }
    }

    /// Calls `body` when no part was given for as long as a heartbeat takes.
    func onWaiting(_ body: @escaping @Sendable () -> Void) {
        state.withLock { $0.onWaiting = body }
    }

    /// From the event loop: the connection has gone.
    func connectionClosed() {
        let onClose = state.withLock { state in
            defer {
                state = State()
                state.isClosed = true
            }
            return state.onClose
        }
        onClose?()
    }

    /// From the event loop: the response is complete.
    func completed() {
        state.withLock { state in
            state.onClose = nil
            state.onWaiting = nil
        }
    }

    /// From the event loop: the client waits for the first byte as long as a heartbeat takes.
    func waited() {
        state.withLock { $0.onWaiting }?()
    }

    /// From the event loop: the socket takes more, or does not.
    func setWritable(_ isWritable: Bool) {
        state.withLock { state in
            state.isWritable = isWritable
            schedule(&state)
        }
    }

    private func enqueue(_ part: ResponsePart) {
        let isTooSlow = state.withLock { state in
            guard !state.isClosed, !state.isOverfull else { return false }
            if !state.parts.isEmpty, state.size + part.size > slowReaders.limit {
                state.isOverfull = true
                return true
            }
            state.parts.append(part)
            state.size += part.size
            schedule(&state)
            return false
        }
        guard isTooSlow else { return }
        slowReaders.cut(channel)
        channel.eventLoop.execute { self.channel.close(promise: nil) }
    }

    private func schedule(_ state: inout State) {
        guard !state.isScheduled, state.isWritable, !state.parts.isEmpty else { return }
        state.isScheduled = true
        channel.eventLoop.execute { self.drain() }
    }

    private func drain() {
        let parts = state.withLock { state in
            defer {
                state.parts = []
                state.size = 0
                state.isScheduled = false
            }
            return state.parts
        }
        if !parts.isEmpty { channel.writeAndFlush(ResponseBatch(parts: parts), promise: nil) }
    }
}

/// Parts of a response that are written together.
struct ResponseBatch: Sendable {
    let parts: [ResponsePart]
}

/// Answers requests.
package protocol HTTPResponder: Sendable {
    /// The response to a request that need not be read further, nil when its body is wanted.
    func refusal(of request: HTTPRequest) -> HTTPResponse?
    /// Takes a whole request. The response goes to `exchange`, now or later.
    func respond(to request: HTTPRequest, body: [UInt8], on exchange: HTTPExchange)
}
