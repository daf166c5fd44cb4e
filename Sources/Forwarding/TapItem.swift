import NIOCore

/// Something that happened on a connection, with the bytes as the peer sent them.
package struct TapItem: Sendable {
    /// Number of the client's connection; unique in the forwarder, also against upstream connections.
    package var connection: UInt32
    /// Number of the exchange; 0 when the item belongs to none.
    package var exchange: UInt32
    /// Memory that `bytes` keeps alive: what a bounded queue should count. Where several items of one read cycle share
    /// a buffer, the first one counts it.
    package var pinnedBytes: UInt32
    package var part: TapPart
    package var bytes: ByteBuffer?

    package init(
        connection: UInt32, exchange: UInt32 = 0, part: TapPart, bytes: ByteBuffer? = nil, pinnedBytes: UInt32 = 0
    ) {
        self.connection = connection
        self.exchange = exchange
        self.pinnedBytes = pinnedBytes
        self.part = part
        self.bytes = bytes
    }
}

/// What an item is. "Bytes" are those of its item.
package enum TapPart: Sendable, Hashable {
    /// A client connected; over TLS: its handshake is over, or failed.
    indirect case opened(client: String, server: String, tls: TapTLS? = nil)
    /// The upstream connection of the client's connection was made; `number` is its own. Over TLS: its handshake is
    /// over, or failed.
    indirect case upstreamOpened(number: UInt32, client: String, server: String, tls: TapTLS? = nil)
    /// An exchange begins. Bytes: the head as received from the client, before edits.
    case requestHead
    /// Bytes: content without its framing.
    case requestBody
    /// Bytes: the trailer lines as received, or nil.
    case requestEnd
    /// Bytes: a 1xx head.
    case informational
    /// Bytes: the head as received from the upstream, before edits.
    case responseHead
    /// A chunk of so many bytes begins; 0 is the last.
    case responseChunk(size: UInt64)
    /// Bytes: content without its framing, before edits.
    case responseBody
    /// Bytes: the trailer lines as received, or nil.
    case responseEnd
    /// The forwarder changed something of this exchange.
    case edited(TapEdit)
    /// A peer sent what is no HTTP/1 message. Bytes: its beginning, at most 4 KiB.
    indirect case malformed(by: TapEnder, sentence: String)
    /// The forwarder answered the exchange (0: a head that could not be read) itself.
    indirect case answered(status: Int, text: String)
    /// Comes once for each exchange that began.
    case exchangeEnded(by: TapEnder, reason: TapEndReason)
    case upstreamClosed(number: UInt32, by: TapEnder, reason: TapEndReason)
    /// The last item of a connection.
    case closed(by: TapEnder, reason: TapEndReason)
}

package enum TapEnder: UInt8, Sendable, Hashable { case client, server, proxy, unknown }

package enum TapEndReason: UInt8, Sendable, Hashable {
    /// The response ended as its framing says.
    case complete
    case fin, rst, timeout, httpError, shutdown
}

/// The TLS of a connection.
package struct TapTLS: Sendable, Hashable {
    /// Such as `TLSv1.3`; nil: the handshake did not come to that.
    package let version: String?
    /// The name asked for (SNI).
    package let serverName: String?
    /// Why the handshake failed: a sentence in lower case without full stop.
    package let failure: String?

    package init(version: String?, serverName: String?, failure: String? = nil) {
        self.version = version
        self.serverName = serverName
        self.failure = failure
    }
}

/// A change that the forwarder made.
package final class TapEdit: Sendable, Hashable {
    package enum Place: UInt8, Sendable, Hashable { case request, response, stream }

    package let place: Place
    /// The lower-case name of the field, `endpoint` for the event of that type, `target` for the request target.
    package let what: String
    /// nil: it was not there.
    package let from: String?
    /// nil: it was removed.
    package let to: String?

    package init(_ place: Place, _ what: String, from: String?, to: String?) {
        self.place = place
        self.what = what
        self.from = from
        self.to = to
    }

    package static func == (left: TapEdit, right: TapEdit) -> Bool {
        left.place == right.place && left.what == right.what && left.from == right.from && left.to == right.to
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(place)
        hasher.combine(what)
        hasher.combine(from)
        hasher.combine(to)
    }
}
