import NIOCore
import NIOPosix

@testable import Replaying

/// A TCP connection to a mock server that says any bytes, and keeps all it hears.
final class WireClient: Sendable {
    struct Missing: Error {
        let wanted: String
        let heard: String
    }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        let heard: Watched<Heard>

        init(_ heard: Watched<Heard>) { self.heard = heard }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let text = String(buffer: unwrapInboundIn(data))
            heard.with { $0.text += text }
        }

        func channelInactive(context: ChannelHandlerContext) { heard.with { $0.isEnded = true } }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }

    private struct Heard: Sendable {
        var text = ""
        var isEnded = false
    }

    private let channel: any Channel
    private let heard: Watched<Heard>

    init(_ port: Int) async throws {
        let heard = Watched(Heard())
        self.heard = heard
        channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Collector(heard))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
    }

    var text: String { heard.with { $0.text } }

    func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }

    /// A POST of a body, as JSON unless the fields say otherwise.
    func post(_ path: String, _ body: String, _ fields: [String] = [], version: String = "HTTP/1.1") async throws {
        let head =
            ["POST \(path) \(version)", "Host: localhost", "Content-Type: application/json"] + fields
            + ["Accept: application/json, text/event-stream", "Content-Length: \(body.utf8.count)"]
        try await send(head.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    /// Waits until that was heard, and gives all that was.
    @discardableResult
    func hears(_ wanted: String) async throws -> String {
        guard await heard.wait(atMost: .seconds(20), until: { $0.text.contains(wanted) }) else {
            throw Missing(wanted: wanted, heard: text)
        }
        return text
    }

    /// Waits until the other side has closed, and gives all that was heard.
    @discardableResult
    func ends() async throws -> String {
        guard await heard.wait(atMost: .seconds(20), until: { $0.isEnded }) else {
            throw Missing(wanted: "the end", heard: text)
        }
        return text
    }

    func close() async { try? await channel.close() }

    /// What is answered to one POST on a connection of its own, up to the end of it.
    static func post(_ port: Int, _ path: String, _ body: String, _ fields: [String] = []) async throws -> String {
        let client = try await WireClient(port)
        try await client.post(path, body, fields + ["Connection: close"])
        return try await client.ends()
    }
}
