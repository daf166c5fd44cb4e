import Traffic

/// What a session's timeline tells, as keys in the order of time: a temporary table, on disk where it is long, so that
/// no session need be held in memory.
///
/// Messages, blocks, gaps and the end are added by `init`, exchanges by the caller, who knows which are worth telling;
/// `arrange` then puts all in order. Only one at a time in a reader.
package final class TimelineKeys {
    /// What a key stands for. Where times are equal, in this order: a stream opens before it says anything.
    package enum What: Int64, Sendable {
        case streamOpened
        case message
        case edit, gap, block
        case exchange
        case streamClosed
        case end
    }

    package struct Key: Sendable, Hashable {
        package var what: What
        package var atNs: Int64
        /// Of what it stands for; of an edit, of its exchange.
        package var row: Int64
        /// Of an edit, its place among those of its exchange.
        package var index: Int64 = 0
        /// The exchange that it was seen in.
        package var exchange: Int64?
        /// Set for heartbeats: a block's, or that of a request of JSON-RPC that was answered.
        package var beat: Beat?
        /// How many heartbeats it stands for, and the last of them.
        package var count: Int64 = 1
        package var lastRow: Int64
        package var lastNs: Int64

        package init(_ what: What, atNs: Int64, row: Int64, index: Int64 = 0, exchange: Int64?) {
            self.what = what
            self.atNs = atNs
            self.row = row
            self.index = index
            self.exchange = exchange
            lastRow = row
            lastNs = atNs
        }
    }

    package enum Beat: Int64, Sendable {
        case comment = 1
        case empty, event, ping
    }

    private let connection: Connection
    private let insert: Statement
    private var place: Int64 = 0
    /// How many keys there are, and the time of the last, once they are in order.
    package private(set) var count: Int64 = 0
    package private(set) var lastNs: Int64 = 0

    /// `joinsPings`: the server's pings that were answered are heartbeats, and their answers go without saying.
    package init(
        _ reader: CaptureReader, session: Int64, matching filter: Filter, joinsPings: Bool
    ) throws(StoreFailure) {
        reader.wantIndexes()
        connection = reader.connection
        try connection.execute(
            """
            DROP TABLE IF EXISTS temp.timeline_found;
            CREATE TEMP TABLE timeline_found (
                at INTEGER, what INTEGER, row INTEGER, idx INTEGER, exchange INTEGER, beat INTEGER)
            """)
        insert = try connection.prepare("INSERT INTO temp.timeline_found VALUES (?, ?, ?, ?, ?, NULL)")
        try addMessages(reader.messageFacts(ofSession: session, for: filter), filter, joinsPings)
        try add(
            .block, "b.at_ns", "b.id", exchange: "b.exchange_id", beat: Self.blockBeat, filter,
            .blocks(ofSession: session))
        try add(.gap, "g.at_ns", "g.id", exchange: "g.exchange_id", filter, .gaps(ofSession: session))
        try add(.end, "s.ended_ns", "s.id", exchange: "NULL", filter, .end(ofSession: session))
    }

    private func addMessages(_ found: FilterFacts, _ filter: Filter, _ joinsPings: Bool) throws(StoreFailure) {
        var facts = found
        var beat = "NULL"
        if joinsPings {
            let isPing = "coalesce(c.direction = 's2c' AND c.method = 'ping' AND c.status = 'ok', 0)"
            facts.scope += " AND NOT (\(isPing) AND m.kind <> 'request')"
            beat = "CASE WHEN \(isPing) THEN \(Beat.ping.rawValue) END"
        }
        try add(.message, "m.at_ns", "m.id", exchange: "m.exchange_id", beat: beat, filter, facts)
    }

    private func add(
        _ what: What, _ at: String, _ row: String, exchange: String, beat: String = "NULL", _ filter: Filter,
        _ facts: FilterFacts
    ) throws(StoreFailure) {
        let selected = filter.condition(over: facts)
        let statement = try connection.prepare(
            """
            INSERT INTO temp.timeline_found SELECT \(at), \(what.rawValue), \(row), 0, \(exchange), \(beat)
            FROM \(facts.source) WHERE \(facts.scope) AND \(selected.sql)
            """)
        for argument in selected.arguments { statement.put(argument) }
        try statement.run()
    }

    private static let blockBeat = """
        CASE (\(FilterFacts.heartbeat("b"))) WHEN 'comment' THEN \(Beat.comment.rawValue)
            WHEN 'empty' THEN \(Beat.empty.rawValue) WHEN 'event' THEN \(Beat.event.rawValue) END
        """

    package func add(_ key: Key) throws(StoreFailure) {
        insert.put(key.atNs)
        insert.put(key.what.rawValue)
        insert.put(key.row)
        insert.put(key.index)
        insert.put(key.exchange)
        try insert.run()
    }

    /// Puts the keys in order. `joinsHeartbeats`: those of one kind on one stream are one key until that stream says
    /// something else.
    package func arrange(joinsHeartbeats: Bool) throws(StoreFailure) {
        try connection.execute(
            """
            DROP TABLE IF EXISTS temp.timeline_keys;
            DROP TABLE IF EXISTS temp.timeline_runs;
            CREATE TEMP TABLE timeline_keys (
                place INTEGER PRIMARY KEY, at INTEGER, what INTEGER, row INTEGER, idx INTEGER, exchange INTEGER,
                beat INTEGER);
            CREATE TEMP TABLE timeline_runs (
                place INTEGER PRIMARY KEY, count INTEGER, last_row INTEGER, last_at INTEGER);
            INSERT INTO temp.timeline_keys (at, what, row, idx, exchange, beat)
                SELECT at, what, row, idx, exchange, beat FROM temp.timeline_found ORDER BY at, what, row, idx;
            DROP TABLE temp.timeline_found;
            """)
        if joinsHeartbeats { try connection.execute(Self.joining) }
        count = try connection.integer("SELECT count(*) FROM temp.timeline_keys") ?? 0
        lastNs = try connection.integer("SELECT max(at) FROM temp.timeline_keys") ?? 0
    }

    /// Within a run the place on the stream and the place among its heartbeats of that kind grow together.
    private static let joining = """
        CREATE TEMP TABLE timeline_beats AS SELECT place, min(place) OVER run AS first
            FROM (
                SELECT place, exchange, beat, row_number() OVER (PARTITION BY exchange ORDER BY place)
                    - row_number() OVER (PARTITION BY exchange, beat ORDER BY place) AS island
                FROM temp.timeline_keys WHERE exchange IS NOT NULL)
            WHERE beat IS NOT NULL WINDOW run AS (PARTITION BY exchange, beat, island);
        INSERT INTO temp.timeline_runs SELECT r.first, r.count, k.row, k.at
            FROM (SELECT first, max(place) AS last, count(*) AS count FROM temp.timeline_beats GROUP BY first) r
            JOIN temp.timeline_keys k ON k.place = r.last;
        DELETE FROM temp.timeline_keys
            WHERE place IN (SELECT place FROM temp.timeline_beats WHERE place <> first);
        DROP TABLE temp.timeline_beats;
        """

    /// The next keys, none at the end.
    package func next(_ limit: Int) throws(StoreFailure) -> [Key] {
        let statement = try connection.prepare(
            """
            SELECT k.place, k.what, k.at, k.row, k.idx, k.exchange, k.beat, r.count, r.last_row, r.last_at
            FROM temp.timeline_keys k LEFT JOIN temp.timeline_runs r ON r.place = k.place
            WHERE k.place > ? ORDER BY k.place LIMIT ?
            """)
        statement.put(place)
        statement.put(Int64(limit))
        var keys: [Key] = []
        while try statement.step() {
            place = statement.takeInteger()
            guard let what = What(rawValue: statement.takeInteger()) else { continue }
            var key = Key(
                what, atNs: statement.takeInteger(), row: statement.takeInteger(), index: statement.takeInteger(),
                exchange: statement.takeOptionalInteger())
            key.beat = statement.takeOptionalInteger().flatMap(Beat.init)
            key.count = statement.takeOptionalInteger() ?? 1
            key.lastRow = statement.takeOptionalInteger() ?? key.row
            key.lastNs = statement.takeOptionalInteger() ?? key.atNs
            keys.append(key)
        }
        return keys
    }
}
