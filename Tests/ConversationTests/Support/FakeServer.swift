import Conversation

/// A server of one dialect as far as `World` needs it: answers each request with parts, and keeps the events of its
/// streams, so that they can be asked for again where the dialect allows it.
final class FakeServer {
    enum Part {
        case head(Int, ResponseMedia, session: String)
        case bytes([UInt8])
        case end
    }

    /// An event stream: what was said on it, and the exchange that carries it now.
    struct Stream {
        var events: [String] = []
        var isFinished = false
        var exchange: UInt32 = 0
        var sent = 0
    }

    let dialect: Dialect
    /// Parts to deliver, in order.
    var parts: [(exchange: UInt32, part: Part)] = []
    var streams: [String: Stream] = [:]
    /// How often each POST came that may not be repeated.
    private(set) var posts: [String: Int] = [:]
    /// Numbers of the changes that were told of on the listening stream.
    var changes: [Int] = []
    var sessions = 0
    /// The calls that wait for an answer of the client, by the id of the question.
    var questions: [String: String] = [:]

    init(_ dialect: Dialect) { self.dialect = dialect }

    func receive(_ number: UInt32, _ request: Script.Request) {
        if request.method == "GET" { return listen(number, request) }
        if request.method == "DELETE" { return answer(number, 200) }
        if !request.body.contains("initialize") && !request.body.contains("discover") {
            posts[request.body, default: 0] += 1
        }
        let method = ActionText.about(request.body).split(separator: " ")
        let id = method.count > 1 ? String(method[1]) : ""
        switch method[0] {
        case "initialize": initialize(number, id)
        case "server/discover": answer(number, 200, Sample.result(id, Sample.discovery()))
        case "subscriptions/listen": subscribe(number, id)
        case "notifications/initialized": initialized(number)
        case "tools/call": call(number, id, request.body)
        case "response": answered(number, id)
        default: answer(number, 202)
        }
    }

    /// The client or the network closed an exchange.
    func gone(_ exchange: UInt32) {
        parts.removeAll { $0.exchange == exchange }
        for name in streams.keys where streams[name]?.exchange == exchange {
            streams[name]?.exchange = 0
            if dialect == .httpSSE { streams[name]?.isFinished = true }
        }
    }

    func answer(_ number: UInt32, _ status: Int, _ text: String = "", session: String = "") {
        parts.append((number, .head(status, text.isEmpty ? .other : .json, session: session)))
        if !text.isEmpty { parts.append((number, .bytes([UInt8](text.utf8)))) }
        parts.append((number, .end))
    }

    /// Says something on a stream; with ids where streams can go on.
    func say(_ name: String, _ data: String, type: String? = nil, retry: Int? = nil) {
        let index = streams[name, default: Stream()].events.count
        let hasIDs = dialect == .streamable || dialect == .broadcast
        streams[name, default: Stream()].events.append(
            Sample.event(data, id: hasIDs ? "\(name)/\(index)" : nil, type: type, retry: retry))
        flush(name)
    }

    /// Sends what a stream has for whoever listens.
    func flush(_ name: String) {
        guard var stream = streams[name], stream.exchange != 0 else { return }
        for event in stream.events[stream.sent...] { parts.append((stream.exchange, .bytes([UInt8](event.utf8)))) }
        stream.sent = stream.events.count
        if stream.isFinished { parts.append((stream.exchange, .end)) }
        streams[name] = stream
    }

    func attach(_ number: UInt32, to name: String, from event: Int, session: String = "") {
        parts.append((number, .head(200, .eventStream, session: session)))
        streams[name, default: Stream()].exchange = number
        streams[name]?.sent = event
        flush(name)
    }

    func finish(_ name: String) {
        streams[name]?.isFinished = true
        guard let exchange = streams[name]?.exchange, exchange != 0 else { return }
        parts.append((exchange, .end))
    }
}
