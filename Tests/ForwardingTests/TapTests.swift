import Forwarding
import NIOCore
import TestSupport
import Testing

extension SocketTests {
    @Suite("The tap", .timeLimit(.minutes(2)))
    struct TapTests {
        private static let requestHead = "POST /m HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
        private static let responseHead = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

        private static func chunked(_ content: [UInt8], trailers: String, using generator: inout SeededGenerator)
            -> [UInt8]
        {
            var wire: [UInt8] = []
            for piece in content.pieces(upTo: 3000, using: &generator) {
                wire += Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + [13, 10]
            }
            return wire + Array("0\r\n\(trailers)\r\n".utf8)
        }

        @Test func `What it gets is what each peer sent, whatever the splits`() async throws {
            let tap = CollectingTap()
            try await RunningForwarder.run(tap: tap) { forwarder in
                for seed in 1...12 as ClosedRange<UInt64> {
                    var generator = SeededGenerator(state: seed)
                    let before = tap.items.count
                    let request = (0..<5000).map { _ in UInt8.random(in: 0...255, using: &generator) }
                    let response = (0..<5000).map { _ in UInt8.random(in: 0...255, using: &generator) }
                    let client = try RawSocket.connect(forwarder.port)
                    let wire =
                        Array(Self.requestHead.utf8) + Self.chunked(request, trailers: "A: 1\r\n", using: &generator)
                    for piece in wire.pieces(upTo: seed % 2 == 0 ? 50 : 4000, using: &generator) {
                        try client.send(piece)
                    }
                    let server = try forwarder.upstream.accept()
                    _ = try server.receive(until: "\r\n0\r\nA: 1\r\n\r\n")
                    let interim = "HTTP/1.1 103 Early Hints\r\n\r\n"
                    let answer =
                        Array((interim + Self.responseHead).utf8)
                        + Self.chunked(response, trailers: "B: 2\r\n", using: &generator)
                    for piece in answer.pieces(upTo: seed % 3 == 0 ? 50 : 4000, using: &generator) {
                        try server.send(piece)
                    }
                    #expect(try client.receive(exactly: answer.count) == answer)
                    client.close()
                    #expect(try server.end() == .fin)
                    server.close()
                    let items = Array(
                        try await tap.items { $0.dropFirst(before).last?.part.isClosed == true }[before...])
                    #expect(items.text(of: .requestHead) == Self.requestHead)
                    #expect(items.bytes(of: .requestBody) == request)
                    #expect(items.text(of: .requestEnd) == "A: 1\r\n")
                    #expect(items.text(of: .informational) == interim)
                    #expect(items.text(of: .responseHead) == Self.responseHead)
                    #expect(items.bytes(of: .responseBody) == response)
                    #expect(items.text(of: .responseEnd) == "B: 2\r\n")
                    #expect(items.ends == [.exchangeEnded(by: .server, reason: .complete)])
                    #expect(items.last?.part == .closed(by: .client, reason: .fin))
                }
            }
        }

        @Test func `Small bytes do not keep a receive buffer alive`() async throws {
            let tap = CollectingTap()
            try await RunningForwarder.run(tap: tap) { forwarder in
                let (client, server) = try forwarder.exchange("hello")
                for _ in 0..<20 {
                    try server.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                    _ = try client.receive(until: "\r\n\r\n")
                    try client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nhi")
                    _ = try server.receive(until: "\r\n\r\nhi")
                }
                let items = try await tap.items { items in items.count { $0.part == .requestBody } == 21 }
                let pinned = items.dropFirst(10).reduce(0) { $0 + Int($1.pinnedBytes) }
                let capacity = items.dropFirst(10).reduce(0) { max($0, $1.bytes?.storageCapacity ?? 0) }
                #expect(pinned < 8 * 1024)
                #expect(capacity <= 1024)
            }
        }

