import Recording
import Traffic
import WireFormats

/// One exchange whose content is encoded, as a source would tell it to a recorder.
struct EncodedExchange {
    private var recorder: TrafficRecorder
    private var at: Int64 = 1000
    private(set) var row: ExchangeRow?
    private(set) var blocks: [ServerSentBlock] = []
    private(set) var messages: [MessageRow] = []
    private(set) var gaps: [GapRow] = []

    init(redactor: Redactor? = nil) {
        recorder = TrafficRecorder(recordingID: 1, name: nil, redactor: redactor, inflater: ZlibInflater.self)
        feed(.opened(client: "127.0.0.1:1", server: "127.0.0.1:2"))
    }

    mutating func request(
        _ encoding: String? = nil, _ pieces: [[UInt8]] = [], type: String = "application/json", ends: Bool = true
    ) {
        feed(.requestHead, "POST /mcp HTTP/1.1\r\n\(Self.fields(type, encoding))\r\n")
        for piece in pieces { feed(.requestBody, piece) }
        if ends { feed(.requestEnd) }
    }

    mutating func response(_ encoding: String?, type: String = "application/json") {
        feed(.responseHead, "HTTP/1.1 200 OK\r\n\(Self.fields(type, encoding))\r\n")
    }

    mutating func body(_ piece: [UInt8]) { feed(.responseBody, piece) }
    mutating func gap() { feed(.gap(bytes: 9, reason: "queue full")) }

    mutating func end(_ reason: EndReason = .complete) {
        if reason == .complete { feed(.responseEnd) }
        feed(.ended(by: .server, reason: reason))
        take()
    }

    /// Takes what is new, as a commit does.
    mutating func take() {
        let batch = recorder.drain()
        row = batch.exchanges.last ?? row
        blocks += batch.streamEvents.map(\.block.block)
        messages += batch.messages
        gaps += batch.gaps
    }

    private mutating func feed(_ part: WirePart, _ text: String) { feed(part, Array(text.utf8)) }

    private mutating func feed(_ part: WirePart, _ bytes: [UInt8] = []) {
        at += 1000
        recorder.feed(part, connection: 1, exchange: 1, at: at, bytes: bytes.span.bytes)
    }

    private static func fields(_ type: String, _ encoding: String?) -> String {
        "Content-Type: \(type)\r\n" + (encoding.map { "Content-Encoding: \($0)\r\n" } ?? "")
    }

    /// A response whose content comes in these pieces.
    static func answered(
        _ encoding: String, _ pieces: [[UInt8]], type: String = "application/octet-stream",
        _ reason: EndReason = .complete
    ) -> EncodedExchange {
        var exchange = EncodedExchange()
        exchange.request()
        exchange.response(encoding, type: type)
        for piece in pieces { exchange.body(piece) }
        exchange.end(reason)
        return exchange
    }
}
