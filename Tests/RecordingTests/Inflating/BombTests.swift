import Recording
import Testing
import Traffic

/// Little that inflates to much.
@Suite struct BombTests {
    private static let blanks = [UInt8](repeating: 0x20, count: 1 << 20)

    /// `count` MiB of blanks.
    private static func bomb(_ count: Int) -> [UInt8] {
        Deflating.pieces(Array(repeating: blanks, count: count), .gzip).flatMap { $0 }
    }

    @Test func `a body is decoded up to the limit, and the rest is a counted gap`() {
        let bytes = Self.bomb(80)
        let exchange = EncodedExchange.answered("gzip", [bytes])
        #expect(exchange.row?.responseBody?.count == Ledger.bodyLimit)
        #expect(exchange.row?.responseRaw == bytes)
        #expect(exchange.row?.notes.map(\.why) == [.tooLarge])
        #expect(exchange.gaps.count == 1)
        let gap = exchange.gaps.first?.bytes ?? 0
        #expect(gap > 0 && gap < Int64(bytes.count))
    }

    @Test func `a body that comes to just the limit is whole`() {
        let exchange = EncodedExchange.answered("gzip", [Self.bomb(Ledger.bodyLimit >> 20)])
        #expect(exchange.row?.responseBody?.count == Ledger.bodyLimit)
        #expect(exchange.row?.notes == [] && exchange.gaps.isEmpty)
    }

    @Test func `a stream that repeats itself without end is stopped too`() {
        let exchange = EncodedExchange.answered("gzip", [Self.bomb(100)], type: "text/event-stream")
        #expect(exchange.row?.notes.map(\.why) == [.tooLarge] && exchange.gaps.count == 1)
        #expect(exchange.blocks.reduce(0) { $0 + $1.raw.count } <= Ledger.bodyLimit + 1 << 17)
    }
}
