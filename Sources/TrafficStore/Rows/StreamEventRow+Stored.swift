import Traffic
import WireFormats

extension StreamEventRow: StoredRow {
    static let table = Table(
        "stream_events", "id exchange_id seq at_ns end_ns kind type event_id retry_ms layout data comment raw")

    /// The block's bytes are stored only where they do not follow from its columns.
    func put(into statement: Statement) {
        let block = block.block
        let layout = BlockLayout.describe(block)
        statement.put(self.block.id)
        statement.put(exchangeID)
        statement.put(self.block.seq)
        statement.put(self.block.firstByteAt)
        statement.put(endNs)
        statement.put(block.kind)
        statement.put(block.type)
        statement.put(block.id)
        statement.put(block.retry.map(Int64.init))
        statement.put(layout)
        statement.put(content: block.data)
        statement.put(content: block.comment)
        statement.put(blob: layout == nil ? block.raw : nil)
    }

    init(from statement: Statement) throws(StoreFailure) {
        let id = statement.takeInteger()
        let exchangeID = statement.takeInteger()
        let seq = statement.takeInteger()
        let firstByteAt = statement.takeInteger()
        let endNs = statement.takeInteger()
        var block = ServerSentBlock(kind: try statement.takeWord(), raw: [])
        block.type = statement.takeOptionalText()
        block.id = statement.takeOptionalText()
        block.retry = statement.takeOptionalInteger().map(Int.init)
        let layout = statement.takeOptionalText()
        block.data = statement.takeContent()
        block.comment = statement.takeContent()
        let stored = statement.takeContent()
        let rebuilt = layout.flatMap {
            BlockLayout.rebuild(
                $0, type: block.type, id: block.id, retry: block.retry, data: block.data, comment: block.comment)
        }
        guard let raw = stored ?? rebuilt else {
            throw StoreFailure(
                .corrupt, "the bytes of stream event \(id) cannot be rebuilt: the capture was changed by hand")
        }
        block.raw = raw
        self.init(
            exchangeID: exchangeID, endNs: endNs,
            block: StreamBlock(id: id, seq: seq, firstByteAt: firstByteAt, block: block))
    }
}
