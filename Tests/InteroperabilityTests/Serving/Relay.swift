import NIOCore
import NIOPosix
import Synchronization

/// Forwards TCP connections to a port of 127.0.0.1 and cuts each at a text of the server, once for each text.
///
/// Both sides are cut at once, and nothing of either is held back before.
final class Relay: Sendable {
    /// Where to cut.
    struct Cut: Sendable {
        var text: String
        /// Whether the client still gets the event that holds the text, or everything from the text on is lost.
        var isDelivered: Bool
    }

    private let pending: Mutex<[Cut]>
    private let requests = Mutex<[String]>([])
    private let target: Int

    private init(_ cuts: [Cut], target: Int) {
        pending = Mutex(cuts)
        self.target = target
    }

    /// Cuts that have not happened, by their text.
    var remaining: [String] { pending.withLock { $0.map(\.text) } }

    /// The methods of the requests that passed, in order.
    var methods: [String] { requests.withLock { $0 } }

    /// Asks for another cut.
    func cut(at text: String, isDelivered: Bool) {
        pending.withLock { $0.append(Cut(text: text, isDelivered: isDelivered)) }
    }

    /// Relays to `target` from a free port while `body` uses it.
    static func run<Result>(
        to target: Int, cutting cuts: [Cut], _ body: (_ port: Int, _ relay: Relay) async throws -> Result
    ) async throws -> Result {
        let relay = Relay(cuts, target: target)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            let listener = try await relay.bootstrap(group).bind(host: "127.0.0.1", port: 0).get()
            let result = try await body(listener.localAddress?.port ?? 0, relay)
            try await listener.close()
            try await group.shutdownGracefully()
            return result
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
    }

    private func bootstrap(_ group: MultiThreadedEventLoopGroup) -> ServerBootstrap {
        ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { [self] client in
                client.eventLoop.flatSubmit {
                    ClientBootstrap(group: client.eventLoop)
                        .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                        .connect(host: "127.0.0.1", port: self.target)
                        .flatMapThrowing { server in
                            try client.pipeline.syncOperations.addHandler(Passing(to: server, cut: self.note))
                            try server.pipeline.syncOperations.addHandler(Passing(to: client, cut: self.takeCut))
                        }
                }
            }
    }

    /// Notes the request that `bytes` begin, if they do; a client of ours begins each with a segment of its own.
    private func note(_ bytes: [UInt8]) -> Int? {
        let method = String(decoding: bytes.prefix(8), as: UTF8.self).prefix { $0.isLetter }
        if ["GET", "POST", "DELETE"].contains(method) { requests.withLock { $0.append(String(method)) } }
        return nil
    }

    /// How many of the server's `bytes` still pass, if they ask for a cut, which is thereby done.
    private func takeCut(_ bytes: [UInt8]) -> Int? {
        pending.withLock { cuts in
            for (index, cut) in cuts.enumerated() {
                guard let text = bytes.firstRange(of: Array(cut.text.utf8)) else { continue }
                cuts.remove(at: index)
                guard cut.isDelivered else { return text.lowerBound }
                let rest = bytes[text.upperBound...]
                let ends = ["\r\n\r\n", "\n\n"].compactMap { rest.firstRange(of: Array($0.utf8))?.upperBound }
                return ends.min() ?? bytes.count
            }
            return nil
        }
    }
}

/// Hands what it reads to the other side, up to a cut.
private final class Passing: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let other: any Channel
    private let cut: ([UInt8]) -> Int?

    init(to other: any Channel, cut: @escaping ([UInt8]) -> Int?) {
        self.other = other
        self.cut = cut
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        guard let length = cut(Array(buffer: bytes)) else {
            other.writeAndFlush(bytes, promise: nil)
            return
        }
        other.writeAndFlush(bytes.getSlice(at: bytes.readerIndex, length: length) ?? bytes, promise: nil)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        other.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
