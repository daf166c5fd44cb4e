import Conversation
import MCPTransports
import NIOCore
import Scenario
import WireFormats

/// Drives one client of a plan against a live server: does the steps when they are due, answers what the server asks,
/// carries cookies, and ends. Everything happens on one event loop.
///
/// A POST is sent at most once, whatever becomes of it. When the server cannot be reached, wants other credentials or does
/// not answer in time, nothing more is begun: what would follow could not mean what it meant. So it always ends, within the
/// time that its calls have.
final class PlanDriver: ExchangeOwner {
    enum Phase { case idle, opening, listening, driving, closing, over }

    let plan: ScenarioPlan
    let settings: DriveSettings
    let eventLoop: any EventLoop
    let tap: (any DriveTap)?
    /// Where others are driven beside it; nil alone.
    var seat: Meeting.Seat?
    /// Whether it may leave when its steps are over.
    var mayLeave: Bool
    private let whenOver: (DriveResult) -> Void

    var machine: ConversationMachine
    private var output = ConversationOutput()
    var maker: HTTPExchanges?
    private var timer: Scheduled<Void>?
    private var timerTime = Int64.max

    var phase = Phase.idle
    var schedule: StepSchedule
    var remap: Remap
    var result = DriveResult()
    var cookies = CookieJar()
    var streams = StreamsWatched()
    /// What is on its way, by the machine's number of the call.
    var calls: [UInt32: LiveCall] = [:]
    /// Notifications that wait to be taken, by their exchange, and the step that each is.
    var messages: [UInt32: Int] = [:]
    /// What is to be done when it is due: see `Alarm`.
    var alarms = Alarms()
    var nextID: Int
    /// The exchange of `notifications/initialized`.
    var opening: UInt32 = 0
    /// The call that carries each step, and until when it may take.
    var callOfStep: [Int: UInt32] = [:]
    var limits: [Int: Int64] = [:]
    /// What the client thinks in all about the questions of a step, in nanoseconds.
    let thinking: [Int: Int64]
    /// Steps whose answers have something that is sent later.
    let sources: Set<Int>
    /// Calls whose recorded ids are texts.
    let textIDs: Set<Int>
    /// Steps that wait for the listening stream to be back.
    var relistening: [Int] = []
    var book: AnswerBook
    var tasks = TaskQuestions()
    /// What is to be said to the server, in the order of its questions.
    var answers: [[UInt8]] = []
    /// How many messages came that belong to no call.
    var unasked = 0
    var isLingering = false
    /// When steps that wait for more to be heard are done without it; nil where none holds up the rest.
    var release: Int64?
    var thinkEnds: Int64 = 0
    var isClosing = false
    /// The client has done what it had to do, and leaves when what it said is taken.
    var isLeaving = false
    /// The server lost the session, and another one is not open yet.
    var isRenewing = false
    /// Exchanges of messages that want no answer.
    var posts: Set<UInt32> = []
    /// What happened in the machine and is still to be looked at, in order.
    var events: [DriveEvent] = []
    private var isWorking = false
    /// What the HTTP client said of the exchange whose end is being told.
    var cause: HTTPClientError?
    /// The target of each request that waits for its head.
    var targets: [UInt32: String] = [:]

    init(
        plan: ScenarioPlan, settings: DriveSettings, eventLoop: any EventLoop, tap: (any DriveTap)?,
        isGated: Bool = false, whenOver: @escaping (DriveResult) -> Void
    ) {
        self.plan = plan
        self.settings = settings
        self.eventLoop = eventLoop
        self.tap = tap
        self.whenOver = whenOver
        mayLeave = !isGated
        machine = ConversationMachine(settings: Self.conversation(plan, settings))
        schedule = StepSchedule(
            plan.steps, pace: settings.pace, skipping: settings.skipping, patience: settings.timeout.wholeNanoseconds,
            isGated: isGated)
        remap = Remap(plan)
        nextID = settings.firstID
        book = AnswerBook(plan.questions, onMiss: settings.onMiss, masks: settings.masks)
        var thinking: [Int: Int64] = [:]
        for question in plan.questions {
            guard let step = question.parentStep else { continue }
            thinking[step, default: 0] += settings.pace.scaled(question.thinkNs)
        }
        self.thinking = thinking
        sources = Set(plan.links.compactMap { if case .step(let step) = $0.from { step } else { nil } })
        textIDs = Set(
            plan.steps.lazy.filter { step in
                guard let body = step.call?.body, let id = JSONRPCEnvelope(body.span.bytes).idValue(in: body.span.bytes)
                else { return false }
                return if case .string = id { true } else { false }
            }.map(\.number))
        streams.watch(plan.steps)
        for (mask, secret) in settings.secrets { remap.supply(secret, for: mask) }
    }

    static var now: Int64 { Int64(bitPattern: NIODeadline.now().uptimeNanoseconds) }

    private static func conversation(_ plan: ScenarioPlan, _ settings: DriveSettings) -> ConversationSettings {
        ConversationSettings(
            url: settings.target, dialects: settings.dialect.map { [$0] } ?? ConversationSettings.detection,
            opening: .ofOwner, listens: plan.listens, openingTimeout: settings.timeout.wholeNanoseconds, stall: .never,
            reconnection: .init(initial: 50_000_000, maximum: 2_000_000_000, jitter: 0, attempts: 5),
            deletesSession: plan.ending.deletes, maximumWaiting: .max)
    }

