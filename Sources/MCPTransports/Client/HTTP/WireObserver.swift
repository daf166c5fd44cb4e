import NIOCore

/// Sees what passes on the connections of one `HTTPExchanges`, as it is on the wire. Called on its event loop, in the
/// order in which things pass; it must return at once.
///
/// Only HTTP/1.1 can be seen so: where there is an observer, HTTP/2 is not offered. What never reached a connection, such
/// as a request to a port where nobody listens, is not seen.
package protocol WireObserver: AnyObject {
    /// Whether it can take no more for now: what still comes is told, but soon no connection is read from until
    /// ``HTTPExchanges/readOn()`` is called. Nothing is lost meanwhile; what has a time limit keeps it.
    var isHeld: Bool { get }
    func saw(_ sight: WireSight)
}

/// Something that passed on a connection.
package struct WireSight: Sendable {
    /// What it is. "Bytes" are those of the sight.
    package enum Part: Sendable, Hashable {
        /// `tls`: the version of TLS that is spoken, and the name that was asked for.
        indirect case connectionOpened(local: String, remote: String, tls: TLS?)
        /// An exchange begins. Bytes: the whole head.
        case requestHead
        /// Bytes: content.
        case requestBody
        case requestEnd
        /// Bytes: the whole head of a 1xx response.
        case informational
        /// Bytes: the whole head.
        case responseHead
        /// A chunk of so many bytes begins; 0 is the last.
        case responseChunk(size: UInt64)
        /// Bytes: content without its framing.
        case responseBody
        /// The response is whole. Bytes: the trailer lines, or nil.
        case responseEnd
        /// The server sent what is no HTTP/1.1 response. Bytes: its beginning, at most 4 KiB.
        indirect case malformed(sentence: String)
        /// Comes once for each exchange that began.
        case exchangeEnded(by: Side, Reason)
        /// The last of a connection.
        case connectionClosed(by: Side, Reason)
    }

    package enum Side: Sendable, Hashable { case client, server }

    package enum Reason: Sendable, Hashable {
        /// The response ended as its framing says.
        case complete
        case fin, rst
        /// What came is no HTTP.
        case invalid
    }

    package struct TLS: Sendable, Hashable {
        package var version: String?
        package var serverName: String?
    }

    /// Unique among the connections of its `HTTPExchanges`.
    package var connection: Int
    /// The number that its owner gave the exchange; nil where the part belongs to none.
    package var exchange: UInt32?
    package var part: Part
    package var bytes: ByteBuffer?
}
