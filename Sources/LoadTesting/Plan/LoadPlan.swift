import Conversation
import WireFormats

/// What a load run does: to whom, with how many clients, in which way, and for how long. Times are in nanoseconds.
///
/// A run opens its clients during the ramp, then has them call: apart during the warm-up, measured for the duration. Then
/// nothing is called any more; what is still owed is waited for, and the clients go.
package struct LoadPlan: Sendable {
    /// A server, and what is spoken with it.
    package struct Target: Sendable {
        package var url: HTTPURL
        package var dialect: Dialect

        package init(url: HTTPURL, dialect: Dialect) {
            self.url = url
            self.dialect = dialect
        }
    }

    /// Which connections carry POSTs.
    package enum Pooling: Sendable, Hashable {
        /// Each client's own, as many as it has requests on the wire at a time.
        case ownConnections
        /// So many for all clients of a thread, for runs that have more clients than descriptors for two connections each.
        case shared(Int)
    }

    /// Clients take them in turn.
    package var targets: [Target]
    package var clients: Int
    package var model: LoadModel
    /// How long it takes until the last client was begun.
    package var ramp: Int64
    package var warmup: Int64 = 0
    package var duration: Int64
    /// How many calls a session has at a time; a closed loop has one.
    package var inFlight: Int = 1
    package var callTimeout: Int64 = 30_000_000_000
    package var openingTimeout: Int64 = 30_000_000_000
    /// Whether clients hold the stream for what the server says of itself, where the dialect has one apart.
    package var listens = true
    /// Whether clients delete their sessions when they go.
    package var deletesSessions = true
    package var pooling = Pooling.ownConnections
    /// Complete field lines, each with its CRLF, that every request gets.
    package var fields: [UInt8] = []
    /// Who the clients say they are: the JSON text of `clientInfo`.
    package var identity = [UInt8](#"{"name":"mcp-inspect-load","version":"1"}"#.utf8)
    /// How many threads drive clients.
    package var threads = 1
    /// Of everything that is left to chance.
    package var seed: UInt64 = 1

    package init(targets: [Target], clients: Int, model: LoadModel, duration: Int64) {
        self.targets = targets
        self.clients = clients
        self.model = model
        self.duration = duration
        ramp = Self.ramp(clients: clients)
    }

    /// At most 500 new clients a second, so that a crowd does not knock all at once.
    package static func ramp(clients: Int) -> Int64 { Int64(clients) * 1_000_000_000 / 500 }
}
