import NIOCore

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
            case .streamHead(let fields, let carriesRequests):
                isStreaming = true
                self.carriesRequests = carriesRequests
                if encoder.minorVersion == 0 { encoder.keepsAlive = false }
                encoder.encodeStreamHead(fields, date: settings.now(), into: &buffer)
            case .plainHead(let head):
                isStreaming = true
                if encoder.minorVersion == 0 { encoder.keepsAlive = false }
                encoder.encodePlainHead(head, date: settings.now(), into: &buffer)
            case .beginning(let response, let bytes):
                encoder.encode(response, bytes: bytes, date: settings.now(), into: &buffer)
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

    /// Sets the one deadline of the connection to what the phase waits for.
    func armTimer(_ context: ChannelHandlerContext) {
        switch phase {
        case .reading:
            let limit = isRequestTimed ? settings.timeouts.request : settings.timeouts.idleConnection
            clock.wake(self, after: TimeAmount(limit))
        case .answering where settings.heartbeat == .none: clock.forget(self)
        case .answering: clock.wake(self, after: TimeAmount(settings.timeouts.heartbeat))
        case .lingering:
            clock.wake(self, after: isAllSent ? Self.lingerTime : TimeAmount(settings.timeouts.idleConnection))
        }
    }

    /// From the clock: what was waited for has not come.
    func deadlineCame() {
        guard let context, context.channel.isActive else { return }
        switch phase {
        case .reading where !isRequestTimed, .lingering:
            context.close(promise: nil)
        case .reading:
            refuseAndLinger(.text(408, "The request did not arrive in time."), context)
        case .answering where isStreaming:
            sendHeartbeat(context)
            armTimer(context)
        case .answering:
            armTimer(context)
            exchange?.waited()
        }
    }

    /// None while the socket is full, because then something else is on its way.
    private func sendHeartbeat(_ context: ChannelHandlerContext) {
        guard context.channel.isWritable else { return }
        heartbeats += 1
        let time = settings.now()
        guard
            let bytes = settings.heartbeat.encoded(at: time, carriesRequests: carriesRequests, number: heartbeats)
        else { return }
        var buffer = context.channel.allocator.buffer(capacity: bytes.count + 16)
        encoder.encodeStreamBytes(bytes, into: &buffer)
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }
}

extension TimeAmount {
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self = .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
