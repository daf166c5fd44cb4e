import NIOCore
import NIOPosix
import WireFormats

/// One client connection, its upstream connection, and what is under way between them.
///
/// Everything runs on the event loop of the client's channel. What a channel read is parsed, edited, written to the
/// other leg and flushed within the same read cycle; only incomplete heads stay, in the parsers.
final class Relay {
    /// How far the upstream connection is.
    enum Upstream { case none, connecting, open, gone }

    /// What is done with bytes of the client: forwarded; dropped since a request was refused; dropped since the answer
    /// to it was written.
    enum Intake { case forwarding, refused, answered }

    let state: LoopState
    let number: UInt32
    var requests: HTTP1Parser
    var responses: HTTP1Parser
    var client: Leg?
    var upstreamLeg: Leg?
    var upstream = Upstream.none
    var upstreamNumber: UInt32 = 0
    var intake = Intake.forwarding
    var isHeld = false
    var isFinished = false
    /// Exchanges under way, oldest first.
    var inFlight: [ExchangeUnderWay] = []
    /// The response of the oldest exchange has begun to be passed on.
    var isResponseUnderWay = false
    /// What is written to the upstream before it is connected.
    var backlog: ByteBuffer?
    /// The client sent FIN before the upstream was connected: what the upstream is owed.
    var owedFarewell: Leg.Farewell?
    /// Until when the upstream may take for the handshake of TLS.
    var handshakeDeadline: Scheduled<Void>?
    var isHandshakeLate = false
    /// The rewriting of the event stream under way, until its first event is decided.
    var streamRewrite: StreamRewrite?
    /// The discovery document of OAuth under way, until it is whole.
    var metadataRewrite: MetadataRewrite?
    /// What first ended or broke the relay.
    var cause: (by: TapEnder, reason: TapEndReason)?
    var upstreamCause: (by: TapEnder, reason: TapEndReason)?
    /// Bytes dropped since the answer was written.
    var droppedBytes = 0
    var lingering: Scheduled<Void>?

    init(state: LoopState) {
        self.state = state
        number = state.numbering.nextConnection()
        let limits = HTTP1Parser.Limits(headBytes: state.configuration.headLimit)
        requests = HTTP1Parser(role: .request, policy: .strict, limits: limits)
        responses = HTTP1Parser(role: .response, policy: .strict, limits: limits)
    }

    // MARK: Reading

    /// May the leg be read? Not while what it gives could not be written on, nor while the tap holds the traffic.
    func mayRead(_ side: Side) -> Bool {
        switch side {
        case .client:
            if intake != .forwarding { return true }
            if isHeld || inFlight.count >= state.configuration.pipelineDepth { return false }
            return switch upstream {
            case .none: true
            case .connecting: false
            case .open: upstreamLeg?.isWritable ?? true
            case .gone: true
            }
        case .upstream:
            return !isHeld && (client?.isWritable ?? true)
        }
    }

    func resumeReads() {
        if mayRead(.client) { client?.resumeRead() }
        if mayRead(.upstream) { upstreamLeg?.resumeRead() }
    }

    func received(_ buffer: ByteBuffer, from side: Side) {
        switch side {
        case .client: receivedFromClient(buffer)
        case .upstream: receivedFromUpstream(buffer)
        }
        state.pool.give(buffer)
    }

    func readCycleEnded(_ side: Side) {
        switch side {
        case .client: upstreamLeg?.flush()
        case .upstream: client?.flush()
        }
        state.deliver(for: self)
    }

    /// Calls `body` with the head that the parser of a side has just given.
    func withHead<Result>(of side: Side, in buffer: ByteBuffer, _ body: (HeadView) -> Result) -> Result {
        let head = side == .client ? requests.head : responses.head
        if let range = side == .client ? requests.headRange : responses.headRange {
            return buffer.withUnsafeReadableBytes {
                body(HeadView(bytes: UnsafeRawBufferPointer(rebasing: $0[range]), head: head))
            }
        }
        // It came in pieces; a copy of the parser (cheap beside that) lets `body` use the parser itself.
        let parser = side == .client ? requests : responses
        return parser.withHeadBytes(in: buffer.readableBytesSpan) { bytes in
            bytes.withUnsafeBytes { body(HeadView(bytes: $0, head: head)) }
        }
    }

    // MARK: Writing

    func writeToUpstream(_ buffer: ByteBuffer) {
        switch upstream {
        case .open: upstreamLeg?.write(buffer)
        case .connecting, .none:
            if backlog == nil { backlog = ByteBuffer() }
            backlog?.writeImmutableBuffer(buffer)
        case .gone: break
        }
    }

    func write(_ buffer: ByteBuffer, awayFrom side: Side) {
        switch side {
        case .client: writeToUpstream(buffer)
        case .upstream: client?.write(buffer)
        }
    }
}

/// A request that was received and whose response is not complete.
struct ExchangeUnderWay {
    let number: UInt32
    /// May its response be a stream of the transport that announces an `endpoint`?
    let isGet: Bool
    let isHead: Bool
    let host: AcceptedHost?
    /// What the forwarder has to read in its response.
    var reads: RequestEditor.Reading?
    var isRequestComplete = false
    var isResponseComplete = false
    /// Is nothing of it to reach the upstream?
    var isRefused = false
    /// What the forwarder says to it when its turn comes.
    var answer: OwnAnswer?
}
