import NIOCore
import NIOEmbedded
import NIOSSL
import NIOTLS

/// TLS without a socket: bytes to encrypt and to decrypt, and what is to be sent for it.
///
/// An embedded channel belongs to the thread that made it, so each session has one.
final class TLSSession {
    enum Role {
        case client(NIOSSLContext, name: String?)
        case server(NIOSSLContext)
    }

    private let thread = OwnThread()
    private let held = Held()
    private let watch: Watch

    init(_ role: Role) throws {
        let watch = Watch()
        self.watch = watch
        let held = held
        try thread.run {
            let handler: NIOSSLHandler =
                switch role {
                case .client(let context, let name): try NIOSSLClientHandler(context: context, serverHostname: name)
                case .server(let context): NIOSSLServerHandler(context: context)
                }
            let channel = EmbeddedChannel()
            channel.allowRemoteHalfClosure = true
            try channel.pipeline.syncOperations.addHandlers(HalfClosing(), handler, watch)
            channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
            held.channel = channel
        }
    }

    deinit {
        let held = held
        try? thread.run {
            // TLS waits for the peer's farewell, in the channel's own time.
            held.channel?.close(promise: nil)
            held.channel?.embeddedEventLoop.advanceTime(by: .seconds(60))
            held.channel = nil
        }
    }

    var isReady: Bool { watch.isReady }
    /// The peer said that nothing more comes.
    var hasFarewell: Bool { watch.isInputClosed }

    /// What is to be sent now.
    func outbound() throws -> [UInt8] {
        try onThread { channel in
            var bytes: [UInt8] = []
            while let buffer = try channel.readOutbound(as: ByteBuffer.self) { bytes += buffer.readableBytesView }
            return bytes
        }
    }

    func encrypt(_ bytes: some Collection<UInt8>) throws -> [UInt8] {
        let buffer = ByteBuffer(bytes: bytes)
        try onThread { channel in _ = try channel.writeOutbound(buffer) }
        return try outbound()
    }

    /// The content of what was received, as far as it is complete.
    func decrypt(_ bytes: [UInt8]) throws -> [UInt8] {
        try onThread { channel in
            _ = try channel.writeInbound(ByteBuffer(bytes: bytes))
            var content: [UInt8] = []
            while let buffer = try channel.readInbound(as: ByteBuffer.self) { content += buffer.readableBytesView }
            return content
        }
    }

    /// Says that nothing more comes.
    func farewell() throws -> [UInt8] {
        try onThread { $0.close(mode: .output, promise: nil) }
        return try outbound()
    }

    private func onThread<Value>(_ body: @escaping (EmbeddedChannel) throws -> Value) throws -> Value {
        let held = held
        return try thread.run {
            guard let channel = held.channel else { throw RawSocket.Failure(description: "the session is over") }
            return try body(channel)
        }
    }

    /// The channel, which only its thread touches.
    private final class Held {
        var channel: EmbeddedChannel?
    }

    /// Embedded channels cannot be half-closed.
    private final class HalfClosing: ChannelOutboundHandler {
        typealias OutboundIn = ByteBuffer

        func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
            if mode == .output { promise?.succeed() } else { context.close(mode: mode, promise: promise) }
        }
    }

    private final class Watch: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        var isReady = false
        var isInputClosed = false

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if case .handshakeCompleted? = event as? TLSUserEvent { isReady = true }
            if event as? ChannelEvent == .inputClosed { isInputClosed = true }
        }
    }
}
