import Traffic

/// Makes the parts that a proxy would show of made-up traffic, one exchange or one event of a stream at a time.
struct SyntheticTraffic {
    enum Kind: String, CaseIterable {
        /// Events of held streams, each a notification in a chunk of its own.
        case events
        /// A `tools/call` and its answer, each pair an exchange.
        case exchanges
    }

    /// Parts that belong together and the time between them.
    private var at: Int64 = 1_700_000_000_000_000_000
    private var exchange: UInt32 = 0
    private let places: UInt32
    private let text: String

    /// `places`: streams or connections that take turns. `size`: bytes of text in an event.
    init(places: Int, size: Int) {
        self.places = UInt32(places)
        text = String(repeating: "x", count: size)
    }

    /// Opens the connections, and for `events` a stream on each.
    mutating func open(_ kind: Kind, into recorder: inout TrafficRecorder) {
        for place in 1...places {
            feed(.opened(client: "127.0.0.1:\(40000 + place)", server: "127.0.0.1:6400"), place, 0, "", &recorder)
            let upstream = WirePart.upstreamOpened(
                number: places + place, client: "127.0.0.1:\(50000 + place)", server: "127.0.0.1:8000")
            feed(upstream, place, 0, "", &recorder)
            guard kind == .events else { continue }
            exchange += 1
            feed(.requestHead, place, exchange, Self.head("GET", place, length: nil), &recorder)
            feed(.requestEnd, place, exchange, "", &recorder)
            feed(
                .responseHead, place, exchange,
                "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n", &recorder)
        }
    }

    /// The `number`th event or exchange. Returns how many parts it was made of.
    mutating func next(_ kind: Kind, _ number: Int, into recorder: inout TrafficRecorder) -> Int {
        kind == .events ? event(number, into: &recorder) : call(number, into: &recorder)
    }

    private mutating func event(_ number: Int, into recorder: inout TrafficRecorder) -> Int {
        let place = UInt32(number) % places + 1
        let event =
            "event: message\r\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":"
            + "{\"level\":\"info\",\"logger\":\"bench\",\"data\":{\"number\":\(number),\"text\":\"\(text)\"}}}\r\n\r\n"
        at += 20_000
        feed(.responseChunk(size: UInt64(event.utf8.count)), place, place, "", &recorder)
        feed(.responseBody, place, place, event, &recorder)
        return 2
    }

    private mutating func call(_ number: Int, into recorder: inout TrafficRecorder) -> Int {
        let place = UInt32(number) % places + 1
        exchange += 1
        at += 20_000
        let request =
            "{\"jsonrpc\":\"2.0\",\"id\":\(number),\"method\":\"tools/call\","
            + "\"params\":{\"name\":\"echo\",\"arguments\":{\"text\":\"hello\"}}}"
        let answer =
            "{\"jsonrpc\":\"2.0\",\"id\":\(number),\"result\":"
            + "{\"content\":[{\"type\":\"text\",\"text\":\"hello\"}],\"isError\":false}}"
        feed(.requestHead, place, exchange, Self.head("POST", place, length: request.utf8.count), &recorder)
        let edit = Edit(place: .request, what: "host", from: "127.0.0.1:6400", to: "127.0.0.1:8000")
        feed(.edited(edit), place, exchange, "", &recorder)
        feed(.requestBody, place, exchange, request, &recorder)
        feed(.requestEnd, place, exchange, "", &recorder)
        at += 500_000
        feed(.responseHead, place, exchange, Self.answerHead(answer.utf8.count), &recorder)
        feed(.responseBody, place, exchange, answer, &recorder)
        feed(.responseEnd, place, exchange, "", &recorder)
        feed(.ended(by: .server, reason: .complete), place, exchange, "", &recorder)
        return 8
    }

    private static func head(_ method: String, _ place: UInt32, length: Int?) -> String {
        let content = length.map { "content-type: application/json\r\ncontent-length: \($0)\r\n" } ?? ""
        return "\(method) /mcp HTTP/1.1\r\nhost: 127.0.0.1:6400\r\naccept: application/json, text/event-stream\r\n"
            + "user-agent: synthetic/1.0\r\nmcp-session-id: session-\(place)\r\nmcp-protocol-version: 2025-11-25\r\n"
            + "authorization: Bearer a-secret-of-\(place)\r\n\(content)\r\n"
    }

    private static func answerHead(_ length: Int) -> String {
        "HTTP/1.1 200 OK\r\ndate: Tue, 14 Nov 2023 22:13:20 GMT\r\nserver: synthetic\r\n"
            + "content-type: application/json\r\ncontent-length: \(length)\r\n\r\n"
    }

    private func feed(
        _ part: WirePart, _ connection: UInt32, _ exchange: UInt32, _ text: String,
        _ recorder: inout TrafficRecorder
    ) {
        let bytes = Array(text.utf8)
        recorder.feed(part, connection: connection, exchange: exchange, at: at, bytes: bytes.span.bytes)
    }
}
