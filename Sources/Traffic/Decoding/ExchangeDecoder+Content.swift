import WireFormats

/// Content as it comes, encoded or not.
extension ExchangeDecoder {
    mutating func requestContent(
        connection: UInt32, exchange: UInt32, at: Int64, bytes: RawSpan, into events: inout [TrafficEvent]
    ) {
        guard let place = exchanges.index(forKey: exchange), var decoding = exchanges.values[place].request.take()
        else {
            return emit(.requestBody(bytes.bytes), connection, exchange, at, &events)
        }
        emit(.requestEncoded(bytes.bytes), connection, exchange, at, &events)
        let name = decoding.name
        decoding.read(bytes) { found in
            guard case .content(let piece) = found else {
                return note(found, .request, name, connection, exchange, at, &events)
            }
            emit(.requestBody(piece), connection, exchange, at, &events)
        }
        exchanges.values[place].request = decoding
    }

    mutating func endRequest(
        isWhole: Bool, connection: UInt32, exchange: UInt32, at: Int64, into events: inout [TrafficEvent]
    ) {
        guard let place = exchanges.index(forKey: exchange), var decoding = exchanges.values[place].request.take()
        else { return }
        let name = decoding.name
        decoding.finish(isWhole: isWhole) { found in
            guard case .content(let piece) = found else {
                return note(found, .request, name, connection, exchange, at, &events)
            }
            emit(.requestBody(piece), connection, exchange, at, &events)
        }
    }

    mutating func responseContent(
        connection: UInt32, exchange: UInt32, at: Int64, bytes: RawSpan, into events: inout [TrafficEvent]
    ) {
        // The offset grows here alone, so that chunks stand where they stand in the content as sent.
        guard let place = exchanges.index(forKey: exchange) else {
            return content(connection: connection, exchange: exchange, at: at, bytes: bytes, into: &events)
        }
        exchanges.values[place].contentOffset += Int64(bytes.byteCount)
        guard var decoding = exchanges.values[place].response.take() else {
            return content(connection: connection, exchange: exchange, at: at, bytes: bytes, into: &events)
        }
        emit(.responseEncoded(bytes.bytes), connection, exchange, at, &events)
        let name = decoding.name
        decoding.read(bytes) { found in
            guard case .content(let piece) = found else {
                return note(found, .response, name, connection, exchange, at, &events)
            }
            content(connection: connection, exchange: exchange, at: at, bytes: piece.span.bytes, into: &events)
        }
        exchanges.values[place].response = decoding
    }

    mutating func endResponse(
        isWhole: Bool, connection: UInt32, exchange: UInt32, at: Int64, into events: inout [TrafficEvent]
    ) {
        guard let place = exchanges.index(forKey: exchange), var decoding = exchanges.values[place].response.take()
        else { return }
        let name = decoding.name
        decoding.finish(isWhole: isWhole) { found in
            guard case .content(let piece) = found else {
                return note(found, .response, name, connection, exchange, at, &events)
            }
            content(connection: connection, exchange: exchange, at: at, bytes: piece.span.bytes, into: &events)
        }
    }

    private mutating func note(
        _ found: ContentDecoding.Found, _ place: ContentNote.Place, _ coding: String, _ connection: UInt32,
        _ exchange: UInt32, _ at: Int64, _ events: inout [TrafficEvent]
    ) {
        switch found {
        case .content: return
        case .note(let why, let offset):
            let note = ContentNote(place: place, coding: coding, why: why, offset: offset)
            emit(.noted(note), connection, exchange, at, &events)
        case .missed(let bytes):
            let reason = "content decodes to more than \(Ledger.bodyLimit >> 20) MiB"
            emit(.gap(bytes: bytes, reason: reason), connection, exchange, at, &events)
        }
    }
}
