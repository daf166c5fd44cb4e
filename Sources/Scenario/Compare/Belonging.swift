import Traffic
import WireFormats

/// Which call a notification or a question of the server belongs to, found while messages pass in their order.
///
/// Progress says so by its token. Else it is the call whose response brings it; for questions on the stream of
/// `http+sse`, where all come, the one call that is being worked on. Whatever remains belongs to the session.
struct Belonging {
    private let exchanges: [Int64: SessionContents.ExchangeFacts]
    private let calls: Set<Int64>
    private var byToken: [JSONTree: Int64] = [:]
    private var byExchange: [Int64: [Int64]] = [:]
    private var waiting: Set<Int64> = []
    /// Calls that share a stream were worked on at the same time.
    private(set) var hasOverlap = false

    init(calls: [CallRow], exchanges: [Int64: SessionContents.ExchangeFacts]) {
        self.exchanges = exchanges
        self.calls = Set(calls.map(\.id))
    }

    mutating func begin(_ request: MessageRow, token: JSONTree?) {
        guard let call = request.callID else { return }
        if let token { byToken[token] = call }
        if let exchange = request.exchangeID { byExchange[exchange, default: []].append(call) }
        waiting.insert(call)
        if waiting.count > 1, isShared(request) { hasOverlap = true }
    }

    mutating func end(_ call: Int64, _: MessageRow) { waiting.remove(call) }

    func call(of row: MessageRow, token: JSONTree?) -> Int64? {
        if let call = row.callID, calls.contains(call) { return call }
        if let token, let call = byToken[token] { return call }
        if let exchange = row.exchangeID, let own = byExchange[exchange] { return own.count == 1 ? own[0] : nil }
        return isShared(row) && row.kind == .request && waiting.count == 1 ? waiting.first : nil
    }

    private func isShared(_ row: MessageRow) -> Bool {
        row.exchangeID.flatMap { exchanges[$0]?.dialect } == .httpSSE
    }
}
