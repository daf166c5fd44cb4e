import WireFormats

/// Something was seen on the wire: the atom that everything above is made of. It interprets nothing.
///
/// Within a recording the times of events strictly increase in the order in which they are folded, so sorting
/// stored rows by time gives that order back (`reindex` depends on it).
package struct TrafficEvent: Sendable {
    /// Nanoseconds since the Unix epoch.
    package var at: Int64
    /// Row id of the connection on the client's leg.
    package var connection: Int64
    /// Row id of the exchange; 0 for what concerns the connection alone.
    package var exchange: Int64
    package var what: What

    package init(at: Int64, connection: Int64, exchange: Int64 = 0, _ what: What) {
        self.at = at
        self.connection = connection
        self.exchange = exchange
        self.what = what
    }

    package enum What: Sendable {
        case opened(ConnectionOpening)
        case closed(by: Peer, reason: EndReason)
        /// The exchange travels on over this upstream connection (row id).
        case forwarded(over: Int64)
        case requestHead(RequestHead)
        /// Content bytes after transfer and content decoding.
        case requestBody([UInt8])
        /// Content bytes as sent, where they are encoded; what they decode to comes as `requestBody`.
        case requestEncoded([UInt8])
        case requestEnd(trailers: [HTTPField])
        case informational(ResponseHead)
        case responseHead(ResponseHead)
        /// Content bytes of a response that is no event stream, after transfer and content decoding.
        case responseBody([UInt8])
        /// Content bytes of a response as sent, where they are encoded; also those of event streams.
        case responseEncoded([UInt8])
        /// Encoded content could not be decoded, or not to its end.
        case noted(ContentNote)
        /// A chunk of `size` bytes begins at `offset` of the response content as sent, before content decoding.
        case chunk(offset: Int64, size: Int64)
        case block(StreamBlock)
        /// The forwarder changed something, or answered by itself.
        case edited(Edit)
        /// Nothing further belongs to this exchange.
        case ended(by: Peer, reason: EndReason, trailers: [HTTPField])
        /// Bytes known to have been missed.
        case gap(bytes: Int64, reason: String)
    }
}

package struct ConnectionOpening: Sendable, Hashable {
    package var leg: Leg
    /// `host:port`, IPv6 in brackets.
    package var client: String
    package var server: String
    /// nil: no TLS, or not known.
    package var tls: TLSFacts?

    package init(leg: Leg, client: String, server: String, tls: TLSFacts? = nil) {
        self.leg = leg
        self.client = client
        self.server = server
        self.tls = tls
    }
}

/// What is known of the TLS of a connection.
package struct TLSFacts: Sendable, Hashable {
    /// The version, such as `TLSv1.3`, or `failed: ` and why; nil where the handshake came to neither.
    package var outcome: String?
    /// The name asked for (SNI, `RFC 6066 §3`).
    package var serverName: String?

    package init(outcome: String?, serverName: String?) {
        self.outcome = outcome
        self.serverName = serverName
    }

    package init(failure: String, serverName: String?) {
        self.init(outcome: Self.failed + failure, serverName: serverName)
    }

    /// Why the handshake failed, in words.
    package var failure: String? {
        outcome.flatMap { $0.hasPrefix(Self.failed) ? String($0.dropFirst(Self.failed.count)) : nil }
    }

    private static let failed = "failed: "
}

package struct RequestHead: Sendable, Hashable {
    package var method: String
    /// The request target as sent.
    package var target: String
    /// `1.1` or `1.0`.
    package var version: String
    package var fields: [HTTPField]

    package init(method: String, target: String, version: String = "1.1", fields: [HTTPField]) {
        self.method = method
        self.target = target
        self.version = version
        self.fields = fields
    }

    /// The path of the target, without query and without the origin of an absolute form.
    package var path: String { RequestTarget(target).path }
}

package struct ResponseHead: Sendable, Hashable {
    package var status: Int
    package var reason: String
    package var version: String
    package var fields: [HTTPField]

    package init(status: Int, reason: String = "", version: String = "1.1", fields: [HTTPField]) {
        self.status = status
        self.reason = reason
        self.version = version
        self.fields = fields
    }

    /// Whether the content is an event stream: a 200 of media type `text/event-stream`, parameters ignored.
    package var isEventStream: Bool {
        guard status == 200, let type = fields.first("content-type") else { return false }
        guard type.containsASCII(lowercase: "text/event-stream") else { return false }
        let media = type.utf8.prefix { $0 != UInt8(ascii: ";") }
        return String(Substring(media)).trimmed().isASCIIEqual(toLowercase: "text/event-stream")
    }
}

/// A block of an event stream in its place.
package struct StreamBlock: Sendable, Hashable {
    /// Row id.
    package var id: Int64
    /// Place in the stream, from 0.
    package var seq: Int64
    /// When its first byte came; the event's time is when its last byte did.
    package var firstByteAt: Int64
    package var block: ServerSentBlock

    package init(id: Int64, seq: Int64, firstByteAt: Int64, block: ServerSentBlock) {
        self.id = id
        self.seq = seq
        self.firstByteAt = firstByteAt
        self.block = block
    }
}

/// One change that the forwarder made between what one peer said and what the other was given.
package struct Edit: Sendable, Hashable, Codable {
    package enum Place: String, Sendable, Hashable, Codable {
        case request, response, stream
    }
    package var place: Place
    /// The header name in lower case, `endpoint` for the event, or `answer` where the forwarder answered by itself.
    package var what: String
    /// What the sender said; nil where something was added.
    package var from: String?
    /// What the receiver was given; nil where something was removed.
    package var to: String?

    package init(place: Place, what: String, from: String?, to: String?) {
        self.place = place
        self.what = what
        self.from = from
        self.to = to
    }
}
