import Traffic

extension TimelineEntry {
    /// Whether every token holds. A token about calls holds for the request and for what answers it.
    func matches(_ tokens: [FilterToken]) -> Bool { tokens.allSatisfy(matches) }

    private func matches(_ token: FilterToken) -> Bool {
        switch token {
        case .exchange(let number): return exchange?.numberInRecording == number
        case .httpStatus(let statuses): return httpStatus.map(statuses.contains) ?? false
        case .from(let direction): return self.direction == direction
        case .tool, .method, .id, .status, .latency: break
        }
        guard case .message(let message) = what else { return false }
        return message.matches(token)
    }

    private var httpStatus: Int? {
        switch what {
        case .message(let message): message.httpStatus
        case .exchange(let exchange): exchange.status
        default: nil
        }
    }

    private var direction: Direction? {
        switch what {
        case .message(let message): message.row.direction
        case .exchange, .heartbeats, .event: .serverToClient
        default: nil
        }
    }
}

extension TimelineEntry.Message {
    fileprivate func matches(_ token: FilterToken) -> Bool {
        let method = row.method ?? call?.method
        switch token {
        case .tool(let pattern):
            return method == "tools/call" && (row.name ?? call?.name).map(pattern.matches) ?? false
        case .method(let pattern):
            // `tools` means all of `tools/…`.
            return method.map { pattern.matches($0) || $0.hasPrefix(pattern.text + "/") } ?? false
        case .id(let id): return row.rpcID == id || row.rpcID == "\"\(id)\""
        case .status(let statuses): return call.map { statuses.contains($0.status) } ?? false
        case .latency(let comparison, let ms): return call?.latencyMs.map { comparison.holds($0, ms) } ?? false
        case .exchange, .httpStatus, .from: return true
        }
    }
}
