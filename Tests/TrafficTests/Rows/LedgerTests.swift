import Testing
import Traffic
import WireFormats

struct LedgerTests {
    private static let exchange: Int64 = 7 << 32 | 1

    private func ledger(_ whats: [TrafficEvent.What]) -> Ledger {
        var ledger = Ledger(recordingID: 7)
        let head = RequestHead(method: "GET", target: "/", fields: [])
        for (index, what) in ([.requestHead(head)] + whats).enumerated() {
            ledger.apply(TrafficEvent(at: Int64(index), connection: 7 << 32 | 1, exchange: Self.exchange, what))
        }
        return ledger
    }

    private func drained(_ ledger: inout Ledger) -> RowBatch {
        var batch = RowBatch()
        ledger.drain(into: &batch)
        return batch
    }

    @Test func `An open exchange is handed over each time it has changed, and only then`() {
        var ledger = ledger([])
        #expect(drained(&ledger).exchanges.map(\.id) == [Self.exchange])
        #expect(drained(&ledger).isEmpty)
        ledger.apply(TrafficEvent(at: 9, connection: 1, exchange: Self.exchange, .responseBody([1])))
        #expect(drained(&ledger).exchanges.first?.responseBody == [1])
    }

    @Test func `A large body that grows is not handed over again before it has doubled`() {
        var ledger = ledger([.responseBody(Array(repeating: 0, count: 2 << 20))])
        #expect(drained(&ledger).exchanges.count == 1)
        var handedOver = 0
        for at in 10..<30 {
            ledger.apply(
                TrafficEvent(
                    at: Int64(at), connection: 1, exchange: Self.exchange,
                    .responseBody(Array(repeating: 0, count: 1 << 18))))
            handedOver += drained(&ledger).exchanges.count
        }
        #expect(handedOver == 1)
        let ended = TrafficEvent.What.ended(by: .server, reason: .complete, trailers: [])
        ledger.apply(TrafficEvent(at: 40, connection: 1, exchange: Self.exchange, ended))
        #expect(drained(&ledger).exchanges.first?.responseBody?.count == 7 << 20)
    }

    @Test func `Content beyond the limit is a gap of what is missing`() {
        let piece = [UInt8](repeating: 0, count: 40 << 20)
        var ledger = ledger([.responseBody(piece), .responseBody(piece)])
        let batch = drained(&ledger)
        #expect(batch.exchanges.first?.responseBody?.count == Ledger.bodyLimit)
        #expect(batch.gaps.map(\.bytes) == [Int64(80 << 20 - Ledger.bodyLimit)])
        #expect(batch.gaps.first?.exchangeID == Self.exchange)
    }

    @Test func `Connections open and close with who and why`() {
        var play = Play()
        play.begin(1, session: "abc")
        play.close(1, by: .server, .rst)
        let row = Rows(play).connections[7 << 32 | 1]
        #expect(row?.client == "10.0.0.1:40001" && row?.httpVersion == "1.1")
        #expect(row?.closedBy == .server && row?.closeReason == .rst)
    }
}
