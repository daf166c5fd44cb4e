import Glibc
import NIOCore
import NIOSSL
import WireFormats

/// Tells an observer what passes on one connection, and who ended what.
struct ConnectionSights {
    private let observer: any WireObserver
    private let connection: Int
    private var exchange: UInt32?
    private var isClosed = false
    /// This side has closed the connection.
    private var isLeft = false

    /// nil without an observer.
    init?(_ observer: (any WireObserver)?, connection: Int) {
        guard let observer else { return nil }
        self.observer = observer
        self.connection = connection
    }

    func opened(_ channel: any Channel, serverName: String?) {
        let security = try? channel.pipeline.syncOperations.handler(type: NIOSSLClientHandler.self)
        let tls = security.map { WireSight.TLS(version: Self.name(of: $0.tlsVersion), serverName: serverName) }
        tell(
            .connectionOpened(
                local: Self.text(channel.localAddress), remote: Self.text(channel.remoteAddress), tls: tls))
    }

    mutating func sent(_ number: UInt32, head: ByteBuffer, body: ByteBuffer?) {
        exchange = number
        tell(.requestHead, head)
        if let body, body.readableBytes > 0 { tell(.requestBody, body) }
        tell(.requestEnd)
    }

    func head(_ head: HTTP1Head, _ bytes: RawSpan) {
        tell(head.isInformational ? .informational : .responseHead, bytes.withUnsafeBytes { ByteBuffer(bytes: $0) })
    }

    func chunk(_ size: UInt64) { tell(.responseChunk(size: size)) }

    func body(_ bytes: ByteBuffer) { tell(.responseBody, bytes) }

    mutating func completed(trailers: [UInt8]) {
        tell(.responseEnd, trailers.isEmpty ? nil : ByteBuffer(bytes: trailers))
        end(by: .server, .complete)
    }

    /// What came from `position` on is nothing that was asked for.
    mutating func malformed(_ sentence: String, _ buffer: ByteBuffer, from position: Int) {
        tell(
            .malformed(sentence: sentence), ByteBuffer(bytes: buffer.readableBytesView.dropFirst(position).prefix(4096))
        )
        end(by: .client, .invalid)
    }

    /// This side closes the connection, unless the other one was first.
    mutating func left() {
        isLeft = true
        end(by: .client, .fin)
    }

    /// The connection is gone.
    mutating func closed(_ failure: (any Error)?) {
        guard !isClosed else { return }
        isClosed = true
        let isReset = [ECONNRESET, EPIPE].contains((failure as? IOError)?.errnoCode)
        let end: (WireSight.Side, WireSight.Reason) = isLeft ? (.client, .fin) : (.server, isReset ? .rst : .fin)
        self.end(by: end.0, end.1)
        tell(.connectionClosed(by: end.0, end.1))
    }

    private mutating func end(by side: WireSight.Side, _ reason: WireSight.Reason) {
        guard exchange != nil else { return }
        tell(.exchangeEnded(by: side, reason))
        exchange = nil
    }

    private func tell(_ part: WireSight.Part, _ bytes: ByteBuffer? = nil) {
        observer.saw(WireSight(connection: connection, exchange: exchange, part: part, bytes: bytes))
    }

    private static func text(_ address: SocketAddress?) -> String {
        guard let ip = address?.ipAddress, let port = address?.port else { return "" }
        return ip.utf8.contains(UInt8(ascii: ":")) ? "[\(ip)]:\(port)" : "\(ip):\(port)"
    }

    private static func name(of version: TLSVersion?) -> String? {
        switch version {
        case .tlsv13: "TLSv1.3"
        case .tlsv12: "TLSv1.2"
        case .tlsv11: "TLSv1.1"
        case .tlsv1: "TLSv1"
        default: nil
        }
    }
}
