import CEpoll
import Conversation
import Glibc
import MallocCount
import WireFormats

/// Drives any number of conversations with one server on one thread: sockets, epoll, HTTP/1.1 and a clock, and nothing
/// else. What the machines allocate is counted, and nothing of what the driver does.
///
/// It is as small as a driver can be, to show what one has to do: begin and abort exchanges, give the parts of responses to
/// the machine they belong to, and tick.
final class EpollDriver {
    private final class Connection {
        let descriptor: Int32
        var client = 0
        /// 0: idle.
        var exchange: UInt32 = 0
        var parser = HTTP1Parser(role: .response, policy: .strict)
        var outgoing: [UInt8] = []
        var sent = 0
        var hasReceived = false
        var keepsAlive = false

        init(_ descriptor: Int32) { self.descriptor = descriptor }
    }

    /// The machines lie in a slab and are fed in place.
    private let slab: UnsafeMutableBufferPointer<ConversationMachine>
    private let port: UInt16
    private let epoll = epoll_create1(0)
    private var output = ConversationOutput()
    private var connections: [Int32: Connection] = [:]
    private var idle: [Int32] = []
    /// Exchanges that ended before they began.
    private var unsent: [(client: Int, exchange: UInt32)] = []
    private var inFlight: [Int]
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)
    private var events = [epoll_event](repeating: epoll_event(), count: 256)

    /// Counts answers, failures and conversations that ended.
    private(set) var answers = 0
    private(set) var failures = 0
    private(set) var notifications = 0

    init(_ count: Int, _ settings: ConversationSettings, port: UInt16) {
        self.port = port
        inFlight = Array(repeating: 0, count: count)
        slab = .allocate(capacity: count)
        for index in 0..<count {
            slab.initializeElement(
                at: index, to: ConversationMachine(settings: settings, seed: UInt64(index) + 1))
        }
    }

    deinit {
        for descriptor in connections.keys { Glibc.close(descriptor) }
        Glibc.close(epoll)
        slab.deinitialize()
        slab.deallocate()
    }

    private var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    var clients: Range<Int> { slab.indices }
    func isOpen(_ client: Int) -> Bool { slab[client].isOpen }
    func isClosed(_ client: Int) -> Bool { slab[client].isClosed }
    func openStreams(_ client: Int) -> Int { slab[client].openStreams }

    /// Whether nothing but the stream for what the server says of itself is on the wire.
    func isQuiet(_ client: Int) -> Bool { inFlight[client] <= 1 }

    // What the owner does.

    func open(_ client: Int) { feed(client) { $0.open(at: $2, &$1) } }
    func close(_ client: Int) { feed(client) { $0.close(at: $2, &$1) } }

    func send(_ client: Int, _ message: [UInt8]) {
        feed(client) { machine, output, now in
            do {
                _ = try machine.send(message.span.bytes, at: now, &output)
            } catch {
                failures += 1
            }
        }
    }

    /// Lets a machine do something, and does what it says.
    private func feed(
        _ client: Int, _ body: (inout ConversationMachine, inout ConversationOutput, Int64) -> Void
    ) {
        let time = now
        MallocCount.resume()
        body(&slab[client], &output, time)
        MallocCount.pause()
        for index in output.actions.indices { perform(output.actions[index], client) }
        MallocCount.resume()
        output.clear()
        MallocCount.pause()
    }

    private func perform(_ action: ConversationAction, _ client: Int) {
        switch action {
        case .begin(let exchange, let method, let target, let fields, let body, _, _):
            var request: [UInt8] = []
            request += [UInt8]("\(Self.name(of: method)) ".utf8) + output.copy(of: target)
            request += [UInt8](" HTTP/1.1\r\nHost: 127.0.0.1\r\n".utf8) + output.copy(of: fields)
            if method == .post { request += [UInt8]("Content-Length: \(body.count)\r\n".utf8) }
            begin(client, exchange, request + [UInt8]("\r\n".utf8) + output.copy(of: body))
        case .abort(let exchange):
            guard let found = connections.values.first(where: { $0.client == client && $0.exchange == exchange })
            else { return }
            drop(found)
        case .message(.answer, _, _, _, _): answers += 1
        case .message(.notification, _, _, _, _): notifications += 1
        case .failed: failures += 1
        default: break
        }
    }

    private static func name(of method: ConversationAction.Method) -> String {
        switch method {
        case .get: "GET"
        case .post: "POST"
        case .delete: "DELETE"
        }
    }

    // Connections.

    private func begin(_ client: Int, _ exchange: UInt32, _ request: [UInt8]) {
        guard let connection = idle.popLast().flatMap({ connections[$0] }) ?? connect() else {
            return unsent.append((client, exchange))
        }
        inFlight[client] += 1
        connection.client = client
        connection.exchange = exchange
        connection.outgoing = request
        connection.sent = 0
        connection.hasReceived = false
        connection.parser.expectResponse(to: .other)
        write(connection)
    }

    private func connect() -> Connection? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 || errno == EINPROGRESS else {
            Glibc.close(descriptor)
            return nil
        }
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        let connection = Connection(descriptor)
        connections[descriptor] = connection
        var event = epoll_event()
        event.events = UInt32(EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue)
        event.data.fd = descriptor
        epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event)
        return connection
    }

    private func drop(_ connection: Connection) {
        guard connections.removeValue(forKey: connection.descriptor) != nil else { return }
        idle.removeAll { $0 == connection.descriptor }
        if connection.exchange != 0 { inFlight[connection.client] -= 1 }
        connection.exchange = 0
        Glibc.close(connection.descriptor)
    }

    private func write(_ connection: Connection) {
        while connection.sent < connection.outgoing.count {
            let count = connection.outgoing[connection.sent...].withUnsafeBytes {
                Glibc.send(connection.descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            connection.sent += count
        }
    }

    /// Reads what there is. The machine may drop the connection at any part.
    private func read(_ connection: Connection) {
        while connections[connection.descriptor] === connection {
            let count = recv(connection.descriptor, &buffer, buffer.count, 0)
            if count < 0, errno == EAGAIN || errno == EINTR { return }
            guard count > 0 else { return ended(connection) }
            connection.hasReceived = true
            // The parts are read from a copy, since what they lead to may read another connection.
            parse(connection, Array(buffer[..<count]))
        }
    }

    private func parse(_ connection: Connection, _ bytes: [UInt8]) {
        var position = 0
        while connection.exchange != 0 {
            guard let part = try? connection.parser.next(bytes.span.bytes, &position) else {
                if position < bytes.count { finish(connection, .cut) }
                return
            }
            switch part {
            case .head: head(connection, bytes)
            case .body(let range): body(connection, bytes, range)
            case .end: finish(connection, .complete)
            case .chunk, .skipped: break
            }
        }
    }

    private func head(_ connection: Connection, _ bytes: [UInt8]) {
        let head = connection.parser.head
        guard !head.isInformational else { return }
        connection.keepsAlive = head.keepAlive
        let exchange = connection.exchange
        connection.parser.withHeadBytes(in: bytes.span.bytes) { text in
            let media = head.first(named: "content-type", in: text).map { range in
                text.extracting(range).withUnsafeBytes { value -> ResponseMedia in
                    value.starts(with: "text/event-stream".utf8)
                        ? .eventStream : value.starts(with: "application/json".utf8) ? .json : .other
                }
            }
            let id = head.first(named: "mcp-session-id", in: text) ?? 0..<0
            let session = [UInt8](text.extracting(id).withUnsafeBytes { Array($0) })
            feed(connection.client) { machine, output, now in
                machine.responseBegan(
                    exchange, status: head.status, media: media ?? .other, sessionID: session.span.bytes, at: now,
                    &output)
            }
        }
    }

    private func body(_ connection: Connection, _ bytes: [UInt8], _ range: Range<Int>) {
        let exchange = connection.exchange
        feed(connection.client) { machine, output, now in
            machine.responseBody(exchange, bytes.span.bytes.extracting(range), at: now, &output)
        }
    }

    /// The server closed the connection.
    private func ended(_ connection: Connection) {
        let outcome: ExchangeOutcome =
            connection.parser.finish() == .complete
            ? .complete : connection.hasReceived || connection.sent > 0 ? .cut : .notSent
        connection.keepsAlive = false
        finish(connection, outcome)
    }

    private func finish(_ connection: Connection, _ outcome: ExchangeOutcome) {
        let (client, exchange) = (connection.client, connection.exchange)
        if exchange != 0 { inFlight[client] -= 1 }
        connection.exchange = 0
        if outcome == .complete, connection.keepsAlive { idle.append(connection.descriptor) } else { drop(connection) }
        if exchange != 0 { feed(client) { $0.exchangeEnded(exchange, outcome, at: $2, &$1) } }
    }

    // Time.

    /// Goes on until `isDone`, or for so many seconds; false when that was not enough.
    func run(seconds: Int, until isDone: () -> Bool) -> Bool {
        let end = now + Int64(seconds) * 1_000_000_000
        while !isDone() {
            guard now < end else { return false }
            let count = epoll_wait(epoll, &events, Int32(events.count), 5)
            for event in events[..<Int(max(0, count))] {
                guard let connection = connections[event.data.fd] else { continue }
                write(connection)
                read(connection)
            }
            let lost = unsent
            unsent = []
            for (client, exchange) in lost { feed(client) { $0.exchangeEnded(exchange, .notSent, at: $2, &$1) } }
            let time = now
            for client in slab.indices where slab[client].nextDeadline <= time { feed(client) { $0.tick(at: $2, &$1) } }
        }
        return true
    }
}
