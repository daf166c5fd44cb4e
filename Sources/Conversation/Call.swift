import WireFormats

/// A request of the client that waits for its answer.
struct Call {
    struct Flags: OptionSet {
        let rawValue: UInt8
        /// The machine's own handshake, or one that replaces a lost session: its answer is not its owner's.
        static let isInternal = Flags(rawValue: 1)
        /// It opens the conversation.
        static let isHandshake = Flags(rawValue: 2)
        /// `server/discover` in place of a `ping`, which `stateless` does not have.
        static let isPing = Flags(rawValue: 4)
        /// `server/discover` in place of `initialize`.
        static let isDiscovery = Flags(rawValue: 8)
        /// A `subscriptions/listen`, which lasts as long as it likes.
        static let isListening = Flags(rawValue: 16)
        /// It went on the wire, so that the server may have acted on it.
        static let isSent = Flags(rawValue: 32)
        /// A handshake that was refused although the server named its revision, and was made again.
        static let isRepeated = Flags(rawValue: 64)
        /// A `resources/subscribe` or its contrary, answered here as soon as the stream that it changes stands.
        static let isSubscribing = Flags(rawValue: 128)
    }

    /// By which its owner names it; never used again.
    let number: UInt32
    /// Its id as its owner gave it.
    var id: JSONRPCID
    /// Its id on the wire where a further round gave it another one; then `id` is what its owner knows.
    var wireID: JSONRPCID?
    /// By which the server names it when it tells of its progress.
    var progressToken: JSONRPCID?
    /// The exchange that carries it or did; 0 before, and while its stream waits to go on.
    var exchange: UInt32
    var flags: Flags
    /// When to give it up.
    var deadline: Int64

    /// The id that answers have.
    var answeredAs: JSONRPCID { wireID ?? id }
}
