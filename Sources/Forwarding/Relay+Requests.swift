import NIOCore
import WireFormats

extension Relay {
    /// Parses what the client sent and passes it on.
    func receivedFromClient(_ buffer: ByteBuffer) {
        guard intake == .forwarding else { return drop(buffer.readableBytes) }
        var outgoing = Outgoing(buffer, from: .client, relay: self)
        var tapped = TapBytes(buffer)
        var position = 0
        do throws(HTTP1Error) {
            while intake == .forwarding {
                let start = position
                guard let part = try requests.next(buffer.readableBytesSpan, &position) else {
                    if !requests.isReadingHead { outgoing.pass(start..<position) }
                    break
                }
                switch part {
                case .head:
                    beginRequest(buffer, start..<position, &outgoing, &tapped)
                case .body(let range):
                    outgoing.pass(start..<position)
                    record(.requestBody, range, &tapped, exchange: inFlight.last?.number)
                case .chunk, .skipped:
                    outgoing.pass(start..<position)
                case .end:
                    outgoing.pass(start..<position)
                    endRequest()
                }
            }
            outgoing.finish()
        } catch {
            outgoing.finish()
            refuseMalformed(error, buffer, position)
        }
        if intake == .refused { answerOldest() }
    }

    private func beginRequest(
        _ buffer: ByteBuffer, _ wire: Range<Int>, _ outgoing: inout Outgoing, _ tapped: inout TapBytes
    ) {
        let number = state.numbering.nextExchange()
        recordHead(.requestHead, of: .client, in: buffer, &tapped, exchange: number)
        let verdict = withHead(of: .client, in: buffer) { forwardHead($0, number, wire, &outgoing) }
        let method = requests.head.method
        if case .success(let forwarded) = verdict {
            inFlight.append(
                ExchangeUnderWay(
                    number: number, isGet: method == .get, isHead: method == .head, host: forwarded.host,
                    reads: forwarded.reads))
            responses.expectResponse(to: method)
            if upstream == .none { connectUpstream() }
        } else if case .failure(let refusal) = verdict {
            inFlight.append(
                ExchangeUnderWay(
                    number: number, isGet: false, isHead: method == .head, host: nil, isRefused: true,
                    answer: refusal.answer))
            intake = .refused
        }
    }

    /// Writes the head with its edits; or says why not.
    private func forwardHead(
        _ view: HeadView, _ number: UInt32, _ wire: Range<Int>, _ outgoing: inout Outgoing
    ) -> Result<ForwardedHead, Refusal> {
        switch state.requestEdits.verdict(view) {
        case .refuse(let answer): return .failure(Refusal(answer: answer))
        case .forward(let hostRange, var edits, let reads):
            var host: AcceptedHost?
            if let hostRange {
                guard let accepted = accept(view, hostRange) else {
                    return .failure(Refusal(answer: .foreignHost(view.text(hostRange))))
                }
                host = accepted
            }
            if let target = RequestEditor.absoluteTarget(view) {
                guard accept(view, target.authority) != nil else {
                    return .failure(Refusal(answer: .foreignHost(view.text(target.authority))))
                }
                let rest = target.cut.upperBound..<view.head.targetRange.upperBound
                let path = view.bytes[rest].first == UInt8(ascii: "/") ? "" : "/"
                edits.replace(target.cut, with: Array(path.utf8))
                edits.note(
                    TapEdit(.request, "target", from: view.text(view.head.targetRange), to: path + view.text(rest)))
            }
            write(view, host: hostRange, edits, wire, &outgoing)
            recordEdits(host: host, edits, number)
            return .success(ForwardedHead(host: host, reads: reads))
        }
    }

    private func write(
        _ view: HeadView, host: Range<Int>?, _ edits: HeadEdits, _ wire: Range<Int>, _ outgoing: inout Outgoing
    ) {
        if edits.isEmpty, let host {
            let bytes = view.bytes
            outgoing.insert { output in
                output.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[..<host.lowerBound]))
                output.writeBytes(state.requestEdits.authority)
                output.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[host.upperBound...]))
            }
            return
        }
        var edits = edits
        if let host { edits.replace(host, with: state.requestEdits.authority) }
        outgoing.insert { edits.write(view.bytes, to: &$0) }
    }

    private func recordEdits(host: AcceptedHost?, _ edits: HeadEdits, _ number: UInt32) {
        guard state.hasTap else { return }
        if let host, host.edit.from != host.edit.to { record(.edited(host.edit), exchange: number) }
        for note in edits.notes { record(.edited(note), exchange: number) }
    }

    /// The host that `range` spells, when it is one that is served.
    private func accept(_ view: HeadView, _ range: Range<Int>) -> AcceptedHost? {
        let value = UnsafeRawBufferPointer(rebasing: view.bytes[range])
        if let last = state.lastHost, last.bytes.elementsEqual(value) { return last }
        let address = client?.channel?.localAddress
        let local = address.flatMap { address in
            address.ipAddress.flatMap { ip in address.port.map { (host: ip, port: $0) } }
        }
        guard state.hosts.allows(value, localAddress: local) else { return nil }
        let accepted = AcceptedHost(bytes: Array(value), upstreamAuthority: state.configuration.upstream.authority)
        state.lastHost = accepted
        return accepted
    }

    private func endRequest() {
        guard let last = inFlight.indices.last else { return }
        recordTrailers(.requestEnd, of: .client, exchange: inFlight[last].number)
        inFlight[last].isRequestComplete = true
        if last == 0, inFlight[0].isResponseComplete { endOldest(by: .server, .complete) }
    }

    /// What the client sent is no HTTP/1: it is answered when everything before it was.
    private func refuseMalformed(_ error: HTTP1Error, _ buffer: ByteBuffer, _ position: Int) {
        intake = .refused
        let isBody = inFlight.last.map { !$0.isRequestComplete } ?? false
        let number = isBody ? inFlight.last?.number : nil
        recordMalformed(by: .client, error, buffer, position, exchange: number)
        if isBody {
            inFlight[inFlight.count - 1].answer = OwnAnswer(error)
        } else {
            inFlight.append(
                ExchangeUnderWay(
                    number: 0, isGet: false, isHead: false, host: nil, isRefused: true, answer: OwnAnswer(error)))
        }
    }

    /// Bytes behind a request that was refused.
    private func drop(_ count: Int) {
        droppedBytes += count
        if droppedBytes > 1024 * 1024, intake == .answered { client?.abandon() }
    }
}

/// What a request head that went on said.
struct ForwardedHead {
    let host: AcceptedHost?
    let reads: RequestEditor.Reading?
}

/// Why a request goes no further.
struct Refusal: Error {
    let answer: OwnAnswer
}
