import NIOCore
import WireFormats

extension Relay {
    /// Parses what the upstream sent and passes it on.
    func receivedFromUpstream(_ buffer: ByteBuffer) {
        guard client != nil, intake != .answered else { return }
        var outgoing = Outgoing(buffer, from: .upstream, relay: self)
        var tapped = TapBytes(buffer)
        var position = 0
        do throws(HTTP1Error) {
            while true {
                let start = position
                guard let part = try responses.next(buffer.readableBytesSpan, &position) else {
                    if !responses.isReadingHead { passFraming(buffer, start..<position, &outgoing) }
                    break
                }
                try take(part, buffer, start..<position, &outgoing, &tapped)
                if intake == .answered { break }
            }
            outgoing.finish()
        } catch {
            outgoing.finish()
            failMalformed(error, buffer, position)
        }
    }

    private func take(
        _ part: HTTP1Parser.Part, _ buffer: ByteBuffer, _ wire: Range<Int>, _ outgoing: inout Outgoing,
        _ tapped: inout TapBytes
    ) throws(HTTP1Error) {
        let number = inFlight.first?.number
        switch part {
        case .head:
            try beginResponse(buffer, wire, &outgoing, &tapped)
        case .body(let range):
            if metadataRewrite != nil {
                holdMetadata(buffer, range, &outgoing) { $0.takeContent($1) }
            } else if streamRewrite == nil {
                outgoing.pass(wire)
            } else {
                rewrite(buffer, range, &outgoing) { $0.takeContent($1, to: &$2) }
            }
            record(.responseBody, range, &tapped, exchange: number)
        case .chunk(let size):
            let isRewritten = streamRewrite != nil
            passFraming(buffer, wire, &outgoing)
            metadataRewrite?.beginChunk()
            if isRewritten { rewrite(buffer, wire, &outgoing) { $0.beginChunk(size, to: &$2) } }
            record(.responseChunk(size: size), exchange: number)
        case .skipped:
            outgoing.pass(wire)
        case .end:
            if streamRewrite != nil {
                rewrite(buffer, wire, &outgoing) { stream, _, output in stream.finish(to: &output) }
            }
            if metadataRewrite != nil {
                holdMetadata(buffer, wire, &outgoing) { $0.takeFraming($1) }
                finishMetadata(isWhole: true, &outgoing)
            } else {
                outgoing.pass(wire)
            }
            recordTrailers(.responseEnd, of: .upstream, exchange: number)
            outgoing.finish()
            endResponse()
        }
    }

    private func passFraming(_ buffer: ByteBuffer, _ range: Range<Int>, _ outgoing: inout Outgoing) {
        if metadataRewrite != nil {
            holdMetadata(buffer, range, &outgoing) { $0.takeFraming($1) }
        } else if streamRewrite == nil {
            outgoing.pass(range)
        } else {
            rewrite(buffer, range, &outgoing) { $0.takeFraming($1, to: &$2) }
        }
    }

    private func rewrite(
        _ buffer: ByteBuffer, _ range: Range<Int>, _ outgoing: inout Outgoing,
        _ body: (inout StreamRewrite, UnsafeRawBufferPointer, inout ByteBuffer) -> Void
    ) {
        guard var stream = streamRewrite else { return }
        buffer.withUnsafeReadableBytes { bytes in
            let bytes = UnsafeRawBufferPointer(rebasing: bytes[range])
            outgoing.insert { body(&stream, bytes, &$0) }
        }
        settle(stream)
    }

    /// Keeps the rewriting, or, when its first event is decided, lists what it changed.
    func settle(_ stream: StreamRewrite) {
        guard stream.isDone else { return streamRewrite = stream }
        streamRewrite = nil
        for edit in [stream.edit, stream.lengthEdit] {
            if let edit { record(.edited(edit), exchange: inFlight.first?.number) }
        }
    }

    private func beginResponse(
        _ buffer: ByteBuffer, _ wire: Range<Int>, _ outgoing: inout Outgoing, _ tapped: inout TapBytes
    ) throws(HTTP1Error) {
        // Nothing that could lead to another protocol was forwarded.
        guard responses.head.status != 101, let oldest = inFlight.first else {
            throw HTTP1Error(.unexpectedResponse)
        }
        let part: TapPart = responses.head.isInformational ? .informational : .responseHead
        isResponseUnderWay = part == .responseHead
        recordHead(part, of: .upstream, in: buffer, &tapped, exchange: oldest.number)
        withHead(of: .upstream, in: buffer) { forwardHead($0, oldest, &outgoing) }
    }

