/// A logical stream of messages to the client. It outlives the exchange that carries it when events are kept.
///
/// Stream 0 is the one that no request caused: the GET stream. The others belong to one POST each.
struct OutboundStream: Sendable {
    /// What carries the stream at present.
    enum Carrier: Sendable, Hashable {
        /// The exchange waits, and may still be answered with JSON.
        case undecided(ExchangeID)
        /// The response of the exchange is an event stream.
        case open(ExchangeID)
        /// Nothing; the client is away.
        case none
    }

    static let listen = 0

    var carrier: Carrier
    /// Requests of the POST without an answer so far.
    var owed = 0
    /// Answers that wait for the last one, while the form is undecided.
    var answers: [JSONValue] = []
    /// Whether the POST was an array, and a JSON answer is one too.
    var isBatch = false
    /// Whether an answer of the stream opens the session.
    var opensSession = false
    /// Whether nothing will follow.
    var isFinished = false

    /// The exchange that carries the stream.
    var exchange: ExchangeID? {
        switch carrier {
        case .undecided(let exchange), .open(let exchange): exchange
        case .none: nil
        }
    }
}
