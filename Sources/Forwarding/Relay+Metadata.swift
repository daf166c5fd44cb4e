import NIOCore
import WireFormats

/// Discovery documents of OAuth, where they are rewritten.
extension Relay {
    /// Starts to hold such a document. true: the head waits in the rewriting.
    func beginMetadata(
        _ view: HeadView, _ found: ResponseEditor.Findings, _ edits: HeadEdits, _ exchange: ExchangeUnderWay
    ) -> Bool {
        guard exchange.reads == .metadata, view.head.status == 200, found.isJSON, !found.isEncoded else { return false }
        var head = ByteBuffer()
        let framing: MetadataRewrite.Framing
        switch view.head.framing {
        case .chunked:
            edits.write(view.bytes, to: &head)
            framing = .chunked
        case .untilClose:
            edits.write(view.bytes, to: &head)
            framing = .untilClose
        case .length(let length) where length > 0 && length <= UInt64(MetadataRewrite.limit):
            guard let digits = found.contentLength else { return false }
            let shift = edits.write(view.bytes, to: &head, trackingShiftAt: digits.lowerBound)
            framing = .length(digits: digits.lowerBound + shift..<digits.upperBound + shift)
        default: return false
        }
        metadataRewrite = MetadataRewrite(
            upstream: state.configuration.upstream, ownOrigin: ownOrigin(exchange), framing: framing,
            head: Array(head.readableBytesView))
        return true
    }

    /// Holds bytes of it; lets all go on when they become too many.
    func holdMetadata(
        _ buffer: ByteBuffer, _ range: Range<Int>, _ outgoing: inout Outgoing,
        _ body: (inout MetadataRewrite, UnsafeRawBufferPointer) -> Void
    ) {
        guard var held = metadataRewrite.take() else { return }
        buffer.withUnsafeReadableBytes { body(&held, UnsafeRawBufferPointer(rebasing: $0[range])) }
        metadataRewrite = held
        if held.isTooLong { finishMetadata(isWhole: false, &outgoing) }
    }

    func finishMetadata(isWhole: Bool, _ outgoing: inout Outgoing) {
        guard let rest = endMetadata(isWhole: isWhole) else { return }
        outgoing.insert { $0.writeImmutableBuffer(rest) }
    }

    /// What goes on of it now that no more of it is held.
    func endMetadata(isWhole: Bool) -> ByteBuffer? {
        guard var held = metadataRewrite.take() else { return nil }
        let rest = held.finish(isWhole: isWhole)
        for edit in held.edits { record(.edited(edit), exchange: inFlight.first?.number) }
        return rest
    }
}
