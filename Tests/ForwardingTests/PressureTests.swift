import Forwarding
import Glibc
import Testing

extension SocketTests {
    @Suite("Pressure", .timeLimit(.minutes(3)))
    struct PressureTests {
        @Test func `A slow reader stops the writer, and reading resumes with nothing lost`() async throws {
            try await RunningForwarder.run { forwarder in
                let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 400000000\r\n\r\n"
                let (client, server) = try forwarder.exchange(head: head)
                let sent = try EndsTests.fill(client)
                #expect(sent < 64 * 1024 * 1024)
                #expect(try server.receiveCount(sent) == sent)
                try client.send("more")
                #expect(try server.receiveText("more") == "more")
            }
        }

        @Test func `While the tap holds, nothing is read; afterwards everything comes`() async throws {
            let tap = CollectingTap()
            try await RunningForwarder.run(tap: tap) { forwarder in
                let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 400000000\r\n\r\n"
                let (client, server) = try forwarder.exchange(head: head)
                tap.hold()
                let sent = try EndsTests.fill(client)
                let early = try server.receiveWhatIsThere(1024 * 1024).count
                #expect(early < 128 * 1024)
                #expect(tap.items.bytes(of: .requestBody).count == early)
                tap.release()
                #expect(try server.receiveCount(sent - early) == sent - early)
                _ = try await tap.items {
                    $0.reduce(0) { $0 + ($1.bytes?.readableBytes ?? 0) } == sent + head.utf8.count
                }
            }
        }

        @Test func `Two thousand streams are held at once and each gets its event`() async {
            await #expect(processExitsWith: .success) {
                let limit = Descriptors.raise()
                let count = min(2000, (limit - 200) / 4)
                try await RunningForwarder.run { forwarder in
                    var pairs: [(client: RawSocket, server: RawSocket)] = []
                    let head =
                        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                    for _ in 0..<count {
                        let pair = try forwarder.exchange(head: "GET /sse HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        try pair.server.send(head)
                        _ = try pair.client.receiveText(head)
                        pairs.append(pair)
                    }
                    for (index, pair) in pairs.enumerated() {
                        let event = "event: message\ndata: \(index)\n\n"
                        let chunk = "\(String(event.utf8.count, radix: 16))\r\n\(event)\r\n"
                        try pair.server.send(chunk)
                        guard try pair.client.receiveText(chunk) == chunk else {
                            throw RawSocket.Failure(description: "another event")
                        }
                    }
                }
            }
        }

        @Test func `Without descriptors a client gets 503 or waits, and afterwards all goes on`() async {
            await #expect(processExitsWith: .success) {
                Descriptors.lower(to: 100)
                try await RunningForwarder.run {
                    $0.connectionLimit = 1000
                } _: { forwarder in
                    let (unanswered, delayed) = (try RawSocket.unconnected(), try RawSocket.unconnected())
                    var taken = Descriptors.takeAll()
                    if let last = taken.popLast() { close(last) }
                    let request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    try unanswered.connect(to: forwarder.port)
                    try unanswered.send(request)
                    guard String(decoding: try unanswered.receiveAll(), as: UTF8.self).hasPrefix("HTTP/1.1 503 ") else {
                        throw RawSocket.Failure(description: "no 503")
                    }
                    taken += Descriptors.takeAll()
                    try delayed.connect(to: forwarder.port)
                    try delayed.send(request)
                    guard try delayed.receiveWhatIsThere().isEmpty else {
                        throw RawSocket.Failure(description: "answered without a descriptor")
                    }
                    taken.forEach { close($0) }
                    let server = try forwarder.upstream.accept()
                    guard try server.receive(until: "\r\n\r\n").hasPrefix("GET / ") else {
                        throw RawSocket.Failure(description: "another request")
                    }
                }
            }
        }
    }
}

/// The descriptors of a process of its own.
private enum Descriptors {
    private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)

    /// As many as allowed; returns how many.
    static func raise() -> Int {
        var limit = rlimit()
        getrlimit(resource, &limit)
        limit.rlim_cur = min(limit.rlim_max, 20_000)
        setrlimit(resource, &limit)
        return Int(limit.rlim_cur)
    }

    static func lower(to count: Int) {
        var limit = rlimit()
        getrlimit(resource, &limit)
        limit.rlim_cur = rlim_t(count)
        setrlimit(resource, &limit)
    }

    /// Takes every free descriptor.
    static func takeAll() -> [Int32] {
        var taken: [Int32] = []
        while true {
            let descriptor = dup(0)
            guard descriptor >= 0 else { return taken }
            taken.append(descriptor)
        }
    }
}
