/// Decides which connection to one origin an exchange goes on, when to open one, and which idle ones to keep. Pure: it
/// knows connections and exchanges by number.
///
/// HTTP/1.1 carries one exchange at a time, so every exchange that finds no idle connection has one opened. HTTP/2
/// carries all on one. What a server speaks shows with its first connection, which all exchanges wait for that are
/// begun until then.
struct ConnectionPool: Sendable {
    enum Wire: Sendable { case unknown, http1, http2 }

    private(set) var wire: Wire
    private let limit: Int
    /// Connections without an exchange, the one that has waited longest first.
    private(set) var idle: [Int] = []
    /// The HTTP/2 connection that takes further exchanges.
    private(set) var shared: Int?
    /// Exchanges that wait for a connection, in the order they were begun.
    private(set) var waiting: [UInt32] = []
    /// How many connections are being opened.
    private(set) var openings = 0

    /// - Parameter limit: how many idle connections are kept.
    init(wire: Wire, limit: Int) {
        self.wire = wire
        self.limit = limit
    }

    /// The connection for an exchange; nil lets it wait. One that is long-lived gets none that is idle: a fresh one
    /// has its whole life before it, and the idle ones are left to short exchanges.
    mutating func place(_ exchange: UInt32, isLongLived: Bool) -> Int? {
        if let shared { return shared }
        if !isLongLived, let connection = idle.popLast() { return connection }
        waiting.append(exchange)
        return nil
    }

    /// How many more connections must be opened; where negative, so many openings are needless.
    var missing: Int { (wire == .http1 ? waiting.count : min(waiting.count, 1)) - openings }

    mutating func openingBegan() { openings += 1 }

    mutating func openingWasCancelled() { openings -= 1 }

    /// A connection is open: which exchanges go on it. Without any it is idle or to be closed; see `keeps(_:)`.
    mutating func opened(_ connection: Int, isShared: Bool) -> [UInt32] {
        openings -= 1
        wire = isShared ? .http2 : .http1
        guard isShared else {
            guard waiting.isEmpty else { return [waiting.removeFirst()] }
            return []
        }
        defer { waiting = [] }
        if shared == nil { shared = connection }
        return waiting
    }

    /// A connection could not be opened: which exchanges fail.
    mutating func openingFailed() -> [UInt32] {
        openings -= 1
        guard wire == .http1 else {
            defer { waiting = [] }
            return waiting
        }
        return waiting.isEmpty ? [] : [waiting.removeFirst()]
    }

    /// A connection has become idle: the one that is to be closed for that.
    mutating func becameIdle(_ connection: Int) -> Int? {
        idle.append(connection)
        return idle.count > limit ? idle.removeFirst() : nil
    }

    /// The connection takes no further exchanges.
    mutating func retire(_ connection: Int) {
        idle.removeAll { $0 == connection }
        if shared == connection { shared = nil }
    }

    /// The exchange waits no more.
    mutating func withdraw(_ exchange: UInt32) { waiting.removeAll { $0 == exchange } }
}
