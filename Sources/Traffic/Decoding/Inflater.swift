/// Undoes one run of DEFLATE data (RFC 1951) in its wrapping, as its bytes arrive.
///
/// Implemented above with the system's library, and injected; used on the recorder's thread alone.
package protocol Inflater: AnyObject, Sendable {
    init(_ wrapping: Wrapping)

    /// Appends to `output` what follows from `bytes`, at most `limit` bytes of it, and keeps back nothing that could be
    /// told already: what a peer flushed comes out when it arrived.
    ///
    /// Returns how many of the bytes were used up: all of them, unless `full`, `ended` or `broken`.
    func inflate(_ bytes: RawSpan, into output: inout [UInt8], limit: Int) -> (used: Int, state: InflaterState)
}

/// What stands around the data.
package enum Wrapping: Sendable, Hashable {
    /// Nothing.
    case none
    /// A header of two bytes and a checksum. (RFC 1950)
    case zlib
    /// A member of a gzip file. (RFC 1952)
    case gzip
}

package enum InflaterState: Sendable, Hashable {
    /// More bytes are wanted.
    case hungry
    /// There is more output than was asked for.
    case full
    /// The data came to its own end.
    case ended
    /// The data is wrong, or memory is short; nothing more comes of it.
    case broken
}
