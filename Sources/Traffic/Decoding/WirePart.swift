/// What a source tells the decoder: one HTTP part of one exchange, its bytes given beside it.
package enum WirePart: Sendable {
    /// A connection on the client's leg (or the only one, where it was sniffed).
    case opened(client: String, server: String, tls: TLSFacts? = nil)
    /// The upstream connection that the exchange's connection is joined to, by the source's number.
    case upstreamOpened(number: UInt32, client: String, server: String, tls: TLSFacts? = nil)
    /// Bytes: the whole request head as the client sent it.
    case requestHead
    /// Bytes: content after transfer decoding.
    case requestBody
    /// Bytes: the trailer section, or none.
    case requestEnd
    /// Bytes: the whole head of a 1xx response.
    case informational
    /// Bytes: the whole response head as the server sent it.
    case responseHead
    /// A chunk-size line of the response was read.
    case responseChunk(size: UInt64)
    /// Bytes: content after transfer decoding.
    case responseBody
    /// The framing says that the response is whole. Bytes: the trailer section, or none.
    case responseEnd
    case edited(Edit)
    case ended(by: Peer, reason: EndReason)
    case upstreamClosed(number: UInt32, by: Peer, reason: EndReason)
    case closed(by: Peer, reason: EndReason)
    case gap(bytes: Int64, reason: String)
}
