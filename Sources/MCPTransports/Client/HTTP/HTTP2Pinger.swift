import NIOCore
import NIOHTTP2

/// Asks an HTTP/2 connection for a sign of life again and again (RFC 9113 §6.7).
final class HTTP2Pinger {
    private let channel: any Channel
    private let interval: TimeAmount
    private let timeout: TimeAmount
    private var count: UInt64 = 0
    private var timer: Scheduled<Void>?
    private var whenUnanswered: (() -> Void)?

    init(channel: any Channel, interval: Duration, timeout: Duration) {
        self.channel = channel
        self.interval = TimeAmount(interval)
        self.timeout = TimeAmount(timeout)
    }

    /// Begins; `whenUnanswered` is called at most once.
    func start(whenUnanswered: @escaping () -> Void) {
        self.whenUnanswered = whenUnanswered
        wait()
    }

    func stop() {
        timer?.cancel()
        timer = nil
        whenUnanswered = nil
    }

    /// The answer to a PING. One to an earlier PING, or to none, says nothing of the connection now.
    func answered(_ data: HTTP2PingData) {
        guard data.integer == count, whenUnanswered != nil else { return }
        timer?.cancel()
        wait()
    }

    private func wait() {
        timer = channel.eventLoop.assumeIsolated().scheduleTask(in: interval) { [weak self] in self?.ask() }
    }

    private func ask() {
        count += 1
        let frame = HTTP2Frame(
            streamID: .rootStream, payload: .ping(HTTP2PingData(withInteger: count), ack: false))
        channel.writeAndFlush(frame, promise: nil)
        timer = channel.eventLoop.assumeIsolated().scheduleTask(in: timeout) { [weak self] in
            let whenUnanswered = self?.whenUnanswered
            self?.stop()
            whenUnanswered?()
        }
    }
}
