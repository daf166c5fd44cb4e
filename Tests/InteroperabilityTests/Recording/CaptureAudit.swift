import Foundation

/// Holds a capture against what the clients saw. Every check returns sentences, none where all is well.
struct CaptureAudit {
    let cell: Cell
    let legs: Legs
    let expected: Expectations
    let capture: Capture
    /// The stored exchange of each name: names travel in `x-request-id`.
    private let stored: [String: Capture.Exchange]
    private let names: [Int: String]

    init(_ tour: RecordedTour, of cell: Cell) throws {
        self.cell = cell
        legs = tour.legs
        expected = tour.expectations
        capture = tour.capture
        var stored: [String: Capture.Exchange] = [:]
        var names: [Int: String] = [:]
        for exchange in capture.exchanges {
            let headers = try Self.headers(exchange.requestHeaders)
            let name = headers.first { $0[0].lowercased() == "x-request-id" }?[1]
            guard let name, stored[name] == nil else {
                throw HarnessFailure("an exchange of the capture is not the tour's, or is there twice: \(exchange)")
            }
            stored[name] = exchange
            names[exchange.id] = name
        }
        self.stored = stored
        self.names = names
    }

    /// The tour's name of a stored exchange.
    func name(of exchange: Int?) -> String? { exchange.flatMap { names[$0] } }

    static func headers(_ json: String?) throws -> [[String]] {
        try JSONDecoder().decode([[String]].self, from: Data((json ?? "[]").utf8))
    }

    /// The file is sound, and one recording is in it that ended well and missed nothing.
    func file() -> [String] {
        var problems = capture.integrity.map(\.integrityCheck).filter { $0 != "ok" }
        guard capture.recordings.count == 1, let recording = capture.recordings.first else {
            return problems + ["\(capture.recordings.count) recordings instead of one"]
        }
        if recording.source != "proxy" { problems.append("the recording's source is \(recording.source)") }
        if recording.interrupted != 0 { problems.append("the recording is marked interrupted") }
        if recording.ended != 1 { problems.append("the recording has no end") }
        if recording.gaps != 0 || recording.gapBytes != 0 || capture.gaps.first?.count != 0 {
            problems.append("the recording has gaps: \(recording), \(capture.gaps)")
        }
        return problems
    }

    /// Each leg speaks TLS or not, as it was asked to, and the capture says so.
    func connections() -> [String] {
        var problems: [String] = []
        for (leg, isSecure) in [("client", legs.client), ("upstream", legs.upstream)] {
            let found = capture.connections.filter { $0.leg == leg }
            if found.isEmpty { problems.append("no connection of leg \(leg)") }
            if let other = found.first(where: { ($0.tls != nil) != isSecure }) {
                problems.append(
                    "a connection of leg \(leg) has TLS \(other.tls ?? "off"), expected it \(isSecure ? "on" : "off")")
            }
        }
        return problems
    }

    /// Every exchange is there with its head, body and end, and none besides.
    func exchanges() throws -> [String] {
        var problems: [String] = []
        for exchange in expected.exchanges {
            guard let found = stored[exchange.name] else {
                problems.append("\(exchange.name) \(exchange.method) \(exchange.target) is not in the capture")
                continue
            }
            var check = Comparison(of: exchange.name)
            check.equal("method", exchange.method, found.method)
            check.equal("target", exchange.target, found.target)
            check.equal("status", exchange.status, found.status)
            check.equal("is_stream", exchange.isStream, found.isStream == 1)
            check.equal("last_event_id", exchange.lastEventId, found.lastEventId)
            check.equal("redacted", 0, found.redacted)
            check.equal("request_headers", exchange.requestHeaders, try Self.headers(found.requestHeaders))
            check.equal("response_headers", exchange.responseHeaders, try Self.headers(found.responseHeaders))
            check.equal("request_body", exchange.requestBody, found.requestBody)
            if let body = exchange.responseBody, !exchange.leftAfterAnswer || body != "" {
                check.equal("response_body", body, found.responseBody)
            }
            check.end(exchange, found)
            problems += check.problems
        }
        if capture.exchanges.count != expected.exchanges.count {
            problems.append("\(capture.exchanges.count) exchanges instead of \(expected.exchanges.count)")
        }
        return problems
    }

    /// What a client had finished before it began something else stands before it in the capture.
    func order() -> [String] {
        var problems: [String] = []
        for earlier in expected.exchanges {
            for later in expected.exchanges where earlier.ended ?? .max < later.started {
                guard let first = stored[earlier.name], let second = stored[later.name] else { continue }
                if (first.requestStartNs, first.id) > (second.requestStartNs, second.id) {
                    problems.append("\(earlier.name) stands after \(later.name)")
                }
            }
        }
        return problems
    }

    /// Every block of every stream, comments included, in order. A client that closes a stream may miss what was
    /// already on its way: heartbeats, and the empty event with which a resumed stream begins anew even after its
    /// answer. No message is among them.
    func streams() -> [String] {
        let blocks = Dictionary(grouping: capture.blocks, by: \.exchangeId)
        return expected.exchanges.flatMap { exchange -> [String] in
            guard let found = stored[exchange.name] else { return [] }
            let here = exchange.blocks.map(\.normalized)
            let there = (blocks[found.id] ?? []).map(\.block.normalized)
            var check = Comparison(of: exchange.name)
            for (index, pair) in zip(here, there).enumerated() { check.equal("block \(index)", pair.0, pair.1) }
            if there.count < here.count { check.note("\(there.count) blocks instead of \(here.count)") }
            let rest = there.dropFirst(here.count)
            if !rest.isEmpty, exchange.endedBy != "client" || rest.contains(where: { $0.kind == "event" }) {
                check.note("blocks that the client never saw: \(rest)")
            }
            return check.problems
        }
    }
}
