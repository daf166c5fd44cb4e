import Traffic
import WireFormats

/// A session as it is compared: its calls, and what was said in each.
struct SessionContents {
    /// An HTTP exchange, as far as it is compared.
    struct ExchangeFacts {
        var method: String
        var status: Int?
        /// `text/html`
        var media: String?
        var isStream: Bool
        var dialect: Dialect?
        var isResuming: Bool
        var endedBy: Peer?
        /// What was said with a status that is an error; nil where that is very long.
        var errorBody: [UInt8]?
    }

    let archive: any TrafficArchive
    /// The client's calls in the order in which they were sent.
    private(set) var calls: [CallRow] = []
    private(set) var requests: [Int64: MessageRow] = [:]
    /// By call: what answered it, rounds first.
    private(set) var answers: [Int64: [MessageRow]] = [:]
    /// By call; under 0 what belongs to none.
    private(set) var notifications: [Int64: [MessageRow]] = [:]
    private(set) var questions: [Int64: [MessageRow]] = [:]
    private(set) var exchanges: [Int64: ExchangeFacts] = [:]
    /// By method: the exchanges in which the client told something.
    private(set) var told: [String: [Int64]] = [:]
    private(set) var dialect: Dialect?
    private(set) var hasOverlap = false
    /// `host:port` of the server: as its client named it, and as a recorder did that stood between.
    private(set) var host: String?
    private(set) var targetHost: String?

    private static let page = 2000

    init(_ archive: any TrafficArchive, sessions: [Int64]) throws(StoreFailure) {
        self.archive = archive
        for session in sessions {
            try readCalls(session)
            try readExchanges(session)
            try readMessages(session)
            if targetHost == nil {
                targetHost = try archive.recording(session >> 32)?.target.flatMap { Self.host(of: $0) }
            }
        }
    }

    private mutating func readCalls(_ session: Int64) throws(StoreFailure) {
        var after: Int64 = 0
        while true {
            let page = try archive.calls(ofSession: session, after: after, limit: Self.page)
            calls += page.filter { $0.direction == .clientToServer }
            guard page.count == Self.page, let last = page.last else { return }
            after = last.id
        }
    }

    private mutating func readExchanges(_ session: Int64) throws(StoreFailure) {
        var after: Int64 = 0
        while true {
            // An exchange holds its bodies, so few of them are held at a time.
            let page = try archive.exchanges(ofSession: session, after: after, limit: 100)
            for row in page {
                exchanges[row.id] = ExchangeFacts(row)
                if dialect == nil { dialect = row.attribution?.dialect }
                if host == nil { host = row.request.fields.first("host") }
            }
            guard page.count == 100, let last = page.last else { return }
            after = last.id
        }
    }

    private mutating func readMessages(_ session: Int64) throws(StoreFailure) {
        var belonging = Belonging(calls: calls, exchanges: exchanges)
        var after: Int64 = 0
        while true {
            let page = try archive.messages(ofSession: session, after: after, limit: Self.page)
            for row in page where row.duplicateOf == nil { try take(row, &belonging) }
            hasOverlap = hasOverlap || belonging.hasOverlap
            guard page.count == Self.page, let last = page.last else { return }
            after = last.id
        }
    }

    private mutating func take(_ row: MessageRow, _ belonging: inout Belonging) throws(StoreFailure) {
        switch (row.direction, row.kind) {
        case (.clientToServer, .request):
            guard let call = row.callID else { return }
            if requests[call] == nil { requests[call] = row }
            belonging.begin(row, token: try token(row, ["params", "_meta", "progressToken"]))
        case (.serverToClient, .response), (.serverToClient, .error):
            guard let call = row.callID else { return }
            answers[call, default: []].append(row)
            belonging.end(call, row)
        case (.serverToClient, .notification):
            let isProgress = row.method == "notifications/progress"
            let token = isProgress ? try token(row, ["params", "progressToken"]) : nil
            notifications[belonging.call(of: row, token: token) ?? 0, default: []].append(row)
        case (.clientToServer, .notification):
            guard let exchange = row.exchangeID, let method = row.method else { return }
            told[method, default: []].append(exchange)
        case (.serverToClient, .request) where row.method != "ping":
            questions[belonging.call(of: row, token: nil) ?? 0, default: []].append(row)
        default: return
        }
    }

    /// `host:port` of a URL; nil for what is none, such as the name of an interface.
    private static func host(of target: String) -> String? {
        guard let scheme = target.firstRange(of: "://") else { return nil }
        return String(target[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" })
    }

    private func token(_ row: MessageRow, _ path: [String]) throws(StoreFailure) -> JSONTree? {
        guard let tree = try tree(of: row) else { return nil }
        return path.reduce(tree) { $0?[$1] }
    }

    func tree(of row: MessageRow) throws(StoreFailure) -> JSONTree? {
        try archive.text(of: row).flatMap { JSONTree($0) }
    }

    /// How the session's listening streams began, without those that resume.
    var listening: [ExchangeFacts] {
        exchanges.sorted { $0.key < $1.key }.map(\.value).filter { $0.method == "GET" && !$0.isResuming }
    }
}

extension SessionContents.ExchangeFacts {
    private static let longestBody = 64 << 10

    init(_ row: ExchangeRow) {
        self.init(
            method: row.request.method, status: row.response.map { Int($0.status) },
            media: row.response?.fields.first("content-type").map { String($0.prefix { $0 != ";" }) },
            isStream: row.isStream,
            dialect: row.attribution?.dialect, isResuming: row.lastEventID != nil, endedBy: row.endedBy)
        guard let status, status >= 400, let body = row.responseBody, body.count <= Self.longestBody else { return }
        errorBody = body
    }
}