    func start() {
        guard phase == .idle else { return }
        phase = .opening
        seat?.begun(.opening)
        maker = HTTPExchanges(
            origin: settings.target, configuration: settings.http, eventLoop: eventLoop, owner: self, observer: tap)
        alarms.set(.opening, at: Self.now, in: settings.timeout.wholeNanoseconds)
        feed { machine, output, now in machine.open(at: now, &output) }
        sendHandshake()
    }

    /// Ends it before its time.
    func interrupt() {
        guard phase != .over else { return }
        result.isInterrupted = true
        schedule.halt()
        if phase == .idle { finish() } else { close() }
    }

    /// The tap takes more.
    func goOn() {
        maker?.readOn()
        work()
    }

    // What HTTP brings.

    func responseBegan(_ number: UInt32, _ head: IncomingHead) {
        let target = targets.removeValue(forKey: number) ?? "/"
        for field in head.fields where field.name == "set-cookie" { cookies.take(field.value, target: target) }
        let session = [UInt8]((head["mcp-session-id"] ?? "").utf8)
        let media = Self.media(head["content-type"])
        feed { machine, output, now in
            machine.responseBegan(
                number, status: head.status, media: media, sessionID: session.span.bytes, at: now, &output)
        }
        if streams.listeningBegan(number) { listeningSettled() }
    }

    func responseBody(_ number: UInt32, _ bytes: ByteBuffer) {
        let step = streams.call(of: number).flatMap { calls[$0]?.step }
        let isWatched = step != nil || number == streams.listening
        let blocks = isWatched ? streams.count(bytes.readableBytesSpan, of: number, step: step) : 0
        feed { machine, output, now in machine.responseBody(number, bytes.readableBytesSpan, at: now, &output) }
        guard blocks > 0 else { return }
        for _ in 0..<blocks { schedule.heard(step, .event, at: Self.now) }
        work()
    }

    func exchangeEnded(_ number: UInt32, _ end: ExchangeEnd) {
        targets[number] = nil
        let outcome: ExchangeOutcome
        switch end {
        case .complete: outcome = .complete
        case .notSent(let error): (outcome, cause) = (.notSent, error)
        case .cut(let error): (outcome, cause) = (.cut, error)
        }
        let wasListening = streams.listeningBegan(number)
        streams.forget(number)
        posts.remove(number)
        feed { machine, output, now in machine.exchangeEnded(number, outcome, at: now, &output) }
        cause = nil
        leave()
        if wasListening { listeningSettled() }
    }

    private static func media(_ type: String?) -> ResponseMedia {
        let name = (type ?? "").prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
        return name == "text/event-stream" ? .eventStream : name == "application/json" ? .json : .other
    }

    // The machine.

    /// Lets the machine do something, does what it says, and goes on with the plan.
    @discardableResult
    func feed<Value, Failure: Error>(
        _ body: (inout ConversationMachine, inout ConversationOutput, Int64) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        eventLoop.preconditionInEventLoop()
        let value = try body(&machine, &output, Self.now)
        var index = 0
        // Nothing that is done here feeds the machine: what follows from it waits among the events.
        while index < output.actions.count {
            perform(output.actions[index], output)
            index += 1
        }
        output.clear()
        work()
        return value
    }

    /// Looks at what happened and begins what is due, until there is nothing left to do now.
    func work() {
        guard !isWorking else { return }
        isWorking = true
        while phase != .over {
            tellOthers()
            if !events.isEmpty {
                handle(events.removeFirst())
            } else if let alarm = alarms.take(at: Self.now) {
                ring(alarm)
            } else if phase == .driving, tap?.isHeld != true, let step = schedule.next(at: Self.now) {
                noteForgone()
                begin(step)
            } else {
                break
            }
        }
        isWorking = false
        if phase == .driving, schedule.isDone, mayLeave || schedule.isHalted { ending() }
        if phase == .driving { watchHeld() }
        armTimer()
    }

    /// Has `work` and the machine's `tick` called in time.
    private func armTimer() {
        let held = tap?.isHeld == true || phase != .driving
        let due = phase == .over ? .max : min(machine.nextDeadline, alarms.next, held ? .max : schedule.nextDue)
        guard due < timerTime else {
            if phase == .over { timer?.cancel() }
            return
        }
        timer?.cancel()
        timerTime = due
        timer = eventLoop.assumeIsolated().scheduleTask(deadline: .uptimeNanoseconds(UInt64(clamping: due))) {
            [weak self] in
            guard let self else { return }
            timerTime = .max
            feed { machine, output, now in machine.tick(at: now, &output) }
        }
    }

    /// The conversation is over and its connections are gone.
    func finish() {
        guard phase != .over else { return }
        phase = .over
        timer?.cancel()
        result.undone = schedule.unbegun.filter { plan.steps[$0].skipped == nil && !settings.skipping.contains($0) }
        defer { seat?.left() }
        guard let maker else { return handOver() }
        maker.close().assumeIsolated().whenComplete { _ in self.handOver() }
    }

    private func handOver() {
        tap?.handOver()
        whenOver(result)
    }
}
