import WireFormats

/// Which call a notification is about.
extension Fold {
    mutating func notification(_ message: ScannedMessage, _ row: inout MessageRow, exchange id: Int64, end: Int64) {
        guard let session = row.sessionID, sessions[session] != nil else { return }
        row.callID = subject(of: message, row, exchange: id, session)
        switch message.method {
        case "notifications/cancelled":
            guard let request = message.cancelledID,
                let call = cancelled(request, row.direction, exchange: id, session: session)
            else { return }
            cancel(call, at: end)
        case "notifications/progress":
            guard let token = message.progressToken,
                let call = sessions[session]?.progress[PendingKey(direction: row.direction.reversed, id: token)],
                let waiting = calls[call]?.row, waiting.firstEventMs == nil
            else { return }
            calls[call]?.row.firstEventMs = Self.milliseconds(from: waiting.sentNs, to: row.atNs)
            dirtyCalls.insert(call)
        default: return
        }
    }

    /// The subscription that a notification names, or the one call whose response brings it where responses bring
    /// nothing else. (MCP 2026-07-28 subscriptions; streamable-http, receiving messages)
    private func subject(
        of message: ScannedMessage, _ row: MessageRow, exchange id: Int64, _ session: Int64
    ) -> Int64? {
        guard row.direction == .serverToClient, let exchange = exchanges[id] else { return nil }
        let isStateless = exchange.attribution.dialect == .stateless
        if let subscription = message.identifier(message.envelope.subscriptionID) {
            let due = self.due(subscription, in: exchange)
            guard !isStateless, due == nil else { return due }
            let key = PendingKey(direction: .clientToServer, id: subscription)
            return sessions[session]?.pending[key]?.ids.first { calls[$0]?.isListening == true }
        }
        return isStateless && exchange.due.count == 1 ? exchange.due.first : nil
    }

    /// The request that is cancelled: the sender's own, or a subscription that the server ends.
    private func cancelled(_ id: String, _ direction: Direction, exchange: Int64, session: Int64) -> Int64? {
        if let own = sessions[session]?.pending[PendingKey(direction: direction, id: id)]?.first { return own }
        guard direction == .serverToClient else { return nil }
        if let due = exchanges[exchange].flatMap({ self.due(id, in: $0) }) { return due }
        let key = PendingKey(direction: .clientToServer, id: id)
        return sessions[session]?.pending[key]?.ids.first { calls[$0]?.isListening == true }
    }
}
