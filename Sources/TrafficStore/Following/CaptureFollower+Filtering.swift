import Traffic

extension CaptureFollower {
    /// Adds what only the capture knows: the text and size of a message, a block or an exchange, and the silence before
    /// a block.
    package func complete(_ subject: inout FilterSubject, message: MessageRow?, block: Int64?) throws(StoreFailure) {
        try openCapture().complete(&subject, message: message, block: block)
    }
}

extension FollowedCapture {
    fileprivate func complete(
        _ subject: inout FilterSubject, message: MessageRow?, block: Int64?
    ) throws(StoreFailure) {
        if let block {
            let statement = try connection.prepare(
                """
                SELECT \(FilterFacts.silence), coalesce(b.data, b.comment)
                FROM stream_events b JOIN exchanges e ON e.id = b.exchange_id WHERE b.id = ?
                """)
            statement.put(block)
            if try statement.step() {
                subject.silenceMs = statement.takeOptionalReal()
                if message == nil { subject.take(text: statement.takeContent()) }
            }
        }
        if let message {
            subject.text = try text(of: message)
        } else if subject.kind == .exchange, let exchange = subject.exchangeID {
            let statement = try connection.prepare("SELECT response_body FROM exchanges WHERE id = ?")
            statement.put(exchange)
            subject.take(text: try statement.step() ? statement.takeContent() : nil)
        }
    }
}

extension FilterSubject {
    fileprivate mutating func take(text: [UInt8]?) {
        self.text = text
        bytes = text.map { Int64($0.count) }
    }
}