    private func forwardHead(_ view: HeadView, _ exchange: ExchangeUnderWay, _ outgoing: inout Outgoing) {
        let found = state.responseEdits.findings(view)
        let edits = state.responseEdits.edits(view, found, ownOrigin: { ownOrigin(exchange) })
        for note in edits.notes { record(.edited(note), exchange: exchange.number) }
        if found.isEventStream, !found.isEncoded, exchange.isGet, view.head.status == 200,
            beginStream(view, found, edits, exchange, &outgoing)
        {
            return
        }
        if found.isEventStream, let encoding = found.encoding, found.isEncoded, exchange.reads == .endpoint {
            let note = "an endpoint event is not looked for in a stream encoded as \(view.text(encoding))"
            record(.edited(TapEdit(.stream, "note", from: nil, to: note)), exchange: exchange.number)
        }
        if beginMetadata(view, found, edits, exchange) { return }
        if edits.isEmpty, let range = responses.headRange {
            outgoing.pass(range)
        } else {
            outgoing.insert { edits.write(view.bytes, to: &$0) }
        }
    }

    /// Starts to look for the `endpoint` event. true: the head waits in the rewriting.
    private func beginStream(
        _ view: HeadView, _ found: ResponseEditor.Findings, _ edits: HeadEdits, _ exchange: ExchangeUnderWay,
        _ outgoing: inout Outgoing
    ) -> Bool {
        let rewriter = EndpointRewriter(upstream: state.configuration.upstream, ownOrigin: ownOrigin(exchange))
        switch view.head.framing {
        case .chunked:
            streamRewrite = StreamRewrite(rewriter: rewriter, framing: .chunked)
        case .untilClose:
            streamRewrite = StreamRewrite(rewriter: rewriter, framing: .untilClose)
        case .length(let length) where length > 0:
            guard let digits = found.contentLength else { return false }
            var head = ByteBuffer()
            let shift = edits.write(view.bytes, to: &head, trackingShiftAt: digits.lowerBound)
            streamRewrite = StreamRewrite(
                rewriter: rewriter,
                framing: .length(length, head: head, digits: digits.lowerBound + shift..<digits.upperBound + shift))
            return true
        default:
            break
        }
        return false
    }

    /// How the client addressed the forwarder.
    func ownOrigin(_ exchange: ExchangeUnderWay) -> String {
        let scheme = UpstreamOrigin.scheme(isSecure: state.configuration.listenerTLS != nil)
        if let host = exchange.host { return scheme + host.text }
        return scheme + (client?.channel?.localAddress?.authority ?? "")
    }

    private func endResponse() {
        isResponseUnderWay = false
        guard !inFlight.isEmpty else { return }
        inFlight[0].isResponseComplete = true
        guard inFlight[0].isRequestComplete else { return answerOldest() }
        endOldest(by: .server, .complete)
        answerOldest()
        if inFlight.count + 1 == state.configuration.pipelineDepth { resumeReads() }
    }

    /// What the upstream sent is no HTTP/1, or answers nothing.
    private func failMalformed(_ error: HTTP1Error, _ buffer: ByteBuffer, _ position: Int) {
        recordMalformed(by: .server, error, buffer, position, exchange: inFlight.first?.number)
        if inFlight.isEmpty {
            note(.server, .httpError)
            // Closing the client's leg takes the upstream's with it.
            client?.close()
        } else if isResponseUnderWay || inFlight[0].isResponseComplete {
            breakOff()
        } else {
            inFlight[0].answer = OwnAnswer(502, "the upstream sent a malformed response: \(error.description)")
            intake = .refused
            answerOldest()
        }
    }
}

extension SocketAddress {
    /// `host:port`, an IPv6 address in brackets.
    var authority: String {
        guard let ip = ipAddress, let port else { return "unix" }
        return ip.contains(":") ? "[\(ip)]:\(port)" : "\(ip):\(port)"
    }
}
