import NIOCore
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// One response of a ``ScriptedServer`` on its way out, from any thread, in order, with the faults it was given.
final class ScriptedExchange: Sendable {
    /// Told to the connection when a response is complete.
    struct Completed {
        let keepsAlive: Bool
    }

    let request: RecordedRequest
    /// Gets its element when the connection has gone, or the response is complete.
    let over = AwaitedList<Void>()
    /// Gets its element when the client ended the connection before the response was complete.
    let abandoned = AwaitedList<Void>()
    private let channel: any Channel
    private let keepsAlive: Bool
    private let wire = Mutex(FaultyWire())

    init(request: RecordedRequest, channel: any Channel, keepsAlive: Bool) {
        self.request = request
        self.channel = channel
        self.keepsAlive = keepsAlive
    }

    /// Sets what goes wrong. Before anything is written.
    func begin(with faults: [ScriptedFault]) {
        wire.withLock { wire in
            wire = FaultyWire(faults)
            carryOut(wire.begin())
        }
    }

    /// Writes a head. Without `Content-Length` and `Transfer-Encoding` among the headers, nothing is added.
    func write(status: Int, headers: [(name: String, value: String)]) {
        wire.withLock { wire in
            let status = wire.wrongStatus ?? status
            var head = "HTTP/1.1 \(status) \(Self.reasons[status] ?? "Status")\r\n"
            for header in headers { head += "\(header.name): \(header.value)\r\n" }
            carryOut(wire.write(Array((head + "\r\n").utf8)))
        }
    }

    func write(_ bytes: [UInt8]) {
        wire.withLock { carryOut($0.write(bytes)) }
    }

    /// Writes an event, as often as the faults want it.
    func write(event bytes: [UInt8]) {
        wire.withLock { wire in
            for _ in 0..<wire.copiesOfNextEvent() { carryOut(wire.write(bytes)) }
        }
    }

    func complete() {
        wire.withLock { carryOut($0.complete()) }
    }

    func release() {
        wire.withLock { carryOut($0.release()) }
    }

    /// Ends the connection, with a FIN or a reset.
    func end(reset: Bool) {
        wire.withLock { wire in
            wire.abandon()
            carryOut([reset ? .reset : .end])
        }
    }

    /// From the event loop: the connection has gone.
    func connectionClosed() {
        abandoned.setFirst(())
        over.setFirst(())
    }

    /// Under the lock, so that steps leave in their order.
    private func carryOut(_ steps: [FaultyWire.Step]) {
        for step in steps {
            switch step {
            case .bytes(let bytes):
                channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
            case .complete:
                over.setFirst(())
                channel.pipeline.fireUserInboundEventTriggered(Completed(keepsAlive: keepsAlive))
            case .end:
                channel.close(mode: .output, promise: nil)
            case .reset:
                channel.reset()
            }
        }
    }

    private static let reasons = [
        200: "OK", 202: "Accepted", 204: "No Content", 301: "Moved Permanently", 302: "Found",
        307: "Temporary Redirect", 308: "Permanent Redirect", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden",
        404: "Not Found", 405: "Method Not Allowed", 406: "Not Acceptable", 409: "Conflict", 413: "Content Too Large",
        415: "Unsupported Media Type", 421: "Misdirected Request", 429: "Too Many Requests",
        500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable",
    ]
}

extension Channel {
    /// Ends the connection with a reset: no lingering, what was not sent is dropped.
    func reset() {
        guard let options = self as? any SocketOptionProvider else { return close(promise: nil) }
        options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in self.close(promise: nil) }
    }
}
