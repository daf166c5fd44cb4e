import CEpoll
import Conversation
import Glibc
import WireFormats

/// A server on loopback that speaks every dialect just well enough: `/rpc` the ones with a handshake and without, `/sse`
/// the oldest, `/b/` the broadcast one. It answers a request with JSON, or with events where the tool is `stream`.
final class SmallServer {
    private final class Peer {
        let descriptor: Int32
        var parser = HTTP1Parser(role: .request, policy: .strict)
        var method = ""
        var target = ""
        var body: [UInt8] = []

        init(_ descriptor: Int32) { self.descriptor = descriptor }
    }

    private let port: UInt16
    private let listener: Int32
    private let epoll = epoll_create1(0)
    private var peers: [Int32: Peer] = [:]
    /// The streams of the oldest dialect, by what their endpoint says.
    private var streams: [String: Int32] = [:]
    private var sessions = 0

    /// Starts one on a thread of its own, and gives its port.
    static func start() -> UInt16 {
        let server = SmallServer()
        let port = server.port
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<SmallServer>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, Unmanaged.passRetained(server).toOpaque())
        precondition(result == 0, "no thread")
        return port
    }

    private init() {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                precondition(bind(descriptor, $0, length) == 0 && Glibc.listen(descriptor, 1024) == 0)
                getsockname(descriptor, $0, &length)
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        watch(listener)
    }

    private func watch(_ descriptor: Int32) {
        var event = epoll_event()
        event.events = UInt32(EPOLLIN.rawValue)
        event.data.fd = descriptor
        epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event)
    }

    /// Serves until the process ends.
    private func run() {
        var events = [epoll_event](repeating: epoll_event(), count: 256)
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = epoll_wait(epoll, &events, Int32(events.count), -1)
            for event in events[..<Int(max(0, count))] {
                guard event.data.fd != listener else {
                    accept()
                    continue
                }
                guard let peer = peers[event.data.fd] else { continue }
                let length = recv(peer.descriptor, &buffer, buffer.count, 0)
                if length > 0 { read(peer, Array(buffer[..<length])) } else { close(peer) }
            }
        }
    }

    private func accept() {
        while case let descriptor = Glibc.accept(listener, nil, nil), descriptor >= 0 {
            var one: Int32 = 1
            setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
            peers[descriptor] = Peer(descriptor)
            watch(descriptor)
        }
    }

    private func close(_ peer: Peer) {
        peers[peer.descriptor] = nil
        streams = streams.filter { $0.value != peer.descriptor }
        Glibc.close(peer.descriptor)
    }

    private func read(_ peer: Peer, _ bytes: [UInt8]) {
        var position = 0
        while let part = try? peer.parser.next(bytes.span.bytes, &position) {
            switch part {
            case .head:
                let head = peer.parser.head
                peer.parser.withHeadBytes(in: bytes.span.bytes) { text in
                    text.withUnsafeBytes { text in
                        peer.method = String(decoding: text[head.methodRange], as: UTF8.self)
                        peer.target = String(decoding: text[head.targetRange], as: UTF8.self)
                    }
                }
                peer.body = []
            case .body(let range): peer.body += bytes[range]
            case .end: answer(peer)
            case .chunk, .skipped: break
            }
        }
    }

    private func write(_ descriptor: Int32, _ text: String) {
        let bytes = [UInt8](text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    // What it says.

    private func answer(_ peer: Peer) {
        if peer.method == "GET" { return listen(peer) }
        let body = peer.body
        let envelope = JSONRPCEnvelope(body.span.bytes)
        guard envelope.kind == .request, let id = envelope.id, let method = envelope.methodValue(in: body.span.bytes)
        else { return respond(peer, "202 Accepted", "") }
        let answer =
            #"{"jsonrpc":"2.0","id":\#(String(decoding: body[id], as: UTF8.self)),"result":\#(result(of: method))}"#
        if method == "subscriptions/listen" { return subscribe(peer) }
        if let stream = streams[peer.target] {
            respond(peer, "202 Accepted", "")
            return write(stream, "event: message\r\ndata: \(answer)\r\n\r\n")
        }
        let isStream = envelope.nameValue(in: body.span.bytes) == "stream"
        respond(peer, "200 OK", answer, isStream: isStream, isOpening: method == "initialize" && peer.target == "/rpc")
    }

    private func result(of method: String) -> String {
        switch method {
        case "initialize":
            #"{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"s","version":"1"}}"#
        case "server/discover":
            #"{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"tools":{"listChanged":true}}}"#
        default: #"{"content":[{"type":"text","text":"an answer of some length"}]}"#
        }
    }

    private func respond(
        _ peer: Peer, _ status: String, _ text: String, isStream: Bool = false, isOpening: Bool = false
    ) {
        var head = "HTTP/1.1 \(status)\r\n"
        if isOpening {
            sessions += 1
            head += "Mcp-Session-Id: 5b1e7d0c4b5f4a0e8a7f3f8f\(10_000_000 + sessions)\r\n"
        }
        guard isStream else {
            let type = text.isEmpty ? "" : "Content-Type: application/json\r\n"
            return write(peer.descriptor, head + type + "Content-Length: \(text.utf8.count)\r\n\r\n\(text)")
        }
        let priming = "id: 5b1e7d0c_0\r\nretry: 1000\r\ndata: \r\n\r\n"
        let event = "event: message\r\nid: 5b1e7d0c_1\r\ndata: \(text)\r\n\r\n"
        write(
            peer.descriptor,
            head + "Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunk(priming) + chunk(event) + "0\r\n\r\n")
    }

    private func chunk(_ text: String) -> String { "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n" }

    private func listen(_ peer: Peer) {
        write(peer.descriptor, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
        guard peer.target == "/sse" else {
            return write(peer.descriptor, "id: 5b1e7d0c_9\r\nretry: 1000\r\ndata: \r\n\r\n")
        }
        sessions += 1
        let endpoint = "/messages/?session_id=5b1e7d0c4b5f4a0e8a7f3f8f\(10_000_000 + sessions)"
        streams[endpoint] = peer.descriptor
        write(peer.descriptor, "event: endpoint\r\ndata: \(endpoint)\r\n\r\n")
    }

    private func subscribe(_ peer: Peer) {
        let acknowledged = #"{"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{}}"#
        write(
            peer.descriptor,
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nevent: message\r\ndata: \(acknowledged)\r\n\r\n")
    }
}
