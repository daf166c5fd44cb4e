import Conversation
import NIOCore
import WireFormats

/// Drives one `ConversationMachine` on an event loop: gives it what HTTP brings and what its owner sends, and does what it
/// says. Everything happens on the event loop.
final class ConversationDriver: ExchangeOwner {
    typealias Waiter = CheckedContinuation<Void, any Error>

    private let eventLoop: any EventLoop
    private let scratch: DriverScratch
    private var machine: ConversationMachine
    private var timer: Scheduled<Void>?
    private var timerTime = Int64.max

    let fields: RequestFields
    let inbox: TransportInbox
    var maker: (any ExchangeMaker)?
    /// Who waits for the server to accept a message, by its exchange.
    var acceptances: [UInt32: Waiter] = [:]
    /// Who waits for the event stream that a conversation needs.
    var connecting: Waiter?
    var closing: [Waiter] = []
    var isOver = false
    /// What the HTTP client said of the exchange whose end is being told.
    var cause: HTTPClientError?
    var figures = SSEClientTransport.Status()
    var toolFields = ToolParameterFields()
    var refusals = Refusals()

    init(
        settings: ConversationSettings, fields: RequestFields, inbox: TransportInbox, eventLoop: any EventLoop
    ) {
        self.eventLoop = eventLoop
        self.fields = fields
        self.inbox = inbox
        scratch = DriverScratch.shared(by: eventLoop)
        machine = ConversationMachine(settings: settings, seed: UInt64.random(in: 1 ... .max))
    }

    private static var now: Int64 { Int64(bitPattern: NIODeadline.now().uptimeNanoseconds) }

    /// Begins. `waiter` goes on when messages can be sent.
    func start(_ maker: any ExchangeMaker, _ waiter: Waiter) {
        self.maker = maker
        connecting = waiter
        feed { machine, output, now in machine.open(at: now, &output) }
        // Only http+sse has something to open before the first message.
        if machine.openStreams == 0, machine.currentDialect != .httpSSE || !isForced { connected() }
    }

    private var isForced: Bool { machine.settings.dialects.count == 1 }

    func connected() {
        connecting?.resume()
        connecting = nil
    }

    func send(_ message: [UInt8], _ waiter: Waiter) {
        do {
            let sent = try feed { machine, output, now in try machine.send(message.span.bytes, at: now, &output) }
            if sent.call != 0 { toolFields.sent(message, call: sent.call) }
            guard sent.exchange != 0, !isOver else { return waiter.resume() }
            acceptances[sent.exchange] = waiter
        } catch let refusal as SendRefusal {
            waiter.resume(throwing: MCPTransportError(refusal))
        } catch {
            waiter.resume(throwing: error)
        }
    }

    func close(_ waiter: Waiter) {
        guard !isOver else { return waiter.resume() }
        closing.append(waiter)
        feed { machine, output, now in machine.close(at: now, &output) }
    }

    var status: SSEClientTransport.Status {
        var status = figures
        status.isOpen = machine.isOpen
        status.dialect = machine.isOpen ? HTTPDialect(machine.currentDialect) : nil
        status.revision = machine.isOpen ? "\(machine.currentRevision.text)" : nil
        let session = machine.sessionIDBytes
        status.sessionID = session.isEmpty ? nil : String(decoding: session, as: UTF8.self)
        status.pendingRequests = machine.pendingCalls
        status.openStreams = machine.openStreams
        return status
    }

    var speaksStateless: Bool { machine.currentDialect == .stateless }

    // What HTTP brings.

    func responseBegan(_ number: UInt32, _ head: IncomingHead) {
        refusals.began(number, status: head.status)
        let session = [UInt8]((head["mcp-session-id"] ?? "").utf8)
        let type = head["content-type"]
        let media: ResponseMedia =
            MediaType.eventStream.isNamed(by: type) ? .eventStream : MediaType.json.isNamed(by: type) ? .json : .other
        feed { machine, output, now in
            machine.responseBegan(
                number, status: head.status, media: media, sessionID: session.span.bytes, at: now, &output)
        }
    }

    func responseBody(_ number: UInt32, _ bytes: ByteBuffer) {
        refusals.body(number, bytes)
        feed { machine, output, now in
            machine.responseBody(number, bytes.readableBytesSpan, at: now, &output)
        }
    }

    func exchangeEnded(_ number: UInt32, _ end: ExchangeEnd) {
        let outcome: ExchangeOutcome
        switch end {
        case .complete: outcome = .complete
        case .notSent(let error):
            outcome = .notSent
            cause = error
        case .cut(let error):
            outcome = .cut
            cause = error
        }
        feed { machine, output, now in machine.exchangeEnded(number, outcome, at: now, &output) }
        cause = nil
    }

    // The machine.

    /// Lets the machine do something, and does what it says.
    @discardableResult
    private func feed<Result, Failure: Error>(
        _ body: (inout ConversationMachine, inout ConversationOutput, Int64) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        eventLoop.preconditionInEventLoop()
        let box = scratch.borrow()
        let result = try body(&machine, &box.output, Self.now)
        var index = 0
        while index < box.output.actions.count {
            perform(box.output.actions[index], box.output)
            index += 1
        }
        scratch.giveBack(box)
        armTimer()
        return result
    }

    /// Has `tick` called in time. A timer that comes early is left: most deadlines move on before they are due.
    private func armTimer() {
        let due = isOver ? .max : machine.nextDeadline
        guard due < timerTime else {
            if due == .max, isOver { timer?.cancel() }
            return
        }
        timer?.cancel()
        timerTime = due
        timer = eventLoop.assumeIsolated().scheduleTask(
            deadline: .uptimeNanoseconds(UInt64(clamping: due))
        ) { [weak self] in
            guard let self else { return }
            timerTime = .max
            feed { machine, output, now in machine.tick(at: now, &output) }
        }
    }
}
