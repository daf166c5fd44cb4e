import NIOCore
import WireFormats

extension ConnectionHandler {
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard phase == .answering else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        var buffer = context.channel.allocator.buffer(capacity: 1024)
        var isComplete = false
        for part in unwrapOutboundIn(data).parts where !isComplete {
            switch part {
            case .whole(let response):
                encoder.encode(response, date: settings.now(), into: &buffer)
            case .streamHead(let fields):
                isStreaming = true
                if encoder.minorVersion == 0 { encoder.keepsAlive = false }
                encoder.encodeStreamHead(fields, date: settings.now(), into: &buffer)
            case .streamBytes(let bytes):
                encoder.encodeStreamBytes(bytes, into: &buffer)
            case .streamEnd:
                encoder.encodeStreamEnd(into: &buffer)
            }
            isComplete = part.isLast
        }
        context.write(wrapOutboundOut(buffer), promise: promise)
        if isComplete { responseCompleted(context) }
    }

    private func responseCompleted(_ context: ChannelHandlerContext) {
        exchange?.completed()
        exchange = nil
        isStreaming = false
        guard encoder.keepsAlive else {
            linger(context)
            return
        }
        context.flush()
        phase = .reading
        armTimer(context)
        if isReadPaused {
            isReadPaused = false
            context.read()
        }
        if inbox.readableBytes > 0 { readRequests(context) }
    }

    /// Ends the writing side at once and the connection when the client has ended it too, or soon.
    func linger(_ context: ChannelHandlerContext) {
        phase = .lingering
        inbox = ByteBuffer()
        body = []
        context.flush()
        armTimer(context)
        let loopBound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.whenSuccess {
            let (handler, context) = loopBound.value
            handler.isAllSent = true
            handler.armTimer(context)
        }
        context.close(mode: .output, promise: sent)
    }

    /// Sets the one timer of the connection to what the phase waits for.
    func armTimer(_ context: ChannelHandlerContext) {
        timer?.cancel()
        let delay: TimeAmount =
            switch phase {
            case .reading: TimeAmount(isRequestTimed ? settings.timeouts.request : settings.timeouts.idleConnection)
            case .answering: TimeAmount(settings.timeouts.heartbeat)
            case .lingering: isAllSent ? Self.lingerTime : TimeAmount(settings.timeouts.idleConnection)
            }
        let loopBound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: delay) {
            let (handler, context) = loopBound.value
            handler.timerFired(context)
        }
    }

    private func timerFired(_ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        switch phase {
        case .reading where !isRequestTimed, .lingering:
            context.close(promise: nil)
        case .reading:
            refuseAndLinger(.text(408, "The request did not arrive in time."), context)
        case .answering where isStreaming:
            sendHeartbeat(context)
            armTimer(context)
        case .answering:
            exchange?.waited()
            armTimer(context)
        }
    }

    /// A comment, which readers of event streams skip (WHATWG HTML §9.2.6); none while the socket is full, because then
    /// something else is on its way.
    private func sendHeartbeat(_ context: ChannelHandlerContext) {
        guard context.channel.isWritable else { return }
        var comment: [UInt8] = []
        EventStreamEncoder().encode(comment: "ping - \(settings.now().text)", into: &comment)
        var buffer = context.channel.allocator.buffer(capacity: comment.count + 16)
        encoder.encodeStreamBytes(comment, into: &buffer)
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }
}

extension TimeAmount {
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self = .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