        @Test(
            "Who ended a response that was cut, and how",
            arguments: [
                (Cut.clientFIN, TapPart.exchangeEnded(by: .client, reason: .fin)),
                (.clientRST, .exchangeEnded(by: .client, reason: .rst)),
                (.serverFIN, .exchangeEnded(by: .server, reason: .fin)),
                (.serverRST, .exchangeEnded(by: .server, reason: .rst)),
            ])
        func cut(_ cut: Cut, _ expected: TapPart) async throws {
            for head in [Self.responseHead, "HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n"] {
                let tap = CollectingTap()
                try await RunningForwarder.run(tap: tap) { forwarder in
                    let (client, server) = try forwarder.exchange(head: "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    try server.send(head + "1\r\nx\r\n")
                    _ = try client.receive(until: "x\r\n")
                    switch cut {
                    case .clientFIN: client.close()
                    case .clientRST: client.reset()
                    case .serverFIN: server.close()
                    case .serverRST: server.reset()
                    }
                    if cut == .clientFIN || cut == .clientRST {
                        _ = try server.end()
                        server.close()
                    } else {
                        _ = try client.end()
                        client.close()
                    }
                    #expect(try await tap.items { $0.hasClosed }.ends == [expected])
                }
            }
        }

        enum Cut: Sendable { case clientFIN, clientRST, serverFIN, serverRST }

        @Test func `A stream until close that its client left was ended by the client`() async throws {
            let tap = CollectingTap()
            try await RunningForwarder.run(tap: tap) { forwarder in
                let (client, server) = try forwarder.exchange(head: "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                let head = "HTTP/1.1 200 OK\r\n\r\nx"
                try server.send(head)
                _ = try client.receiveText(head)
                client.close()
                _ = try server.end()
                server.close()
                #expect(
                    try await tap.items { $0.hasClosed }.ends == [.exchangeEnded(by: .client, reason: .fin)])
            }
        }

        @Test func `Every exchange that began ends once, whenever anybody leaves`() async throws {
            let tap = CollectingTap()
            try await RunningForwarder.run(tap: tap) { forwarder in
                for seed in 1...60 as ClosedRange<UInt64> {
                    var generator = SeededGenerator(state: seed)
                    let before = tap.items.count
                    try Self.disturbed(forwarder, &generator)
                    let items = Array(
                        try await tap.items { $0.dropFirst(before).last?.part.isClosed == true }[before...])
                    let began = items.filter { $0.part == .requestHead }.map(\.exchange)
                    let ended = items.filter { if case .exchangeEnded = $0.part { true } else { false } }.map(
                        \.exchange)
                    #expect(began.sorted() == ended.sorted(), "seed \(seed)")
                    #expect(Set(began).count == began.count)
                    #expect(items.count { $0.part.isClosed } == 1)
                    let opened = items.count { if case .upstreamOpened = $0.part { true } else { false } }
                    #expect(items.count { if case .upstreamClosed = $0.part { true } else { false } } == opened)
                }
            }
        }

        /// Some requests and answers in pieces, during which one side leaves in some way.
        private static func disturbed(_ forwarder: RunningForwarder, _ generator: inout SeededGenerator) throws {
            let request = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello"
            let answer = responseHead + "5\r\nhello\r\n0\r\n\r\n"
            let count = Int.random(in: 1...3, using: &generator)
            let wire = Array(String(repeating: request, count: count).utf8)
            // The upstream connection exists once a whole head went.
            let sent = Array(wire[..<Int.random(in: request.utf8.count...wire.count, using: &generator)])
            var answers = Array(String(repeating: answer, count: count).utf8).pieces(upTo: 90, using: &generator)[...]
            let client = try RawSocket.connect(forwarder.port)
            for piece in sent.pieces(upTo: 90, using: &generator) { try client.send(piece) }
            let server = try forwarder.upstream.accept()
            _ = try server.receive(until: "\r\n\r\n")
            for _ in 0..<Int.random(in: 0...answers.count, using: &generator) {
                guard let piece = answers.popFirst() else { break }
                try? server.send(piece)
            }
            let (first, second) = Bool.random(using: &generator) ? (client, server) : (server, client)
            if Bool.random(using: &generator) { first.reset() } else { first.close() }
            _ = try? second.end()
            second.close()
        }
    }
}

extension TapPart {
    fileprivate var isClosed: Bool { if case .closed = self { true } else { false } }
}
