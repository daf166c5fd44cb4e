import Forwarding
import NIOCore
import Testing
import Traffic

@testable import Recording

/// What the forwarder says beside what it passes on.
@Suite struct TapDecodingTests {
    private static func rows(_ items: [TapItem]) -> RowBatch {
        var decoding = TapDecoding()
        var recorder = TrafficRecorder(recordingID: 1, name: nil, redactor: nil)
        for (index, item) in items.enumerated() { decoding.feed(item, at: Int64(index) * 10, to: &recorder) }
        return recorder.drain()
    }

    @Test func `a request that cannot be read is an exchange of its own, with what was said to it`() throws {
        let rows = Self.rows([
            .opened(1), .item(.malformed(by: .client, sentence: "no HTTP"), 1, 0, "\u{16}\u{3}garbage"),
            TapItem(connection: 1, part: .answered(status: 400, text: "no HTTP")), .closed(1),
        ])
        let exchange = try #require(rows.exchanges.first)
        #expect(rows.exchanges.count == 1 && exchange.connectionID == 1 << 32 | 1)
        #expect(exchange.request.method.isEmpty && exchange.request.target == "\u{16}\u{3}garbage")
        #expect(
            exchange.edits == [
                Edit(place: .request, what: "malformed", from: "no HTTP", to: nil),
                Edit(place: .response, what: "answer", from: nil, to: "400 no HTTP"),
            ])
        #expect(exchange.endedBy == .recorder && exchange.endReason == .httpError)
        #expect(rows.connections.map(\.closedBy) == [.client])
    }

    @Test func `one to which nothing could be said ends with its connection`() throws {
        let rows = Self.rows([.opened(1), .item(.malformed(by: .client, sentence: "no"), 1, 0, "x"), .closed(1)])
        #expect(rows.exchanges.map(\.endReason) == [.httpError])
    }

    @Test func `unreadable requests of several connections are told apart`() {
        let rows = Self.rows([
            .item(.malformed(by: .client, sentence: "a"), 1, 0, "one"),
            .item(.malformed(by: .client, sentence: "b"), 2, 0, "two"),
            TapItem(connection: 2, part: .answered(status: 400, text: "b")),
            TapItem(connection: 1, part: .answered(status: 431, text: "a")),
        ])
        #expect(rows.exchanges.count == 2)
        #expect(Set(rows.exchanges.map(\.request.target)) == ["one", "two"])
        #expect(rows.exchanges.first { $0.request.target == "one" }?.edits.last?.to == "431 a")
    }

    @Test func `a response to nothing keeps what the server said`() throws {
        let rows = Self.rows([
            .opened(1),
            .item(.malformed(by: .server, sentence: "no request"), 1, 0, "HTTP/1.1 200 Surprise\r\n\r\n"), .closed(1),
        ])
        let exchange = try #require(rows.exchanges.first)
        #expect(exchange.request.target.isEmpty)
        #expect(exchange.response?.status == 200 && exchange.response?.reason == "Surprise")
        #expect(exchange.edits.map(\.place) == [.response])
    }

    @Test func `a body that cannot be read is noted on its exchange`() throws {
        let rows = Self.rows([
            .request(1, 7), .item(.malformed(by: .client, sentence: "bad chunk"), 1, 7, "zz"),
            TapItem(connection: 1, exchange: 7, part: .answered(status: 400, text: "bad chunk")), .ended(1, 7),
        ])
        let exchange = try #require(rows.exchanges.first)
        #expect(rows.exchanges.count == 1 && exchange.id == 1 << 32 | 7)
        #expect(exchange.edits.map(\.what) == ["malformed", "answer"])
    }

    @Test func `the first exchange travels over the upstream connection that it opened, as do those after it`() {
        let rows = Self.rows(
            [.opened(1), .request(1, 1), .item(.upstreamOpened(number: 2, client: "a:1", server: "b:2"), 1)]
                + [.ended(1, 1)] + TapItem.exchange(1, 2) + [.closed(1)])
        #expect(rows.exchanges.sorted { $0.id < $1.id }.map(\.upstreamConnectionID) == [1 << 32 | 2, 1 << 32 | 2])
        #expect(Set(rows.connections.map(\.leg)) == [.client, .upstream])
    }

    @Test func `ends, their causes and edits keep their meaning`() {
        let enders: [(TapEnder, Peer)] = [
            (.client, .client), (.server, .server), (.proxy, .recorder), (.unknown, .unknown),
        ]
        for (ender, peer) in enders { #expect(Peer(ender) == peer) }
        let reasons: [(TapEndReason, EndReason)] = [
            (.complete, .complete), (.fin, .fin), (.rst, .rst), (.timeout, .timeout), (.httpError, .httpError),
            (.shutdown, .shutdown),
        ]
        for (reason, stored) in reasons { #expect(EndReason(reason) == stored) }
        let edit = Edit(TapEdit(.stream, "endpoint", from: "a", to: "b"))
        #expect(edit == Edit(place: .stream, what: "endpoint", from: "a", to: "b"))
    }
}
