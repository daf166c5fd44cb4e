import Conversation
import WireFormats

/// A conversation by hand: plays the owner, the driver and the server of one machine, with a clock that stands still.
/// Each input gives what the machine wants done, as lines of text.
final class Script {
    /// A request that the machine made.
    struct Request {
        let method: String
        let target: String
        let fields: [String: String]
        let body: String
        let isLongLived: Bool
    }

    private(set) var machine: ConversationMachine
    private(set) var requests: [UInt32: Request] = [:]
    /// All lines so far.
    private(set) var lines: [String] = []
    /// Nanoseconds.
    private(set) var now: Int64 = 1_000_000_000
    private var output = ConversationOutput()
    /// How bodies are cut into pieces.
    var pieces: (ArraySlice<UInt8>) -> [ArraySlice<UInt8>] = { [$0] }

    /// Told of each action before it is a line.
    var observe: ((ConversationAction, (ByteSlice) -> String) -> Void)?

    init(_ settings: ConversationSettings, seed: UInt64 = 1) {
        machine = ConversationMachine(settings: settings, seed: seed)
    }

    // The owner.

    @discardableResult func open() -> [String] {
        machine.open(at: now, &output)
        return drain()
    }

    /// Sends a message and gives what is to be done.
    @discardableResult func send(_ text: String) throws(SendRefusal) -> [String] {
        _ = try post(text)
        return drain()
    }

    /// Sends a message and gives what became of it; what is to be done is only noted.
    @discardableResult func post(_ text: String) throws(SendRefusal) -> ConversationMachine.Sent {
        let bytes = [UInt8](text.utf8)
        return try machine.send(bytes.span.bytes, at: now, &output)
    }

    @discardableResult func cancel(_ call: UInt32) -> [String] {
        machine.cancel(call, at: now, &output)
        return drain()
    }

    @discardableResult func close() -> [String] {
        machine.close(at: now, &output)
        return drain()
    }

    // The server, by way of the driver.

    @discardableResult func head(
        _ exchange: UInt32, _ status: Int, _ media: ResponseMedia = .other, session: String = ""
    ) -> [String] {
        let id = [UInt8](session.utf8)
        machine.responseBegan(exchange, status: status, media: media, sessionID: id.span.bytes, at: now, &output)
        return drain()
    }

    @discardableResult func body(_ exchange: UInt32, _ text: String) -> [String] { body(exchange, [UInt8](text.utf8)) }

    @discardableResult func body(_ exchange: UInt32, _ bytes: [UInt8]) -> [String] {
        for piece in pieces(bytes[...]) {
            let part = [UInt8](piece)
            machine.responseBody(exchange, part.span.bytes, at: now, &output)
        }
        return drain()
    }

    @discardableResult func end(_ exchange: UInt32, _ outcome: ExchangeOutcome = .complete) -> [String] {
        machine.exchangeEnded(exchange, outcome, at: now, &output)
        return drain()
    }

    /// A whole response of JSON, or of nothing.
    @discardableResult func answer(
        _ exchange: UInt32, _ status: Int = 200, _ text: String = "", session: String = ""
    ) -> [String] {
        head(exchange, status, text.isEmpty ? .other : .json, session: session) + body(exchange, text) + end(exchange)
    }

    /// The beginning of an event stream: one message an event.
    @discardableResult func stream(_ exchange: UInt32, _ text: String = "", session: String = "") -> [String] {
        head(exchange, 200, .eventStream, session: session) + body(exchange, text)
    }

    /// Lets time pass, in seconds: everything that becomes due is done when it is.
    @discardableResult func wait(_ seconds: Double) -> [String] {
        let end = now + Int64(seconds * 1_000_000_000)
        var done: [String] = []
        while machine.nextDeadline <= end {
            now = max(now, machine.nextDeadline)
            machine.tick(at: now, &output)
            done += drain()
        }
        now = end
        return done
    }

    /// Seconds until something is due, nil for never.
    var due: Double? {
        machine.nextDeadline == .max ? nil : Double(machine.nextDeadline - now) / 1_000_000_000
    }

    // How it stands.

    var isOpen: Bool { machine.isOpen }
    var isClosed: Bool { machine.isClosed }
    var dialect: Dialect { machine.currentDialect }
    var sessionID: String { String(decoding: machine.sessionIDBytes, as: UTF8.self) }
    var pendingCalls: Int { machine.pendingCalls }

    // What came out.

    /// Takes the actions as lines.
    private func drain() -> [String] {
        let done = output.actions.map { action in
            let line = text(of: action)
            observe?(action, copy)
            return line
        }
        output.clear()
        lines += done
        return done
    }

    private func copy(_ slice: ByteSlice) -> String { String(decoding: output.copy(of: slice), as: UTF8.self) }

    private func text(of action: ConversationAction) -> String {
        guard case .begin(let number, let method, let target, let fields, let body, let call, let isLongLived) = action
        else { return ActionText.line(action, copy) }
        let request = Request(
            method: "\(method)".uppercased(), target: copy(target), fields: ActionText.fields(copy(fields)),
            body: copy(body), isLongLived: isLongLived)
        requests[number] = request
        let about = request.body.isEmpty ? "" : " " + ActionText.about(request.body)
        return "#\(number) \(request.method) \(request.target)\(about)" + (call == 0 ? "" : " for \(call)")
    }
}
