/// What requests without a session say of themselves, and streams that stay open for them. (MCP 2026-07-28)
extension CaptureAudit {
    /// Header fields of every request say what its text says, as the capture has both.
    func routing() throws -> [String] {
        guard cell.isStateless else { return [] }
        let requests = Dictionary(grouping: capture.messages.filter { $0.direction == "c2s" }, by: \.exchangeId)
        return try capture.exchanges.flatMap { exchange -> [String] in
            guard let name = name(of: exchange.id), isOfClient(name) else { return [] }
            guard let request = requests[exchange.id]?.first else { return ["\(name): no request"] }
            let headers = try Self.headers(exchange.requestHeaders)
            func value(_ name: String) -> String? { headers.first { $0[0].lowercased() == name }?[1] }
            var check = Comparison(of: name)
            check.equal("Mcp-Method", request.method, value("mcp-method"))
            check.equal("Mcp-Name", request.name, value("mcp-name"))
            check.equal("MCP-Protocol-Version", cell.revision, value("mcp-protocol-version"))
            check.equal("protocolVersion in _meta", cell.revision, request.version)
            return check.problems
        }
    }

    /// Every stream of a subscription begins with what was granted, and all that is said on it is of that
    /// subscription and belongs to its call.
    func subscriptions() -> [String] {
        guard cell.isStateless else { return [] }
        let said = Dictionary(grouping: capture.messages, by: \.exchangeId)
        let listening = capture.calls.filter { $0.method == "subscriptions/listen" }
        var problems: [String] = []
        for call in listening {
            let notifications = (said[call.exchangeId] ?? []).filter { $0.kind == "notification" }
            var check = Comparison(of: name(of: call.exchangeId) ?? "a subscription")
            check.equal(
                "first notification", "notifications/subscriptions/acknowledged", notifications.first?.method ?? "none")
            for notification in notifications {
                check.equal("subscription of \(notification.method ?? "")", call.rpcId, notification.subscriptionId)
                check.equal("call of \(notification.method ?? "")", call.method, notification.callMethod)
            }
            problems += check.problems
        }
        let ids = Set(listening.map(\.rpcId))
        for stray in capture.messages where stray.subscriptionId.map({ !ids.contains($0) }) ?? false {
            problems.append("a notification of a subscription that nobody asked for: \(stray)")
        }
        let isAsked = expected.messages.contains { $0.method == "subscriptions/listen" }
        if isAsked, listening.isEmpty { problems.append("no subscription is a call") }
        return problems
    }
}
